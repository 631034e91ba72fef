import { describe, expect, it } from 'vitest';
import { judgeConsumer } from '../../../lib/cli/doctor/check-consumer.ts';
import { judgeFunction } from '../../../lib/cli/doctor/check-functions.ts';
import { judgeDeadLetters, judgeQueue } from '../../../lib/cli/doctor/check-queues.ts';
import { judgeRule } from '../../../lib/cli/doctor/check-rules.ts';
import { judgeSchedule } from '../../../lib/cli/doctor/check-schedule.ts';

const QUEUE = 'arn:aws:sqs:us-east-1:123456789012:orders';
const DEAD = 'arn:aws:sqs:us-east-1:123456789012:dead';
const DENIED = { because: 'AccessDenied: no', permission: 'some:Call' };
const MISSING = { because: 'ResourceNotFoundException: none', isMissing: true } as const;

describe('judgeRule', () => {
  const wanted = { queueArn: QUEUE, deadLetterQueueArn: DEAD };
  const on = { State: 'ENABLED' } as const;
  const leading = { value: [{ Id: 'q', Arn: QUEUE }] };

  it.each([
    ['on, to the queue', { rule: on, targets: leading }, 'good'],
    [
      'on with reads, to the queue',
      {
        rule: { State: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' } as const,
        targets: leading,
      },
      'good',
    ],
    ['disabled', { rule: { State: 'DISABLED' } as const, targets: leading }, 'bad'],
    ['without a target', { rule: on, targets: { value: [] } }, 'bad'],
    ['to elsewhere', { rule: on, targets: { value: [{ Id: 'q', Arn: DEAD }] } }, 'bad'],
    ['not there', { rule: undefined, targets: leading }, 'bad'],
    ['on, to where is not told', { rule: on, targets: DENIED }, 'unknown'],
  ])('says of a rule %s what it comes to', (_, seen, answer) => {
    expect(judgeRule('changes', seen, wanted).answer).toBe(answer);
  });

  it('names the commands that put it right', () => {
    const off = { rule: { State: 'DISABLED' } as const, targets: leading };
    const astray = { rule: on, targets: { value: [] } };

    expect(judgeRule('changes', off, wanted).fix).toBe('aws events enable-rule --name changes');
    expect(judgeRule('changes', astray, wanted).fix).toContain(
      `put-targets --rule changes --targets '[{"Id":"EnforcementQueue","Arn":"${QUEUE}"`,
    );
  });
});

describe('judgeConsumer', () => {
  it.each([
    ['Enabled', 'good'],
    ['Updating', 'good'],
    ['Creating', 'unknown'],
    ['Enabling', 'unknown'],
    ['Disabled', 'bad'],
    ['Disabling', 'bad'],
    ['Deleting', 'bad'],
  ])('says of a mapping that is %s: %s', (State, answer) => {
    const mapping = { State, UUID: 'u-1', EventSourceArn: QUEUE };

    expect(judgeConsumer('enforce', [mapping], QUEUE).answer).toBe(answer);
  });

  it('is bad where the mapping is of another queue, and names the command that enables it', () => {
    const mapping = { State: 'Disabled', UUID: 'u-1', EventSourceArn: QUEUE };

    expect(judgeConsumer('enforce', [mapping], DEAD).answer).toBe('bad');
    expect(judgeConsumer('enforce', [mapping], QUEUE).fix).toBe(
      'aws lambda update-event-source-mapping --uuid u-1 --enabled',
    );
  });
});

describe('judgeQueue', () => {
  const counts = { waiting: 3, inHand: 2, later: 1 };

  it.each([
    ['nothing waits', { ...counts, waiting: 0 }, { value: undefined }, 'good'],
    ['some wait for a minute', counts, { value: 60 }, 'good'],
    ['some wait for long', counts, { value: 3600 }, 'bad'],
    ['nobody knows for how long', counts, { value: undefined }, 'unknown'],
    ['AWS does not tell for how long', counts, DENIED, 'unknown'],
  ])('where %s', (_, given, oldest, answer) => {
    const judged = judgeQueue(given, oldest, 'enforce');

    expect([judged.answer, judged.isEssential]).toEqual([answer, undefined]);
  });

  it('says how many, for how long, and where to look', () => {
    expect(judgeQueue(counts, { value: 3600 }, 'enforce')).toMatchObject({
      seen: '3 messages waiting, the oldest for 1 hour',
      fix: expect.stringContaining('/aws/lambda/enforce') as string,
    });
  });
});

describe('judgeDeadLetters', () => {
  const place = { url: 'https://sqs/dead', arn: DEAD };

  it.each(['waiting', 'inHand', 'later'])('is bad where a message is %s', (name) => {
    const none = { waiting: 0, inHand: 0, later: 0 };

    expect(judgeDeadLetters(none, place).answer).toBe('good');
    expect(judgeDeadLetters({ ...none, [name]: 1 }, place)).toMatchObject({
      answer: 'bad',
      seen: '1 message that nobody could carry out',
      fix: expect.stringContaining(`start-message-move-task --source-arn ${DEAD}`) as string,
    });
  });
});

describe('judgeFunction', () => {
  const active = { value: { State: 'Active' } as const };
  const free = { value: undefined };

  it.each([
    ['active', active, free, 'good'],
    ['active, with a reservation', active, { value: 5 }, 'good'],
    ['held at 0', active, { value: 0 }, 'bad'],
    ['held at 0, its state not told', DENIED, { value: 0 }, 'bad'],
    ['pending', { value: { State: 'Pending' } as const }, free, 'unknown'],
    ['failed', { value: { State: 'Failed' } as const }, free, 'bad'],
    ['inactive', { value: { State: 'Inactive' } as const }, free, 'bad'],
    [
      'failed in its update',
      { value: { State: 'Active', LastUpdateStatus: 'Failed' } as const },
      free,
      'bad',
    ],
    [
      'updated now',
      { value: { State: 'Active', LastUpdateStatus: 'InProgress' } as const },
      free,
      'unknown',
    ],
    ['not told', DENIED, free, 'unknown'],
    ['active, its reservation not told', active, DENIED, 'unknown'],
    ['not there', MISSING, MISSING, 'bad'],
  ])('says of a function that is %s what it comes to', (_, state, reserved, answer) => {
    expect(judgeFunction('sweep', state, reserved).answer).toBe(answer);
  });

  it('names the command that lets it run', () => {
    expect(judgeFunction('sweep', active, { value: 0 }).fix).toBe(
      'aws lambda delete-function-concurrency --function-name sweep',
    );
  });
});

describe('judgeSchedule', () => {
  const Arn = 'arn:aws:lambda:us-east-1:123456789012:function:sweep';
  const schedule = {
    State: 'ENABLED',
    ScheduleExpression: 'rate(15 minutes)',
    Description: "the guardrail's",
    Target: { Arn, RoleArn: 'arn:aws:iam::123456789012:role/r' },
  } as const;

  it('is good where it is on and calls the sweep', () => {
    expect(judgeSchedule('s', schedule, Arn)).toMatchObject({
      answer: 'good',
      seen: 'on: rate(15 minutes)',
    });
  });

  it('is bad where it calls something else', () => {
    expect(judgeSchedule('s', schedule, `${Arn}-2`).answer).toBe('bad');
  });

  it('says all of it again where it is disabled', () => {
    const { answer, fix } = judgeSchedule('s', { ...schedule, State: 'DISABLED' }, Arn);

    expect(answer).toBe('bad');
    expect(fix).toBe(
      `aws scheduler update-schedule --name s --group-name s --state ENABLED --schedule-expression 'rate(15 minutes)' --flexible-time-window Mode=OFF --description 'the guardrail'\\''s' --target '{"Arn":"${Arn}","RoleArn":"arn:aws:iam::123456789012:role/r"}'`,
    );
  });
});
