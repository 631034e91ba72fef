import { createRecordPorts } from '../adapters/dynamodb.ts';
import { createLambdaReads } from '../adapters/lambda.ts';
import { createLambdaWrites } from '../adapters/lambda-writes.ts';
import type { Deployment, Ports } from '../workflows/ports.ts';
import { clientSettings, dynamodbClient, lambdaClient } from './clients.ts';
import type { COMMON_VARIABLES, Environment } from './environment.ts';
import { createFactPorts } from './fact-ports.ts';
import { lazily } from './lazily.ts';

/** The environment that every function has. */
export type CommonEnvironment = Environment<(typeof COMMON_VARIABLES)[number]>;

// What an event that changes no attachment does not need is loaded when it is needed: the cold start
// pays for DynamoDB and Lambda only.
const openWake = lazily(async () => {
  const { createWake } = await import('../adapters/lambda-wake.ts');
  return createWake(clientSettings);
});

/** Opens the queues when the first message is sent. */
export const openQueues = lazily(async () => {
  const { createQueuePorts } = await import('../adapters/sqs.ts');
  return createQueuePorts(clientSettings);
});

/** Puts the adapters together into what a workflow may ask of the outside world. */
export function createPorts(environment: CommonEnvironment, deployment: Deployment): Ports {
  const nowMs = () => Date.now();
  const tableName = environment.TABLE_NAME;
  const openBudget = lazily(async () => {
    const { createBudgetPorts } = await import('../adapters/dynamodb-budget.ts');
    return createBudgetPorts({ client: dynamodbClient, tableName, deployment, nowMs });
  });
  const openExemptions = lazily(async () => {
    const { createExemptionPorts } = await import('../adapters/dynamodb-exemptions.ts');
    return createExemptionPorts({ client: dynamodbClient, tableName, nowMs });
  });
  const openHistory = lazily(async () => {
    const { createKeepHistory } = await import('../adapters/dynamodb-history.ts');
    return createKeepHistory(dynamodbClient, tableName);
  });
  const openHeartbeat = lazily(async () => {
    const { createNoteHeartbeat } = await import('../adapters/dynamodb-heartbeat.ts');
    return createNoteHeartbeat(dynamodbClient, tableName);
  });
  return {
    nowMs,
    ...createLambdaReads(lambdaClient),
    ...createLambdaWrites(lambdaClient),
    ...createRecordPorts(dynamodbClient, tableName),
    ...createFactPorts({ settings: clientSettings, lambdaClient, nowMs }),
    meetExemptions: async (ids) => (await openExemptions()).meetExemptions(ids),
    claimEnd: async (id) => (await openExemptions()).claimEnd(id),
    noteEndTold: async (id) => (await openExemptions()).noteEndTold(id),
    wake: async (functionArn) => (await openWake())(functionArn),
    takeToken: async (...request) => (await openBudget()).takeToken(...request),
    readBreaker: async () => (await openBudget()).readBreaker(),
    tripBreaker: async (trip) => (await openBudget()).tripBreaker(trip),
    noteTripTold: async (tripId) => (await openBudget()).noteTripTold(tripId),
    approvePolicy: async (policyHash) => (await openBudget()).approvePolicy(policyHash),
    enqueue: async (...message) => (await openQueues()).enqueue(environment.QUEUE_URL, ...message),
    publish: createTelling(environment),
    noteHeartbeat: async (sentMs) => (await openHeartbeat())(sentMs),
    keepHistory: async (entries) => (await openHistory())(entries),
  };
}

/** Builds the port that tells people. */
function createTelling(environment: CommonEnvironment): Ports['publish'] {
  const openTopics = lazily(async () => {
    const { createPublish } = await import('../adapters/sns.ts');
    return createPublish(clientSettings, {
      findingsTopicArn: environment.FINDINGS_TOPIC_ARN,
      chatTopicArn: environment.CHAT_TOPIC_ARN,
    });
  });
  return async (notice) => (await openTopics())(notice);
}
