import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { fromEnv } from '@aws-sdk/credential-provider-env';
import { connections } from './connections.ts';
import { PROCESS_ENVIRONMENT } from './environment.ts';

/** What every client is made with. */
export const clientSettings = {
  ...(PROCESS_ENVIRONMENT['AWS_REGION'] ? { region: PROCESS_ENVIRONMENT['AWS_REGION'] } : {}),
  // AWS: functions find their credentials here, so no chain of other sources is loaded.
  credentials: fromEnv(),
  requestHandler: connections,
  retryMode: 'standard',
  maxAttempts: 3,
};

/** Lambda's control plane: what others use of its quotas costs attempts, not messages. */
export const lambdaClient = new LambdaClient({ ...clientSettings, maxAttempts: 6 });

/** The table of records. */
export const dynamodbClient = new DynamoDBClient(clientSettings);
