import { CloudTrail, type PutEventSelectorsRequest } from '@aws-sdk/client-cloudtrail';
import { CreateVpcCommand, EC2Client } from '@aws-sdk/client-ec2';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, PurgeQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FullAccount, startFullAccount } from '../full-account.ts';
import { createTrail, managementOnly } from './trail-scene.ts';

const INBOX = 'arn:aws:sqs:us-east-1:123456789012:inbox';
const ANYBODY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: INBOX }],
});
const Name = 'management-events';
const ALL = { TrailName: Name, EventSelectors: [{}] };

let account: FullAccount;
let trails: CloudTrail;
let ec2: EC2Client;
let sqs: SQSClient;
let queueUrl: string;

beforeAll(async () => {
  account = await startFullAccount();
  [trails, ec2, sqs] = [
    new CloudTrail(account.settings()),
    new EC2Client(account.settings()),
    new SQSClient(account.settings()),
  ];
  const Attributes = { Policy: ANYBODY };
  const queue = await sqs.send(new CreateQueueCommand({ QueueName: 'inbox', Attributes }));
  queueUrl = queue.QueueUrl ?? '';
  const events = new EventBridgeClient(account.settings());
  const EventPattern = '{"detail":{"eventName":["CreateVpc"]}}';
  await events.send(new PutRuleCommand({ Name: 'calls', EventPattern }));
  await events.send(new PutTargetsCommand({ Rule: 'calls', Targets: [{ Id: 'i', Arn: INBOX }] }));
  events.destroy();
});

beforeEach(async () => {
  await trails.putEventSelectors(ALL);
  await trails.startLogging({ Name });
  await sqs.send(new PurgeQueueCommand({ QueueUrl: queueUrl }));
});

afterAll(async () => {
  for (const client of [trails, ec2, sqs]) client.destroy();
  await account.close();
});

/** Makes a call that a rule matches; answers how many events of it came. */
async function heard(): Promise<number> {
  await ec2.send(new CreateVpcCommand({ CidrBlock: '10.40.0.0/16' }));
  await account.advance(60_000);
  return account.queues.peek(INBOX).length;
}

describe('EventBridge', () => {
  it('hears of calls while a trail logs them', async () => {
    expect(await heard()).toBe(1);
  });

  it('hears of none while no trail logs, and of the next once one does', async () => {
    await trails.stopLogging({ Name });
    expect(await heard()).toBe(0);

    await createTrail(trails);
    expect(await heard()).toBe(0);

    await trails.startLogging({ Name: 'audit' });
    expect(await heard()).toBe(1);
    await trails.deleteTrail({ Name: 'audit' });
    expect(await heard()).toBe(1);
  });

  it('is not told of what was called before, however late', async () => {
    await trails.stopLogging({ Name });
    await ec2.send(new CreateVpcCommand({ CidrBlock: '10.40.0.0/16' }));
    await trails.startLogging({ Name });
    await account.advance(60_000);

    expect(account.queues.peek(INBOX)).toEqual([]);
    expect(account.records('CreateVpc').length).toBeGreaterThan(0);
  });

  const cases: readonly (readonly [Omit<PutEventSelectorsRequest, 'TrailName'>, number])[] = [
    [{ EventSelectors: [{ ReadWriteType: 'WriteOnly' }] }, 1],
    [{ EventSelectors: [{ ReadWriteType: 'ReadOnly' }] }, 0],
    [{ EventSelectors: [{ IncludeManagementEvents: false }] }, 0],
    [{ EventSelectors: [{ ReadWriteType: 'ReadOnly' }, {}] }, 1],
    [{ EventSelectors: [{ ExcludeManagementEventSources: ['kms.amazonaws.com'] }] }, 1],
    [managementOnly(), 1],
    [managementOnly({ Field: 'readOnly', Equals: ['false'] }), 1],
    [managementOnly({ Field: 'readOnly', Equals: ['true'] }), 0],
    [managementOnly({ Field: 'eventSource', NotEquals: ['kms.amazonaws.com'] }), 1],
  ];

  it.each(cases)('hears by %j of %i', async (selectors, count) => {
    await trails.putEventSelectors({ TrailName: Name, ...selectors });

    expect(await heard()).toBe(count);
  });
});
