import {
  DeleteScheduleCommand,
  GetScheduleCommand,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deployFunction } from '../deployed-function.ts';
import {
  ARN,
  AT_TIMES,
  DEAD,
  INBOX,
  ROLE,
  type SchedulerAccount,
  startSchedulerAccount,
} from './scheduler-account.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const GONE = 'arn:aws:sqs:us-east-1:123456789012:gone';
const Input = '<aws.scheduler.scheduled-time>';

let account: SchedulerAccount;

beforeEach(async () => {
  account = await startSchedulerAccount();
});

afterEach(async () => {
  await account.stop();
});

const exists = (Name: string) =>
  account.scheduler.send(new GetScheduleCommand({ Name })).then(
    () => true,
    () => false,
  );

describe('a schedule', () => {
  it('runs at once and every six hours, each time once, where time jumps by days', async () => {
    await account.create('sweep', { Target: { Input } });
    await account.settle();
    const atOnce = account.bodies();

    await account.advance(2 * DAY);

    expect(atOnce).toEqual(['2026-11-22T10:00:00Z']);
    expect(account.bodies()).toEqual(
      Array.from({ length: 9 }, (_, index) =>
        new Date(Date.UTC(2026, 10, 22, 10 + 6 * index)).toISOString().replace('.000', ''),
      ),
    );
  });

  it('takes its turn among others, in the order of time', async () => {
    await account.create('noon', { ScheduleExpression: 'cron(0 12 * * ? *)', Target: { Input } });
    await account.create('eight', { ScheduleExpression: 'cron(0 8 ? * * *)', Target: { Input } });

    await account.advance(2 * DAY);

    expect(account.bodies().map((text) => text.slice(8, 13))).toEqual([
      '22T12',
      '23T08',
      '23T12',
      '24T08',
    ]);
  });

  it('fills in when and where it was due, and calls under the role of its target', async () => {
    const names = ['schedule-arn', 'scheduled-time', 'execution-id', 'attempt-number'];
    const text = JSON.stringify(names.map((name) => `<aws.scheduler.${name}>`));
    await account.create('sweep', { Target: { Input: text } });

    await account.settle();

    const [body = ''] = account.bodies();
    expect(JSON.parse(body)).toEqual([
      `${ARN}:schedule/default/sweep`,
      '2026-11-22T10:00:00Z',
      expect.stringMatching(/^[0-9a-f]{16}$/),
      '1',
    ]);
    expect(account.journal.calls.at(-1)).toMatchObject({
      service: 'sqs',
      operation: 'SendMessage',
      status: 200,
      caller: expect.stringMatching(/assumed-role\/runner\/[0-9a-f]{16}$/),
    });
  });

  it('sends an event of its own where it has no input', async () => {
    await account.create('sweep', { Target: { Input: undefined } });

    await account.settle();

    expect(JSON.parse(account.bodies()[0] ?? '')).toMatchObject({
      'detail-type': 'Scheduled Event',
      source: 'aws.scheduler',
      time: '2026-11-22T10:00:00Z',
      resources: [`${ARN}:schedule/default/sweep`],
    });
  });

  it('invokes a function asynchronously, and publishes to a topic', async () => {
    const source = 'export const handler = async (event) => console.log(event.at);';
    await deployFunction(account, { name: 'swept', source });
    const sns = new SNSClient(account.settings());
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'news' }));
    sns.destroy();
    const Arn = 'arn:aws:lambda:us-east-1:123456789012:function:swept';
    await account.create('f', { Target: { Arn, Input: `{"at":"${Input}"}` } });
    await account.create('t', { Target: { Arn: TopicArn, Input } });

    await account.settle();

    expect(account.journal.invocations).toMatchObject([{ functionName: 'swept', isError: false }]);
    expect(account.journal.messages).toMatchObject([{ topicArn: TopicArn }]);
  });

  it('runs once where it is due once, and goes where that is wanted', async () => {
    const once = { ScheduleExpression: 'at(2026-11-22T11:00:00)' };
    await account.create('stays', once);
    await account.create('goes', { ...once, ActionAfterCompletion: 'DELETE' });

    await account.advance(DAY);

    expect(account.bodies().toSorted()).toEqual(['goes', 'stays']);
    expect([await exists('stays'), await exists('goes')]).toEqual([true, false]);
  });

  it('goes after the last time before its end', async () => {
    const EndDate = new Date(Date.UTC(2026, 10, 22, 17));
    await account.create('goes', { EndDate, ActionAfterCompletion: 'DELETE' });

    await account.advance(5 * HOUR);
    const before = await exists('goes');
    await account.advance(DAY);

    expect(before).toBe(true);
    expect(account.bodies()).toHaveLength(2);
    expect(await exists('goes')).toBe(false);
  });

  it('is late within its window only, and the next time is not', async () => {
    const FlexibleTimeWindow = { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 60 } as const;
    await account.create('late', { FlexibleTimeWindow, Target: { Input } });

    await account.advance(DAY - 1);

    const sent = account.queues
      .peek(INBOX)
      .map(({ attributes, body }) => Number(attributes['SentTimestamp']) - Date.parse(body));
    expect(sent).toHaveLength(4);
    expect(sent.every((lateMs) => lateMs >= 0 && lateMs < HOUR)).toBe(true);
    expect(new Set(sent).size).toBe(4);
  });

  it('does not run while it is disabled, nor at once when it is enabled again', async () => {
    const update = (State: 'ENABLED' | 'DISABLED') =>
      account.scheduler.send(
        new UpdateScheduleCommand({
          Name: 'sweep',
          State,
          ScheduleExpression: 'rate(6 hours)',
          ...AT_TIMES,
          Target: { Arn: INBOX, RoleArn: ROLE, Input },
        }),
      );
    await account.create('sweep', { State: 'DISABLED' });
    await account.advance(DAY);
    await update('ENABLED');
    await account.advance(HOUR);
    const idle = account.bodies().length;
    await account.advance(6 * HOUR);
    await update('DISABLED');

    await account.advance(DAY);

    expect(idle).toBe(0);
    expect(account.bodies()).toEqual(['2026-11-23T16:00:00Z']);
  });

  it('does not run once it is deleted', async () => {
    await account.create('sweep');
    await account.settle();

    await account.scheduler.send(new DeleteScheduleCommand({ Name: 'sweep' }));
    await account.advance(DAY);

    expect(account.bodies()).toHaveLength(1);
  });
});

describe('a schedule whose target cannot be called', () => {
  const once = { ScheduleExpression: 'at(2026-11-22T10:30:00)' };
  const attributes = () => {
    const [letter] = account.queues.peek(DEAD);
    return Object.fromEntries(
      Object.entries(letter?.messageAttributes ?? {}).map(([name, { stringValue }]) => [
        name,
        stringValue,
      ]),
    );
  };

  it('tries again as often as it may, and puts into its dead-letter queue what is left', async () => {
    const RetryPolicy = { MaximumRetryAttempts: 2 };
    const DeadLetterConfig = { Arn: DEAD };
    await account.create('sweep', {
      ...once,
      Target: { Arn: GONE, Input: 'text', RetryPolicy, DeadLetterConfig },
    });

    await account.advance(HOUR);

    expect(account.journal.calls.filter(({ status }) => status >= 400)).toHaveLength(3);
    expect(JSON.parse(account.bodies(DEAD)[0] ?? '')).toMatchObject({
      MessageBody: 'text',
      QueueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/gone',
    });
    expect(attributes()).toEqual({
      ERROR_CODE: 'QueueDoesNotExist',
      ERROR_MESSAGE: 'The specified queue does not exist.',
      EXECUTION_ID: expect.stringMatching(/^[0-9a-f]{16}$/),
      EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
      IS_PAYLOAD_TRUNCATED: 'false',
      RETRY_ATTEMPTS: '2',
      SCHEDULED_TIME: '2026-11-22T10:30:00Z',
      SCHEDULE_ARN: `${ARN}:schedule/default/sweep`,
      TARGET_ARN: GONE,
    });
  });

  it('gives up where the event is too old', async () => {
    const RetryPolicy = { MaximumEventAgeInSeconds: 60 };
    const DeadLetterConfig = { Arn: DEAD };
    const Arn = 'arn:aws:lambda:us-east-1:123456789012:function:gone';
    await account.create('sweep', {
      ...once,
      Target: { Arn, Input: '{"a":1}', RetryPolicy, DeadLetterConfig },
    });

    await account.advance(HOUR);

    expect(attributes()).toMatchObject({
      ERROR_CODE: 'ResourceNotFoundException',
      EXHAUSTED_RETRY_CONDITION: 'MaximumEventAgeInSeconds',
      RETRY_ATTEMPTS: '5',
    });
    expect(JSON.parse(account.bodies(DEAD)[0] ?? '')).toMatchObject({ Payload: '{"a":1}' });
  });

  it('is heard again where the reason ends meanwhile', async () => {
    account.permit('sns:Publish');
    await account.create('sweep', once);
    await account.advance(HOUR / 2 + 10_000);

    account.permit('sqs:SendMessage');
    await account.advance(HOUR);

    expect(account.bodies()).toEqual(['sweep']);
  });

  it('loses what may not be sent to the dead-letter queue either, and what has none', async () => {
    account.permit('sns:Publish');
    const RetryPolicy = { MaximumRetryAttempts: 0 };
    const DeadLetterConfig = { Arn: DEAD };
    await account.create('one', { ...once, Target: { RetryPolicy, DeadLetterConfig } });
    await account.create('two', { ...once, Target: { RetryPolicy } });

    await account.advance(HOUR);

    expect([...account.bodies(), ...account.bodies(DEAD)]).toEqual([]);
  });

  it('notices that its role does not trust the scheduler any more', async () => {
    const DeadLetterConfig = { Arn: DEAD };
    const RetryPolicy = { MaximumRetryAttempts: 0 };
    await account.create('sweep', { ...once, Target: { RetryPolicy, DeadLetterConfig } });
    account.core.principals.roles.delete('runner');

    await account.advance(HOUR);

    expect([...account.bodies(), ...account.bodies(DEAD)]).toEqual([]);
  });
});
