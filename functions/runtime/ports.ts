import { createRecordPorts } from '../adapters/dynamodb.ts';
import { createLambdaPorts } from '../adapters/lambda.ts';
import { GuardrailError } from '../core/guardrail-error.ts';
import type { Deployment, Ports } from '../workflows/ports.ts';
import { clientSettings, dynamodbClient, lambdaClient } from './clients.ts';
import type { COMMON_VARIABLES, Environment, TOPIC_VARIABLES } from './environment.ts';
import { lazily } from './lazily.ts';

/** The environment of a function that has no topics. */
export type CommonEnvironment = Environment<(typeof COMMON_VARIABLES)[number]>;

/** The environment of a function that tells people. */
export type TellingEnvironment = CommonEnvironment & Environment<(typeof TOPIC_VARIABLES)[number]>;

// What an event that changes no attachment does not need is loaded when it is needed: the cold start
// pays for DynamoDB and Lambda only.
const openNetwork = lazily(async () => {
  const { createReadMissingNetwork } = await import('../adapters/ec2.ts');
  return createReadMissingNetwork(clientSettings);
});

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
export function createPorts(
  environment: CommonEnvironment,
  deployment: Deployment,
  publish: Ports['publish'] = refuseToPublish,
): Ports {
  const nowMs = () => Date.now();
  const tableName = environment.TABLE_NAME;
  const openBudget = lazily(async () => {
    const { createTakeToken } = await import('../adapters/dynamodb-budget.ts');
    return createTakeToken({ client: dynamodbClient, tableName, deployment, nowMs });
  });
  return {
    nowMs,
    ...createLambdaPorts(lambdaClient),
    ...createRecordPorts(dynamodbClient, tableName),
    readMissingNetwork: async (attachment) => (await openNetwork())(attachment),
    wake: async (functionArn) => (await openWake())(functionArn),
    takeToken: async (...request) => (await openBudget())(...request),
    enqueue: async (...message) => (await openQueues()).enqueue(environment.QUEUE_URL, ...message),
    publish,
  };
}

/** Builds the port that tells people, for the functions that may. */
export function createTelling(environment: TellingEnvironment): Ports['publish'] {
  const openTopics = lazily(async () => {
    const { createPublish } = await import('../adapters/sns.ts');
    return createPublish(clientSettings, {
      findingsTopicArn: environment.FINDINGS_TOPIC_ARN,
      chatTopicArn: environment.CHAT_TOPIC_ARN,
    });
  });
  return async (notice) => (await openTopics())(notice);
}

async function refuseToPublish(): Promise<never> {
  throw new GuardrailError('this function has no topics', { code: 'CONFIG_INVALID' });
}
