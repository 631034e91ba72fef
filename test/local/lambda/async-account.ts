import {
  InvokeCommand,
  LambdaClient,
  PutFunctionEventInvokeConfigCommand,
  type PutFunctionEventInvokeConfigCommandInput,
} from '@aws-sdk/client-lambda';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { deployFunction } from '../deployed-function.ts';
import { type FullAccount, startFullAccount } from '../full-account.ts';

export const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:f';
export const INBOX = 'arn:aws:sqs:us-east-1:123456789012:inbox';
export const DEAD = 'arn:aws:sqs:us-east-1:123456789012:dead';

/** Takes as long and throws as often as its event says, and then answers. */
const SOURCE = `
  const runs = new Map();
  export const handler = async ({ id, failures = 0, ms = 0 }) => {
    if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
    runs.set(id, (runs.get(id) ?? 0) + 1);
    if (runs.get(id) <= failures) throw new RangeError('too far');
    return { done: id };
  };
`;

/** Every service, two queues, and a function \`f\` whose role may send anywhere. */
export interface AsyncAccount extends FullAccount {
  readonly lambda: LambdaClient;
  readonly configure: (
    settings: Omit<PutFunctionEventInvokeConfigCommandInput, 'FunctionName'>,
  ) => Promise<unknown>;
  /** Invokes asynchronously. */
  readonly send: (event: object, Qualifier?: string) => Promise<unknown>;
  /** When \`f\` ran, in seconds since a moment. */
  readonly ranAt: (sinceMs: number) => readonly number[];
  readonly bodies: (queueArn?: string) => readonly string[];
  readonly stop: () => Promise<void>;
}

/** Starts the account. */
export async function startAsyncAccount(): Promise<AsyncAccount> {
  const account = await startFullAccount();
  const sqs = new SQSClient(account.settings());
  for (const QueueName of ['inbox', 'dead']) await sqs.send(new CreateQueueCommand({ QueueName }));
  sqs.destroy();
  const Action = ['sqs:SendMessage', 'sns:Publish', 'lambda:InvokeFunction', 'events:PutEvents'];
  const Statement = [{ Effect: 'Allow', Action, Resource: '*' }];
  account.allow('lambda-role', JSON.stringify({ Version: '2012-10-17', Statement }));
  await deployFunction(account, { name: 'f', source: SOURCE, timeout: 900 });
  const lambda = new LambdaClient(account.settings());
  return {
    ...account,
    lambda,
    configure: (settings) =>
      lambda.send(new PutFunctionEventInvokeConfigCommand({ FunctionName: 'f', ...settings })),
    send: (event, Qualifier) =>
      lambda.send(
        new InvokeCommand({
          FunctionName: 'f',
          Qualifier,
          InvocationType: 'Event',
          Payload: JSON.stringify(event),
        }),
      ),
    ranAt: (sinceMs) =>
      account.journal.invocations
        .filter(({ atMs, functionName }) => functionName === 'f' && atMs >= sinceMs)
        .map(({ atMs }) => (atMs - sinceMs) / 1000),
    bodies: (queueArn = INBOX) => account.queues.peek(queueArn).map(({ body }) => body),
    stop: async () => {
      lambda.destroy();
      await account.close();
    },
  };
}
