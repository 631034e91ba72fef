import {
  CreateEventSourceMappingCommand,
  InvokeCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { followTrace } from '../../../lib/local/lineage.ts';
import { deployFunction, importOf } from '../deployed-function.ts';
import { type FullAccount, startFullAccount } from '../full-account.ts';

const ARN = 'arn:aws:sqs:us-east-1:123456789012:';
const EVERYTHING = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
});

/** Does what its last message says: sends it on to a queue or topic, or invokes a function. */
const RELAY = `
  ${importOf('SQSClient, SendMessageCommand', '@aws-sdk/client-sqs')}
  ${importOf('SNSClient, PublishCommand', '@aws-sdk/client-sns')}
  ${importOf('LambdaClient, InvokeCommand', '@aws-sdk/client-lambda')}
  const sqs = new SQSClient({ maxAttempts: 1 });
  const sns = new SNSClient({ maxAttempts: 1 });
  const lambda = new LambdaClient({ maxAttempts: 1 });
  export const handler = async (event) => {
    const bodies = event.Records ? event.Records.map(({ body }) => body) : [event.text];
    for (const body of bodies) {
      const target = JSON.parse(body);
      if (target.queue) await sqs.send(new SendMessageCommand({ QueueUrl: target.queue, MessageBody: body }));
      if (target.topic) await sns.send(new PublishCommand({ TopicArn: target.topic, Message: body }));
      if (target.invoke) {
        const Payload = JSON.stringify({ text: body });
        const { FunctionError, Payload: answer } = await lambda.send(new InvokeCommand({ FunctionName: target.invoke, InvocationType: target.type, Payload }));
        if (FunctionError) throw new Error(Buffer.from(answer).toString());
      }
    }
  };
`;

describe('a chain of a function that calls itself', () => {
  let account: FullAccount;
  let lambda: LambdaClient;
  let sqs: SQSClient;

  beforeEach(async () => {
    account = await startFullAccount();
    lambda = new LambdaClient(account.settings());
    sqs = new SQSClient(account.settings());
    account.allow('lambda-role', EVERYTHING);
    await sqs.send(new CreateQueueCommand({ QueueName: 'dead' }));
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: `${ARN}dead`, maxReceiveCount: 3 });
    const Attributes = { RedrivePolicy, VisibilityTimeout: '360' };
    await sqs.send(new CreateQueueCommand({ QueueName: 'work', Attributes }));
    await deployFunction(account, { name: 'relay', source: RELAY });
    await lambda.send(
      new CreateEventSourceMappingCommand({
        FunctionName: 'relay',
        EventSourceArn: `${ARN}work`,
        BatchSize: 10,
      }),
    );
    await account.advance(5000);
  });
  afterEach(async () => {
    lambda.destroy();
    sqs.destroy();
    await account.close();
  });

  const queueUrl = () => `${account.endpoint}/123456789012/work`;
  const send = async (target: object) => {
    const MessageBody = JSON.stringify(target);
    await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl(), MessageBody }));
    await account.settle();
  };
  const runs = () => account.journal.invocations.length;

  it('is stopped after sixteen invocations, and its message ends in the dead-letter queue', async () => {
    await send({ queue: queueUrl() });

    expect(runs()).toBe(16);
    expect(account.journal.cuts).toEqual([
      { atMs: account.clock.nowMs(), functionName: 'relay', source: `${ARN}work`, length: 16 },
    ]);
    expect(account.queues.peek(`${ARN}work`)).toHaveLength(1);
    expect(account.queues.peek(`${ARN}dead`)).toEqual([]);

    await account.advance(3 * 360_000);

    expect(runs()).toBe(16);
    expect(account.journal.cuts).toHaveLength(3);
    expect(account.queues.peek(`${ARN}work`)).toEqual([]);
    expect(account.queues.peek(`${ARN}dead`)).toMatchObject([
      { attributes: { AWSTraceHeader: expect.stringMatching(/Lineage=[0-9a-f]{8}:16$/) } },
    ]);
  });

  it('is stopped over a topic too', async () => {
    const sns = new SNSClient(account.settings());
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'loop' }));
    const Attributes = { RawMessageDelivery: 'true' };
    await sns.send(
      new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: `${ARN}work`, Attributes }),
    );
    sns.destroy();
    const work = account.queues.find(`${ARN}work`);
    if (work !== undefined) work.policy = () => ({ outcome: 'allowed' }) as never;

    await send({ topic: TopicArn });

    expect(runs()).toBe(16);
    expect(account.journal.cuts).toHaveLength(1);
  });

  it('is stopped where it sends itself events, and the event is lost', async () => {
    await send({ invoke: 'relay', type: 'Event' });

    expect(runs()).toBe(16);
    expect(account.journal.cuts).toMatchObject([{ source: 'Invoke', length: 16 }]);
  });

  it('is stopped where it is invoked and waited for, and its caller is told', async () => {
    const FunctionName = 'relay';
    const arn = `arn:aws:lambda:us-east-1:123456789012:function:${FunctionName}`;
    const header = Array.from({ length: 16 }).reduce<string | undefined>(
      (trace) => followTrace(arn, trace),
      undefined,
    );
    lambda.middlewareStack.add(
      (next) => (args) => {
        const { headers } = args.request as { headers: Record<string, string | undefined> };
        headers['x-amzn-trace-id'] = header;
        return next(args);
      },
      { step: 'build' },
    );

    await expect(lambda.send(new InvokeCommand({ FunctionName }))).rejects.toMatchObject({
      name: 'RecursiveInvocationException',
      $metadata: { httpStatusCode: 400 },
    });

    expect(runs()).toBe(0);
    expect(account.journal.cuts).toMatchObject([{ source: 'Invoke', length: 16 }]);
  });

  it('goes on for others: each message from outside starts a chain of its own', async () => {
    for (let count = 0; count < 20; count += 1) await send({});

    expect(runs()).toBe(20);
    expect(account.journal.cuts).toEqual([]);
  });
});
