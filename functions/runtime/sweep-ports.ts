import { asFact } from '../adapters/as-fact.ts';
import { createReadHeartbeat } from '../adapters/dynamodb-heartbeat.ts';
import { createNetworkRecordPorts } from '../adapters/dynamodb-network.ts';
import { createPartPorts } from '../adapters/dynamodb-parts.ts';
import { createReadRecords } from '../adapters/dynamodb-record-batches.ts';
import { createSweepStatePorts } from '../adapters/dynamodb-sweep.ts';
import { createSendHeartbeat } from '../adapters/lambda-heartbeat.ts';
import { createListPage } from '../adapters/lambda-list.ts';
import type { Deployment } from '../workflows/ports.ts';
import type { SweepPorts } from '../workflows/sweep-ports.ts';
import { clientSettings, dynamodbClient, lambdaClient } from './clients.ts';
import { lazily } from './lazily.ts';
import { type CommonEnvironment, createPorts } from './ports.ts';

const openAliases = lazily(async () => {
  const { createReadAliases } = await import('../adapters/lambda-versions.ts');
  return createReadAliases(lambdaClient);
});

const openMetrics = lazily(async () => {
  const { createReadLastInvocations } = await import('../adapters/cloudwatch.ts');
  return createReadLastInvocations(clientSettings, Date.now);
});

/** Puts together what a sweep may ask of the outside world; `heartbeatArn` is the function that it tags. */
export function createSweepPorts(
  environment: CommonEnvironment,
  deployment: Deployment,
  heartbeatArn: string,
): SweepPorts {
  const { TABLE_NAME: tableName } = environment;
  const store = { client: dynamodbClient, tableName, nowMs: () => Date.now() };
  const { listAttachedFunctions } = createNetworkRecordPorts(store);
  return {
    ...createPorts(environment, deployment),
    ...createSweepStatePorts(dynamodbClient, tableName),
    ...createPartPorts(store),
    listPage: createListPage(lambdaClient),
    readRecords: createReadRecords(dynamodbClient, tableName),
    listRecorded: listAttachedFunctions,
    readAliases: (functionArn) => asFact(async () => (await openAliases())(functionArn)),
    readLastInvocations: (names) => asFact(async () => (await openMetrics())(names)),
    sendHeartbeat: createSendHeartbeat(lambdaClient, heartbeatArn),
    readHeartbeat: createReadHeartbeat(dynamodbClient, tableName),
  };
}
