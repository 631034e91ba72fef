import {
  CreateScheduleCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  ListSchedulesCommand,
  SchedulerClient,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { START_MS } from '../full-account.ts';
import {
  ARN,
  AT_TIMES,
  DEAD,
  INBOX,
  ROLE,
  type SchedulerAccount,
  startSchedulerAccount,
} from './scheduler-account.ts';

let account: SchedulerAccount;

beforeAll(async () => {
  account = await startSchedulerAccount();
});

afterAll(async () => {
  await account.stop();
});

afterEach(async () => {
  const { Schedules = [] } = await account.scheduler.send(new ListSchedulesCommand({}));
  for (const { Name } of Schedules) {
    await account.scheduler.send(new DeleteScheduleCommand({ Name }));
  }
});

const get = (Name: string) => account.scheduler.send(new GetScheduleCommand({ Name }));

describe('CreateSchedule', () => {
  it('answers the ARN, and what AWS takes where nothing is said', async () => {
    const { ScheduleArn } = await account.create('sweep');

    expect(ScheduleArn).toBe(`${ARN}:schedule/default/sweep`);
    await expect(get('sweep')).resolves.toMatchObject({
      Arn: ScheduleArn,
      GroupName: 'default',
      State: 'ENABLED',
      ScheduleExpression: 'rate(6 hours)',
      ScheduleExpressionTimezone: 'UTC',
      ActionAfterCompletion: 'NONE',
      FlexibleTimeWindow: { Mode: 'OFF' },
      CreationDate: new Date(START_MS),
      Target: {
        Arn: INBOX,
        RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 },
      },
    });
  });

  it('keeps everything that it is given', async () => {
    const input = {
      Description: 'nightly',
      State: 'DISABLED',
      KmsKeyArn: 'arn:aws:kms:us-east-1:123456789012:key/1',
      StartDate: new Date('2026-11-23T00:00:00Z'),
      EndDate: new Date('2026-11-24T00:00:00Z'),
      ScheduleExpressionTimezone: 'Europe/Berlin',
      ActionAfterCompletion: 'DELETE',
      FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 15 },
    } as const;
    await account.create('sweep', { ...input, Target: { DeadLetterConfig: { Arn: DEAD } } });

    await expect(get('sweep')).resolves.toMatchObject({
      ...input,
      Target: { DeadLetterConfig: { Arn: DEAD } },
    });
  });

  it('is recorded, with what it was asked for', async () => {
    await account.create('sweep');

    expect(account.records('CreateSchedule').at(-1)).toMatchObject({
      eventSource: 'scheduler.amazonaws.com',
      requestParameters: { name: 'sweep', target: { roleArn: ROLE } },
      responseElements: { scheduleArn: `${ARN}:schedule/default/sweep` },
    });
  });

  it('does the same request twice only once, and refuses another one of that name', async () => {
    const ClientToken = 'a-token-of-this-request';
    const { ScheduleArn } = await account.create('sweep', { ClientToken });

    await expect(account.create('sweep', { ClientToken })).resolves.toMatchObject({ ScheduleArn });
    await expect(account.create('sweep')).rejects.toMatchObject({
      name: 'ConflictException',
      message: 'Schedule sweep already exists.',
    });
  });

  it.each([
    [{ Name: 'a/b' }, /'a\/b' at 'name' failed to satisfy constraint/],
    [{ Name: 'n'.repeat(65) }, /length less than or equal to 64/],
    [{ GroupName: 'a b' }, /'a b' at 'groupName'/],
    [{ ScheduleExpression: 'rate(6 weeks)' }, /^Invalid Schedule Expression rate\(6 weeks\)\.$/],
    [{ ScheduleExpressionTimezone: 'Mars/Olympus' }, /Timezone Mars\/Olympus/],
    [{ State: 'ON' }, /'ON' at 'state' .* enum value set: \[ENABLED, DISABLED\]/],
    [{ ActionAfterCompletion: 'KEEP' }, /'KEEP' at 'actionAfterCompletion'/],
    [{ FlexibleTimeWindow: { Mode: 'ON' } }, /'ON' at 'flexibleTimeWindow.mode'/],
    [{ FlexibleTimeWindow: { Mode: 'FLEXIBLE' } }, /must be given when the mode is FLEXIBLE/],
    [{ FlexibleTimeWindow: { Mode: 'OFF', MaximumWindowInMinutes: 1 } }, /must not be given/],
    [{ FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 1441 } }, /to 1440/],
    [{ StartDate: new Date(START_MS - 301_000) }, /cannot be earlier than 5 minutes ago/],
    [{ EndDate: new Date(START_MS) }, /EndDate you specify cannot be in the past/],
    [
      { StartDate: new Date(START_MS + 2000), EndDate: new Date(START_MS + 2000) },
      /must come before the EndDate/,
    ],
    [{ Target: { Arn: 'inbox' } }, /Provided Arn is not in correct format/],
    [
      { Target: { Arn: 'arn:aws:states:us-east-1:123456789012:stateMachine:m' } },
      /calls functions/,
    ],
    [{ Target: { Arn: `${INBOX}.fifo` } }, /standard queues only/],
    [{ Target: { SqsParameters: { MessageGroupId: 'g' } } }, /Target.SqsParameters is not valid/],
    [{ Target: { DeadLetterConfig: { Arn: ROLE } } }, /dead-letter queue must be/],
    [{ Target: { RetryPolicy: { MaximumRetryAttempts: 186 } } }, /less than or equal to 185/],
    [{ Target: { RetryPolicy: { MaximumEventAgeInSeconds: 59 } } }, /greater than or equal to 60/],
    [{ Target: { RoleArn: 'runner' } }, /'runner' at 'target.roleArn'/],
    [{ Target: { RoleArn: `${ROLE}s` } }, /must allow AWS EventBridge Scheduler to assume/],
    [{ Target: { RoleArn: ROLE.replace('runner', 'stranger') } }, /to assume the role/],
  ])('refuses %j', async (input, message) => {
    await expect(account.create('sweep', input as object)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringMatching(message),
    });
  });

  it('asks the trust policy with account and group', async () => {
    const other = account.core.principals.roles.get('runner');
    const text = other?.trust?.replaceAll('schedule-group/default', 'schedule-group/other') ?? '';
    account.core.principals.roles.set('narrow', {
      ...(other ?? expect.fail('no role')),
      name: 'narrow',
      arn: ROLE.replace('runner', 'narrow'),
      trust: text,
    });
    const Target = { RoleArn: ROLE.replace('runner', 'narrow') };

    await expect(account.create('sweep', { Target })).rejects.toThrow(/to assume the role/);
  });

  it('needs the permission for the schedule, and to pass the role to the scheduler', async () => {
    const create = (...statements: readonly object[]) => {
      const name = `creator-${statements.length}`;
      const client = new SchedulerClient(account.settings(account.user(name, ...statements)));
      const command = new CreateScheduleCommand({
        Name: 'sweep',
        ScheduleExpression: 'rate(1 hour)',
        ...AT_TIMES,
        Target: { Arn: INBOX, RoleArn: ROLE },
      });
      return client.send(command).finally(() => client.destroy());
    };
    const may = {
      Effect: 'Allow',
      Action: 'scheduler:CreateSchedule',
      Resource: `${ARN}:schedule/default/*`,
    };
    const pass = (service: string) => ({
      Effect: 'Allow',
      Action: 'iam:PassRole',
      Resource: ROLE,
      Condition: { StringEquals: { 'iam:PassedToService': service } },
    });

    await expect(create(may)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(`iam:PassRole on resource: ${ROLE}`),
    });
    await expect(create(may, pass('scheduler.amazonaws.com'))).resolves.toMatchObject({});
    await expect(create(pass('scheduler.amazonaws.com'), pass('a'), pass('b'))).rejects.toThrow(
      /scheduler:CreateSchedule on resource: .*schedule\/default\/sweep/,
    );
  });
});

describe('UpdateSchedule', () => {
  it('sets everything, and takes back what it does not name', async () => {
    await account.create('sweep', { Description: 'old', ActionAfterCompletion: 'DELETE' });
    await account.scheduler.send(
      new UpdateScheduleCommand({
        Name: 'sweep',
        ScheduleExpression: 'cron(0 6 * * ? *)',
        ...AT_TIMES,
        Target: { Arn: DEAD, RoleArn: ROLE },
      }),
    );

    const schedule = await get('sweep');
    expect(schedule).toMatchObject({
      ScheduleExpression: 'cron(0 6 * * ? *)',
      ActionAfterCompletion: 'NONE',
      Target: { Arn: DEAD },
    });
    expect(schedule.Description).toBeUndefined();
  });

  it('refuses a schedule that there is not', async () => {
    const command = new UpdateScheduleCommand({
      Name: 'none',
      ScheduleExpression: 'rate(1 day)',
      ...AT_TIMES,
      Target: { Arn: INBOX, RoleArn: ROLE },
    });

    await expect(account.scheduler.send(command)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Schedule none does not exist.',
    });
  });
});

describe('ListSchedules', () => {
  it('lists by prefix and state, a page at a time', async () => {
    await account.create('a-1');
    await account.create('a-2', { State: 'DISABLED' });
    await account.create('b-1');
    const list = (input: object) => account.scheduler.send(new ListSchedulesCommand(input));

    const first = await list({ NamePrefix: 'a', MaxResults: 1 });
    const second = await list({ NamePrefix: 'a', NextToken: first.NextToken });
    const disabled = await list({ State: 'DISABLED', GroupName: 'default' });

    expect(first.Schedules).toMatchObject([{ Name: 'a-1', Target: { Arn: INBOX } }]);
    expect(second.Schedules).toMatchObject([{ Name: 'a-2' }]);
    expect(second.NextToken).toBeUndefined();
    expect(disabled.Schedules).toMatchObject([{ Name: 'a-2' }]);
    await expect(list({ NextToken: 'x' })).rejects.toThrow('Invalid next token.');
    await expect(list({ MaxResults: 101 })).rejects.toThrow(/less than or equal to 100/);
    await expect(list({ GroupName: 'none' })).rejects.toThrow(
      'Schedule group none does not exist.',
    );
  });
});
