import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CloudTrail } from '@aws-sdk/client-cloudtrail';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { Lambda } from '@aws-sdk/client-lambda';
import { SNS } from '@aws-sdk/client-sns';
import { SQS } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBudgetPorts, stepAccount } from '../../../functions/adapters/dynamodb-budget.ts';
import { resetBreaker, setMode } from '../../../functions/core/account-item.ts';
import { switchSchedules } from '../../../lib/cli/demo/sweep-schedule.ts';
import type { Topic } from '../../../lib/cli/doctor/checkup.ts';
import { createShell } from '../../support/aws-command-shell.ts';
import {
  adminOf,
  type DeployedAccount,
  startDeployedAccount,
} from '../../support/deployed-account.ts';
import { callerWith, viewer, visit } from './doctored-account.ts';

const CHANGES = 'lambda-vpc-guardrail-function-changes';
const ENFORCE = 'lambda-vpc-guardrail-enforce-on-change';
const ALARM = 'lambda-vpc-guardrail-errors';
const Name = 'management-events';
/** Where nobody protects the table, makes alarms or uses chat. */
const HONESTLY_OFF = [
  'alarm : off',
  'region others: off',
  'table deletion protection: off',
  'topic chat: off',
];

let deployed: DeployedAccount;
let settings: ReturnType<typeof adminOf>;
let clients: ReturnType<typeof openClients>;

/** Clients of the administrator. */
function openClients() {
  return {
    trails: new CloudTrail(settings),
    alarms: new CloudWatch(settings),
    events: new EventBridge(settings),
    lambda: new Lambda(settings),
    sns: new SNS(settings),
    sqs: new SQS(settings),
  };
}

beforeAll(async () => {
  deployed = await startDeployedAccount();
  settings = adminOf(deployed.account);
  clients = openClients();
  const Endpoint = 'arn:aws:sqs:us-east-1:123456789012:people';
  const TopicArn = deployed.outputs['FindingsTopicArn'];
  await clients.sns.subscribe({ TopicArn, Protocol: 'sqs', Endpoint });
  await switchSchedules(settings, 'ENABLED');
  await deployed.account.advance(20 * 60_000);
});

afterAll(async () => {
  for (const client of Object.values(clients)) client.destroy();
  await deployed.close();
});

/** What is said of one topic, where that is not good, and how the run ended. */
async function look(topic: Topic) {
  const { status, of } = await visit(deployed.account.endpoint);
  return { status, checks: of(topic).filter(({ answer }) => answer !== 'good') };
}

/** Runs `use` on the table of the deployment. */
async function onTable<Value>(
  use: (budget: Parameters<typeof createBudgetPorts>[0]) => Promise<Value>,
) {
  const client = new DynamoDBClient(settings);
  const deployment = { account: '123456789012', region: 'us-east-1' };
  const tableName = deployed.outputs['TableName'] ?? '';
  try {
    return await use({ client, tableName, deployment, nowMs: deployed.account.clock.nowMs });
  } finally {
    client.destroy();
  }
}

function actOf(command: string) {
  const atMs = deployed.account.clock.nowMs();
  return { command, by: 'arn:aws:iam::123456789012:user/ann', atMs, reason: 'an incident' };
}

describe('a deployment that works', () => {
  it('ends with 0, and only what nobody asked for is off', async () => {
    const { status, told, notGood, diagnosis } = await visit(deployed.account.endpoint);

    expect(notGood().toSorted()).toEqual(HONESTLY_OFF);
    expect(status).toBe(0);
    expect(told).toEqual(['looking at account 123456789012, us-east-1']);
    expect(diagnosis()).toMatchObject({
      account: '123456789012',
      region: 'us-east-1',
      stack: 'LambdaVpcGuardrail',
      at: '2026-11-22T09:21:00.000Z',
      answers: { bad: 0, unknown: 0, off: 4 },
    });
  });

  it('is looked at without a change', async () => {
    const before = deployed.account.journal.events.length;

    await visit(deployed.account.endpoint, { allRegions: true });

    expect(deployed.account.journal.events.slice(before)).toEqual([]);
  });

  it('is told as a list for people, and nothing else is on standard output', async () => {
    const { text, told } = await visit(deployed.account.endpoint, { format: 'table', quiet: true });

    expect(told).toEqual([]);
    expect(text.split('\n')[0]).toBe(
      'account 123456789012, region us-east-1, stack `LambdaVpcGuardrail`: 0 bad, 0 unknown, 4 off, 23 good',
    );
    expect(text).toContain(`good     rule ${CHANGES}: on, and leads to the queue\n`);
    expect(text).toContain(`calls go to ${deployed.account.endpoint}, which is not AWS\n`);
  });

  it('has its regions looked at, of which a local account has one', async () => {
    const { of } = await visit(deployed.account.endpoint, { allRegions: true });

    expect(of('region')).toMatchObject([{ subject: 'us-east-1', answer: 'good' }]);
  });

  it('is looked at by its table alone', async () => {
    const table = deployed.outputs['TableName'];
    const { status, diagnosis, of } = await visit(deployed.account.endpoint, { table });

    expect(status).toBe(0);
    expect(diagnosis()).toMatchObject({ table, answers: { bad: 0, unknown: 0 } });
    expect([of('stack'), of('rule'), of('sweep')]).toMatchObject([
      [{ answer: 'off' }],
      [],
      [{ answer: 'good' }],
    ]);
  });
});

describe('a caller with what the docs say', () => {
  it('is told everything', async () => {
    const user = await callerWith(settings, await documentedPolicy());
    const { status, notGood } = await visit(deployed.account.endpoint, { allRegions: true }, user);

    expect(status).toBe(0);
    expect(notGood().filter((line) => !line.endsWith(': off'))).toEqual([]);
  });

  it('is allowed nothing that is never asked for', async () => {
    const [{ Action = [] } = {}] = JSON.parse(await documentedPolicy()).Statement;
    const asked = deployed.account.core.principals.asked
      .list()
      .filter(({ principal }) => principal.endsWith('user/documented'))
      .map(({ action }) => action);

    // Asked only where messages wait.
    expect([...asked, 'cloudwatch:GetMetricData'].toSorted()).toEqual(
      [...Action, 'dynamodb:GetItem'].toSorted(),
    );
  });
});

describe('a caller with ViewOnlyAccess', () => {
  it('is told what it may not see, and never that this is good', async () => {
    const { status, of, diagnosis } = await visit(
      deployed.account.endpoint,
      {},
      await viewer(settings, 'ViewOnlyAccess'),
    );

    const unknown = diagnosis().checks.filter(({ answer }) => answer === 'unknown');
    expect([...new Set(unknown.map(({ topic }) => topic))]).toEqual([
      'trail',
      'function',
      'mode',
      'breaker',
      'schedule',
      'sweep',
      'heartbeat',
      'alarm',
      'permission',
    ]);
    expect(of('mode')).toEqual([
      {
        topic: 'mode',
        answer: 'unknown',
        seen: expect.stringContaining('not authorized to perform: dynamodb:GetItem') as string,
        fix: 'allow this caller `dynamodb:GetItem`',
        permission: 'dynamodb:GetItem',
        isEssential: true,
      },
    ]);
    expect(of('permission')[0]?.seen).toContain(
      'cloudtrail:GetTrailStatus, cloudwatch:DescribeAlarms, dynamodb:GetItem, lambda:GetFunctionConfiguration, scheduler:GetSchedule',
    );
    expect(status).toBe(3);
  });
});

describe('a caller with SecurityAudit', () => {
  it('is told all but the schedule and what the table holds', async () => {
    const { status, of } = await visit(
      deployed.account.endpoint,
      {},
      await viewer(settings, 'SecurityAudit'),
    );

    expect(status).toBe(3);
    expect([...of('trail'), ...of('function')].map(({ answer }) => answer)).toEqual(
      Array.from({ length: 5 }, () => 'good'),
    );
    expect(of('permission')[0]?.seen).toBe(
      'this caller may not see everything: dynamodb:GetItem, scheduler:GetSchedule',
    );
  });
});

/** One fault, and what is said of it. */
interface Fault {
  readonly what: string;
  readonly topic: Topic;
  readonly breaking: () => Promise<unknown>;
  readonly seen: string;
}

describe('what a printed command mends', () => {
  const FAULTS: readonly Fault[] = [
    {
      what: 'the trail is stopped',
      topic: 'trail',
      breaking: () => clients.trails.stopLogging({ Name }),
      seen: 'trail `management-events` is stopped',
    },
    {
      what: 'the trail logs only what reads',
      topic: 'trail',
      breaking: () =>
        clients.trails.putEventSelectors({
          TrailName: Name,
          EventSelectors: [{ ReadWriteType: 'ReadOnly' }],
        }),
      seen: 'trail `management-events` does not log what is watched',
    },
    {
      what: 'a rule is disabled',
      topic: 'rule',
      breaking: () => clients.events.disableRule({ Name: CHANGES }),
      seen: 'it is disabled',
    },
    {
      what: 'a rule leads nowhere',
      topic: 'rule',
      breaking: () => clients.events.removeTargets({ Rule: CHANGES, Ids: ['EnforcementQueue'] }),
      seen: 'it does not lead to the queue',
    },
    {
      what: 'nobody takes from the queue',
      topic: 'consumer',
      breaking: stopConsumer,
      seen: 'nobody works on the queue',
    },
    {
      what: 'a function may not run',
      topic: 'function',
      breaking: () =>
        clients.lambda.putFunctionConcurrency({
          FunctionName: ENFORCE,
          ReservedConcurrentExecutions: 0,
        }),
      seen: 'its reserved concurrency is 0',
    },
    {
      what: 'the schedule is stopped',
      topic: 'schedule',
      breaking: () => switchSchedules(settings, 'DISABLED'),
      seen: 'it is disabled: nothing is swept',
    },
  ];

  // First: the others put targets, too.
  it('leaves a rule with the target that was deployed', async () => {
    const { Targets: before } = await clients.events.listTargetsByRule({ Rule: CHANGES });
    await clients.events.removeTargets({ Rule: CHANGES, Ids: ['EnforcementQueue'] });
    const { checks } = await look('rule');

    await createShell(deployed.account.endpoint)(checks[0]?.fix ?? '');

    const { Targets: after } = await clients.events.listTargetsByRule({ Rule: CHANGES });
    expect(after).toEqual(before);
  });

  it.each(FAULTS)('is told: $what', async ({ topic, breaking, seen }) => {
    const shell = createShell(deployed.account.endpoint);
    await breaking();

    const { status, checks } = await look(topic);
    const [command = ''] = (checks[0]?.fix ?? '').split(';');
    const { error } = await shell(command);
    await deployed.account.advance(5_000);

    expect([status, checks.length, error]).toEqual([1, 1, undefined]);
    expect(checks[0]).toMatchObject({
      answer: 'bad',
      seen: expect.stringContaining(seen) as string,
    });
    expect((await look(topic)).checks).toEqual([]);
  });
});

describe('what an operator mends', () => {
  const FAULTS: readonly (Fault & {
    readonly mending: () => Promise<unknown>;
    readonly fix: string;
  })[] = [
    {
      what: 'a message is in the dead-letter queue',
      topic: 'dead-letter queue',
      breaking: () => clients.sqs.sendMessage({ QueueUrl: deadLetters(), MessageBody: 'x' }),
      mending: () => clients.sqs.purgeQueue({ QueueUrl: deadLetters() }),
      seen: '1 message that nobody could carry out',
      fix: 'aws sqs start-message-move-task --source-arn arn:aws:sqs:us-east-1:123456789012:',
    },
    {
      what: 'the kill switch is on',
      topic: 'mode',
      breaking: () => step((item) => setMode(item, actOf('mode audit'), 'audit')),
      mending: () => step((item) => setMode(item, actOf('mode enforce'), 'enforce')),
      seen: 'by arn:aws:iam::123456789012:user/ann: an incident',
      fix: 'npx lambda-vpc-guardrail mode enforce --reason TEXT',
    },
    {
      what: 'the breaker is tripped',
      topic: 'breaker',
      breaking: () =>
        onTable((budget) =>
          createBudgetPorts(budget).tripBreaker({
            reason: 'limit',
            policyHash: deployed.outputs['PolicyHash'] ?? '',
            limit: { max: 25, perMinutes: 15 },
            count: 26,
          }),
        ),
      mending: () => step((item) => resetBreaker(item, actOf('breaker reset'), undefined)),
      seen: '26 remediations were wanted, and 25 in 15 minutes are allowed',
      fix: 'npx lambda-vpc-guardrail breaker reset --reason TEXT',
    },
    {
      what: 'an alarm goes off',
      topic: 'alarm',
      breaking: raiseAlarm,
      mending: () => clients.alarms.deleteAlarms({ AlarmNames: [ALARM] }),
      seen: 'ALARM: too many',
      fix: `aws cloudwatch describe-alarm-history --alarm-name ${ALARM}`,
    },
  ];

  it.each(FAULTS)('is told: $what', async ({ topic, breaking, mending, seen, fix }) => {
    await breaking();
    const { status, checks } = await look(topic);
    await mending();

    expect(status).toBe(1);
    expect(checks).toEqual([
      expect.objectContaining({
        answer: 'bad',
        seen: expect.stringContaining(seen) as string,
        fix: expect.stringContaining(fix) as string,
      }),
    ]);
    expect((await look(topic)).checks.filter(({ answer }) => answer === 'bad')).toEqual([]);
  });

  it('is told: somebody has not confirmed a subscription', async () => {
    const TopicArn = deployed.outputs['FindingsTopicArn'];
    await clients.sns.subscribe({ TopicArn, Protocol: 'email', Endpoint: 'ops@example.com' });

    const { status, checks } = await look('topic');

    expect(status).toBe(1);
    expect(checks[0]).toMatchObject({
      answer: 'bad',
      seen: '1 of 2 subscriptions not confirmed: ops@example.com',
      fix: expect.stringContaining('--notification-endpoint ops@example.com') as string,
    });
  });
});

async function stopConsumer(): Promise<void> {
  const { lambda } = clients;
  const { EventSourceMappings: [mapping] = [] } = await lambda.listEventSourceMappings({
    FunctionName: ENFORCE,
  });
  await lambda.updateEventSourceMapping({ UUID: mapping?.UUID, Enabled: false });
  await deployed.account.advance(5_000);
}

async function raiseAlarm(): Promise<void> {
  const { alarms } = clients;
  await alarms.putMetricAlarm({
    AlarmName: ALARM,
    Namespace: 'AWS/Lambda',
    MetricName: 'Errors',
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 0,
    ComparisonOperator: 'GreaterThanThreshold',
  });
  await alarms.setAlarmState({ AlarmName: ALARM, StateValue: 'ALARM', StateReason: 'too many' });
}

function deadLetters(): string {
  return deployed.outputs['DeadLetterQueueUrl'] ?? '';
}

/** Changes the account item as an operator's command does. */
function step(change: Parameters<typeof stepAccount<boolean>>[1]) {
  return onTable((budget) => stepAccount(budget, change));
}

async function documentedPolicy(): Promise<string> {
  const page = await readFile(join(import.meta.dirname, '../../../docs/cli-doctor.md'), 'utf8');
  return /```json\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
}
