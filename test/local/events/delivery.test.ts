import { CreateVpcCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  EventBridgeClient,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  type Target,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TrailRecord } from '../../../lib/local/journal.ts';
import { type StartedAccount, startAccount } from '../start-account.ts';

const RULE_ARN = 'arn:aws:events:us-east-1:123456789012:rule/changes';
const INBOX = 'arn:aws:sqs:us-east-1:123456789012:inbox';
const DEAD = 'arn:aws:sqs:us-east-1:123456789012:dead';
const CREATES = {
  source: ['aws.ec2'],
  'detail-type': ['AWS API Call via CloudTrail'],
  detail: { eventName: [{ prefix: 'CreateVpc' }], errorCode: [{ exists: false }] },
};

let account: StartedAccount;
let events: EventBridgeClient;
let ec2: EC2Client;

beforeEach(async () => {
  account = await startAccount();
  events = new EventBridgeClient(account.settings());
  ec2 = new EC2Client(account.settings());
});

afterEach(async () => {
  events.destroy();
  ec2.destroy();
  await account.stop();
});

async function createQueue(QueueName: string, sourceArn: string): Promise<void> {
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: `arn:aws:sqs:us-east-1:123456789012:${QueueName}`,
    Condition: { ArnEquals: { 'aws:SourceArn': sourceArn } },
  };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  const sqs = new SQSClient(account.settings());
  await sqs.send(new CreateQueueCommand({ QueueName, Attributes: { Policy } }));
  sqs.destroy();
}

async function route(pattern: object, target: Partial<Target> = {}): Promise<void> {
  const EventPattern = JSON.stringify(pattern);
  await events.send(new PutRuleCommand({ Name: 'changes', EventPattern }));
  await events.send(
    new PutTargetsCommand({ Rule: 'changes', Targets: [{ Id: 'q', Arn: INBOX, ...target }] }),
  );
}

function bodies(queueArn: string): readonly Record<string, unknown>[] {
  return account.queues
    .peek(queueArn)
    .map(({ body }) => JSON.parse(body) as Record<string, unknown>);
}

describe('CloudTrail records on the event bus', () => {
  it('reach the queue of a matching rule after their delay, in the envelope of EventBridge', async () => {
    await createQueue('inbox', RULE_ARN);
    await route(CREATES);
    await ec2.send(new CreateVpcCommand({ CidrBlock: '10.1.0.0/16' }));

    await account.core.clock.advance(1999);
    expect(bodies(INBOX)).toEqual([]);
    await account.core.clock.advance(1);

    expect(bodies(INBOX)).toEqual([
      {
        version: '0',
        id: expect.any(String) as string,
        'detail-type': 'AWS API Call via CloudTrail',
        source: 'aws.ec2',
        account: '123456789012',
        time: '2026-11-22T10:00:00Z',
        region: 'us-east-1',
        resources: [],
        detail: account.records('CreateVpc')[0],
      },
    ]);
  });

  it('stay away where the call failed, the rule is off or does not match', async () => {
    await createQueue('inbox', RULE_ARN);
    await route(CREATES);
    await ec2.send(new CreateVpcCommand({ CidrBlock: 'x' })).catch(() => undefined);
    await account.core.clock.advance(2000);

    await events.send(
      new PutRuleCommand({
        Name: 'changes',
        EventPattern: JSON.stringify(CREATES),
        State: 'DISABLED',
      }),
    );
    await ec2.send(new CreateVpcCommand({ CidrBlock: '10.1.0.0/16' }));
    await account.core.clock.advance(2000);

    expect(account.records('CreateVpc')).toHaveLength(2);
    expect(bodies(INBOX)).toEqual([]);
  });

  it('stay away where the call only reads', async () => {
    await createQueue('inbox', RULE_ARN);
    await route({ source: [{ prefix: 'aws.' }] });
    await account.core.clock.advance(2000);
    const before = bodies(INBOX).length;
    const [record] = account.core.journal.events;

    for (const eventName of ['GetFunction20150331v2', 'DeleteThing']) {
      const read = { ...record, eventName } as TrailRecord;
      for (const listener of account.core.trailListeners) listener(read);
    }
    await account.core.clock.advance(2000);

    expect(bodies(INBOX)).toHaveLength(before + 1);
  });
});

describe('obstacles', () => {
  const create = async () => {
    await ec2.send(new CreateVpcCommand({ CidrBlock: '10.1.0.0/16' }));
    await account.core.clock.advance(2000);
  };

  it.each([
    ['a queue that is missing', undefined, 'NO_RESOURCE'],
    ['a queue that lets another rule send', `${RULE_ARN}-2`, 'NO_PERMISSIONS'],
  ])('send the event on to the dead-letter queue for %s', async (_case, allowed, code) => {
    if (allowed !== undefined) await createQueue('inbox', allowed);
    await createQueue('dead', RULE_ARN);
    await route(CREATES, { DeadLetterConfig: { Arn: DEAD } });

    await create();

    expect(account.queues.peek(DEAD)).toMatchObject([
      {
        messageAttributes: {
          RULE_ARN: { dataType: 'String', stringValue: RULE_ARN },
          TARGET_ARN: { stringValue: INBOX },
          ERROR_CODE: { stringValue: code },
          RETRY_ATTEMPTS: { stringValue: '0' },
        },
      },
    ]);
    expect(bodies(DEAD)).toMatchObject([{ detail: { eventName: 'CreateVpc' } }]);
  });

  it('drop the event where there is no dead-letter queue, or it refuses too', async () => {
    await createQueue('dead', `${RULE_ARN}-2`);
    await route(CREATES);
    await create();
    await route(CREATES, { DeadLetterConfig: { Arn: DEAD } });
    await create();

    expect(bodies(DEAD)).toEqual([]);
  });
});

describe('deliver', () => {
  it('answers which rules matched, and sends a constant input where the target has one', async () => {
    await createQueue('inbox', RULE_ARN);
    await route({ source: ['replayed'] }, { Input: '{"constant":true}' });
    const event = {
      version: '0',
      id: 'x',
      'detail-type': 'y',
      source: 'replayed',
      account: '123456789012',
      time: '2026-11-22T10:00:00Z',
      region: 'us-east-1',
      resources: [],
      detail: {},
    };

    expect(account.bus.deliver(event)).toEqual([RULE_ARN]);
    expect(account.bus.deliver({ ...event, source: 'other' })).toEqual([]);
    expect(bodies(INBOX)).toEqual([{ constant: true }]);
  });
});

describe('PutEvents', () => {
  it('delivers good entries and says what is wrong with the others', async () => {
    await createQueue('inbox', RULE_ARN);
    await route({ source: ['mine'] });
    const good = { Source: 'mine', DetailType: 'thing', Detail: '{"a":1}' };

    const answer = await events.send(
      new PutEventsCommand({
        Entries: [
          { ...good, Resources: ['arn:x'], Time: new Date('2026-01-02T03:04:05.678Z') },
          good,
          { ...good, Source: 'aws.lambda' },
          { ...good, Source: undefined },
          { ...good, Detail: 'x' },
          { ...good, Detail: '[]' },
        ],
      }),
    );

    expect(answer.FailedEntryCount).toBe(4);
    expect(answer.Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([
      undefined,
      undefined,
      'NotAuthorizedForSourceException',
      'InvalidArgument',
      'MalformedDetail',
      'MalformedDetail',
    ]);
    expect(bodies(INBOX)).toMatchObject([
      {
        id: answer.Entries?.[0]?.EventId,
        source: 'mine',
        'detail-type': 'thing',
        resources: ['arn:x'],
        time: '2026-01-02T03:04:05Z',
        detail: { a: 1 },
      },
      { time: '2026-11-22T10:00:00Z', resources: [] },
    ]);
  });

  it('refuses no entries, too many, and another bus', async () => {
    const entry = { Source: 'mine', DetailType: 'thing', Detail: '{}' };
    const put = (Entries: object[]) => events.send(new PutEventsCommand({ Entries }));

    await expect(put([])).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(put(Array.from({ length: 11 }, () => entry))).rejects.toMatchObject({
      name: 'ValidationException',
    });
    await expect(put([{ ...entry, EventBusName: 'mine' }])).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});

describe('TestEventPattern', () => {
  const event = {
    id: 'x',
    'detail-type': 'y',
    source: 'mine',
    account: '1',
    time: '2026-11-22T10:00:00Z',
    region: 'us-east-1',
    resources: [],
  };
  const test = (EventPattern: string, Event: string) =>
    events.send(new TestEventPatternCommand({ EventPattern, Event }));

  it('tries a pattern on an event', async () => {
    const text = JSON.stringify(event);

    await expect(test('{"source":["mine"]}', text)).resolves.toMatchObject({ Result: true });
    await expect(test('{"source":["other"]}', text)).resolves.toMatchObject({ Result: false });
  });

  it.each([
    ['{"source":"mine"}', JSON.stringify(event), 'InvalidEventPatternException'],
    ['{"source":["mine"]}', 'x', 'ValidationException'],
    ['{"source":["mine"]}', '{"id":"x"}', 'ValidationException'],
  ])('refuses %s on %s', async (pattern, text, name) => {
    await expect(test(pattern, text)).rejects.toMatchObject({ name });
  });
});
