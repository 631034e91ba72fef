import {
  CreateQueueCommand,
  type CreateQueueCommandInput,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  PurgeQueueCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
  TagQueueCommand,
  UntagQueueCommand,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type StartedAccount, startAccount } from '../start-account.ts';

const ARN = 'arn:aws:sqs:us-east-1:123456789012:orders';

let account: StartedAccount;
let sqs: SQSClient;
let url: string;

beforeEach(async () => {
  account = await startAccount();
  sqs = new SQSClient(account.settings());
  url = `${account.endpoint}/123456789012/orders`;
});

afterEach(async () => {
  sqs.destroy();
  await account.stop();
});

describe('CreateQueue', () => {
  it('answers an address of the server, and takes what CloudFormation sets', async () => {
    await sqs.send(new CreateQueueCommand({ QueueName: 'dead' }));
    const Attributes = {
      VisibilityTimeout: '180',
      MessageRetentionPeriod: '1209600',
      KmsMasterKeyId: 'alias/queues',
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: 'arn:aws:sqs:us-east-1:123456789012:dead',
        maxReceiveCount: 3,
      }),
    };
    const tags = { Team: 'platform' };

    const made = await sqs.send(new CreateQueueCommand({ QueueName: 'orders', Attributes, tags }));

    const held = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }),
    );
    const listed = await sqs.send(new ListQueueTagsCommand({ QueueUrl: url }));
    expect(made.QueueUrl).toBe(url);
    expect(held.Attributes).toEqual({
      ...Attributes,
      QueueArn: ARN,
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesNotVisible: '0',
      ApproximateNumberOfMessagesDelayed: '0',
      CreatedTimestamp: '1795341600',
      LastModifiedTimestamp: '1795341600',
      DelaySeconds: '0',
      MaximumMessageSize: '1048576',
      ReceiveMessageWaitTimeSeconds: '0',
      SqsManagedSseEnabled: 'false',
    });
    expect(listed.Tags).toEqual(tags);
    expect(account.records('CreateQueue').at(-1)).toMatchObject({
      eventSource: 'sqs.amazonaws.com',
      requestParameters: {
        queueName: 'orders',
        attributes: { VisibilityTimeout: '180' },
        tags: { Team: 'platform' },
      },
      responseElements: { queueUrl: url },
    });
  });

  it('answers a queue that is there already, unless it would change', async () => {
    const create = (VisibilityTimeout: string) =>
      sqs.send(new CreateQueueCommand({ QueueName: 'orders', Attributes: { VisibilityTimeout } }));
    await create('60');

    await expect(create('60')).resolves.toMatchObject({ QueueUrl: url });
    await expect(create('61')).rejects.toMatchObject({
      name: 'QueueNameExists',
      message:
        'A queue already exists with the same name and a different value for attribute VisibilityTimeout',
    });
  });

  it.each([
    ['a name of signs', { QueueName: 'a/b' }, 'InvalidParameterValue', /^Can only include/],
    ['a FIFO queue', { QueueName: 'a.fifo' }, 'UnsupportedOperation', /no FIFO queues/],
    [
      'an unknown attribute',
      { QueueName: 'a', Attributes: { constructor: '1' } },
      'InvalidAttributeName',
      /^Unknown Attribute constructor\.$/,
    ],
    [
      'a number out of bounds',
      { QueueName: 'a', Attributes: { VisibilityTimeout: '43201' } },
      'InvalidAttributeValue',
      /^Invalid value for the parameter VisibilityTimeout\./,
    ],
    [
      'a flag that is none',
      { QueueName: 'a', Attributes: { SqsManagedSseEnabled: 'yes' } },
      'InvalidAttributeValue',
      /SqsManagedSseEnabled/,
    ],
    [
      'a policy that is none',
      { QueueName: 'a', Attributes: { Policy: '{}' } },
      'InvalidAttributeValue',
      /^Invalid value for the parameter Policy\. Reason: Statement/,
    ],
    [
      'a redrive policy that is none',
      { QueueName: 'a', Attributes: { RedrivePolicy: 'dead' } },
      'InvalidParameterValue',
      /Redrive policy is not a valid JSON map\.$/,
    ],
    [
      'a redrive policy without a count',
      { QueueName: 'a', Attributes: { RedrivePolicy: '{"deadLetterTargetArn":"x"}' } },
      'InvalidParameterValue',
      /Invalid value for maxReceiveCount/,
    ],
    [
      'a dead-letter queue that is missing',
      {
        QueueName: 'a',
        Attributes: { RedrivePolicy: `{"deadLetterTargetArn":"${ARN}","maxReceiveCount":"3"}` },
      },
      'InvalidParameterValue',
      /Dead letter target does not exist\.$/,
    ],
    ['no name', { QueueName: undefined }, 'ValidationException', /'queueName'/],
  ])('refuses %s', async (_case, input, name, message) => {
    await expect(
      sqs.send(new CreateQueueCommand(input as CreateQueueCommandInput)),
    ).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message) as string,
    });
    expect(account.queues.byName.size).toBe(0);
  });
});

describe('SetQueueAttributes', () => {
  beforeEach(async () => {
    await sqs.send(new CreateQueueCommand({ QueueName: 'orders' }));
  });

  it('changes and takes back attributes, and says when', async () => {
    const set = (Attributes: Record<string, string>) =>
      sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes }));
    const redrive = JSON.stringify({ deadLetterTargetArn: ARN, maxReceiveCount: 3 });
    await account.core.clock.advance(5000);

    await set({ DelaySeconds: '7', RedrivePolicy: redrive, Policy: toPolicy('Allow') });
    await set({ RedrivePolicy: '', Policy: '' });

    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }),
    );
    expect(Attributes).toMatchObject({ DelaySeconds: '7', LastModifiedTimestamp: '1795341605' });
    expect(Attributes).not.toHaveProperty('Policy');
    expect(Attributes).not.toHaveProperty('RedrivePolicy');
    expect(account.queues.find(ARN)).not.toHaveProperty('redrive');
    expect(account.records('SetQueueAttributes')).toHaveLength(2);
  });

  it('makes a queue refuse callers whom its policy denies', async () => {
    const Policy = toPolicy('Deny', { StringEquals: { 'aws:PrincipalArn': userArn('ann') } });
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { Policy } }));
    const allow = { Effect: 'Allow', Action: 'sqs:*', Resource: '*' };
    const ann = new SQSClient(account.settings(account.user('ann', allow)));
    const bob = new SQSClient(account.settings(account.user('bob', allow)));
    const command = new SendMessageCommand({ QueueUrl: url, MessageBody: 'x' });

    await expect(ann.send(command)).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `User: ${userArn('ann')} is not authorized to perform: sqs:SendMessage on resource: ${ARN} with an explicit deny in a resource-based policy`,
    });
    await expect(bob.send(command)).resolves.toBeDefined();
  });

  it('lets local calls pass a policy that refuses plain HTTP', async () => {
    const Policy = toPolicy('Deny', { Bool: { 'aws:SecureTransport': 'false' } });

    await sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { Policy } }));

    const command = new SendMessageCommand({ QueueUrl: url, MessageBody: 'x' });
    await expect(sqs.send(command)).resolves.toBeDefined();
  });
});

describe('GetQueueAttributes', () => {
  it('answers what is asked for by name', async () => {
    await sqs.send(new CreateQueueCommand({ QueueName: 'orders' }));
    const get = (AttributeNames?: ('QueueArn' | 'VisibilityTimeout')[]) =>
      sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames }));

    expect((await get(['QueueArn'])).Attributes).toEqual({ QueueArn: ARN });
    expect((await get()).Attributes ?? {}).toEqual({});
    await expect(get(['Nothing' as 'QueueArn'])).rejects.toMatchObject({
      name: 'InvalidAttributeName',
      message: 'Unknown Attribute Nothing.',
    });
  });
});

describe('tags of queues', () => {
  it('are added and removed', async () => {
    await sqs.send(new CreateQueueCommand({ QueueName: 'orders', tags: { a: '1' } }));

    await sqs.send(new TagQueueCommand({ QueueUrl: url, Tags: { b: '2' } }));
    await sqs.send(new UntagQueueCommand({ QueueUrl: url, TagKeys: ['a'] }));

    const { Tags } = await sqs.send(new ListQueueTagsCommand({ QueueUrl: url }));
    expect(Tags).toEqual({ b: '2' });
    expect(account.records('UntagQueue')).toHaveLength(1);
  });
});

describe('GetQueueUrl', () => {
  it('finds queues of the account by name', async () => {
    await sqs.send(new CreateQueueCommand({ QueueName: 'orders' }));
    const get = (input: { QueueName: string; QueueOwnerAWSAccountId?: string }) =>
      sqs.send(new GetQueueUrlCommand(input));

    await expect(get({ QueueName: 'orders' })).resolves.toMatchObject({ QueueUrl: url });
    await expect(get({ QueueName: 'nothing' })).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
      message: 'The specified queue does not exist.',
    });
    await expect(
      get({ QueueName: 'orders', QueueOwnerAWSAccountId: '210987654321' }),
    ).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
  });
});

describe('ListQueues', () => {
  it('lists by prefix, page by page where pages are asked for', async () => {
    for (const QueueName of ['b', 'a-2', 'a-1'])
      await sqs.send(new CreateQueueCommand({ QueueName }));
    const list = (input: { QueueNamePrefix?: string; MaxResults?: number; NextToken?: string }) =>
      sqs.send(new ListQueuesCommand(input));

    const all = await list({});
    const first = await list({ MaxResults: 1, QueueNamePrefix: 'a-' });
    const second = await list({
      MaxResults: 1,
      QueueNamePrefix: 'a-',
      NextToken: first.NextToken ?? '',
    });

    expect(all.QueueUrls).toHaveLength(3);
    expect(first.QueueUrls?.[0]).toMatch(/a-1$/);
    expect(second.QueueUrls?.[0]).toMatch(/a-2$/);
    expect(second.NextToken).toBeUndefined();
    await expect(list({ NextToken: 'x' })).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });
});

describe('DeleteQueue', () => {
  it('removes a queue with its messages', async () => {
    await sqs.send(new CreateQueueCommand({ QueueName: 'orders' }));
    const send = () => sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'x' }));
    await send();

    await sqs.send(new DeleteQueueCommand({ QueueUrl: url }));

    await expect(send()).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
      $metadata: { httpStatusCode: 400 },
    });
    await expect(
      sqs.send(new DeleteQueueCommand({ QueueUrl: 'http://localhost/orders' })),
    ).rejects.toMatchObject({ name: 'InvalidAddress' });
  });

  it('leaves the name free after a minute', async () => {
    const create = () => sqs.send(new CreateQueueCommand({ QueueName: 'orders' }));
    await create();
    await sqs.send(new DeleteQueueCommand({ QueueUrl: url }));

    await account.core.clock.advance(59_999);
    await expect(create()).rejects.toMatchObject({ name: 'QueueDeletedRecently' });
    await account.core.clock.advance(1);
    await create();
  });
});

describe('PurgeQueue', () => {
  it('drops all messages, at most once a minute', async () => {
    await sqs.send(new CreateQueueCommand({ QueueName: 'orders' }));
    await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'x', DelaySeconds: 5 }));
    const purge = () => sqs.send(new PurgeQueueCommand({ QueueUrl: url }));

    await purge();

    expect(account.queues.peek(ARN)).toEqual([]);
    await expect(purge()).rejects.toMatchObject({
      name: 'PurgeQueueInProgress',
      message: 'Only one PurgeQueue operation on orders is allowed every 60 seconds.',
    });
    await account.core.clock.advance(60_000);
    await expect(purge()).resolves.toBeDefined();
  });
});

function userArn(name: string): string {
  return `arn:aws:iam::123456789012:user/${name}`;
}

function toPolicy(Effect: string, Condition: object = {}): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect, Principal: { AWS: '*' }, Action: 'sqs:*', Resource: ARN, Condition }],
  });
}
