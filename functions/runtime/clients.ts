import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { fromEnv } from '@aws-sdk/credential-provider-env';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { PROCESS_ENVIRONMENT } from './environment.ts';

const connections = new NodeHttpHandler({
  connectionTimeout: 1000,
  requestTimeout: 5000,
  // AWS: without it, a request over its time is only warned of.
  throwOnRequestTimeout: true,
  httpAgent: { keepAlive: true, maxSockets: 50 },
  httpsAgent: { keepAlive: true, maxSockets: 50 },
});

const send = connections.handle.bind(connections);

let sentRequests = 0;

/** One set of keep-alive connections for every client, so that a warm event opens none. */
const requestHandler = Object.assign(connections, {
  handle: (...request: Parameters<typeof send>) => {
    sentRequests += 1;
    return send(...request);
  },
});

/** What every client is made with. */
export const clientSettings = {
  ...(PROCESS_ENVIRONMENT['AWS_REGION'] ? { region: PROCESS_ENVIRONMENT['AWS_REGION'] } : {}),
  // AWS: functions find their credentials here, so no chain of other sources is loaded.
  credentials: fromEnv(),
  requestHandler,
  retryMode: 'standard',
  maxAttempts: 3,
};

/** Lambda's control plane. */
export const lambdaClient = new LambdaClient(clientSettings);

/** The table of records. */
export const dynamodbClient = new DynamoDBClient(clientSettings);

/** Counts the requests that this process has sent to AWS so far, retries included. */
export function countSentRequests(): number {
  return sentRequests;
}
