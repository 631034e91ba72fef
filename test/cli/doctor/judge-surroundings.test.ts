import { describe, expect, it } from 'vitest';
import { judgeAlarms } from '../../../lib/cli/doctor/check-alarms.ts';
import { judgeClock } from '../../../lib/cli/doctor/check-clock.ts';
import { judgeEndpoint } from '../../../lib/cli/doctor/check-endpoint.ts';
import { judgePermissions } from '../../../lib/cli/doctor/check-permissions.ts';
import { judgeRegion } from '../../../lib/cli/doctor/check-regions.ts';
import { judgeStack } from '../../../lib/cli/doctor/check-stack.ts';
import { judgeTopics } from '../../../lib/cli/doctor/check-topics.ts';
import { bad, good, notYet, off, unseen } from '../../../lib/cli/doctor/checkup.ts';
import { exitOf } from '../../../lib/cli/doctor/diagnosis.ts';
import { toDeployment } from '../../../lib/cli/doctor/find-deployment.ts';

const DENIED = { because: 'AccessDenied: no', permission: 'some:Call' };

describe('judgeClock', () => {
  it.each([
    [0, 'good'],
    [119_000, 'good'],
    [-119_000, 'good'],
    [121_000, 'bad'],
    [-3_600_000, 'bad'],
    [undefined, 'unknown'],
  ])('that is %s ms ahead: %s', (aheadMs, answer) => {
    expect(judgeClock(aheadMs).answer).toBe(answer);
  });

  it('says which way it is wrong', () => {
    expect(judgeClock(-3_600_000).seen).toContain("1 hour behind AWS's");
    expect(judgeClock(600_000).seen).toContain("10 minutes ahead of AWS's");
  });
});

describe('judgeEndpoint', () => {
  const caller = { account: '1', region: 'eu-west-1', callerArn: 'arn:aws:iam::1:user/ann' };
  const aws = ['https://sts.eu-west-1.amazonaws.com', 'https://lambda.eu-west-1.api.aws'];

  it.each([
    [aws, 'good', 'calls go to AWS'],
    [['http://127.0.0.1:4599'], 'good', 'http://127.0.0.1:4599, which is not AWS'],
    [[...aws, 'http://127.0.0.1:4599'], 'bad', 'different places'],
    [['http://127.0.0.1:4599', 'http://127.0.0.1:4600'], 'bad', 'different places'],
    [['https://amazonaws.com.example.org'], 'good', 'which is not AWS'],
  ])('of calls to %s', (endpoints, answer, words) => {
    const judged = judgeEndpoint(caller, endpoints);

    expect(judged.answer).toBe(answer);
    expect(judged.seen).toContain(words);
  });
});

describe('judgeStack', () => {
  const Outputs = [
    ['DeployedMode', 'enforce'],
    ['EnforceFunctionName', 'shop-enforce-on-change'],
    ...[
      'PolicyHash',
      'RescanFunctionName',
      'SweepFunctionName',
      'ReleaseFunctionName',
      'QueueUrl',
      'DeadLetterQueueUrl',
      'TableName',
      'FindingsTopicArn',
      'ChatTopicArn',
    ].map((key) => [key, 'x']),
  ].map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue }));
  const stackOf = (StackStatus: 'CREATE_COMPLETE' | 'DELETE_FAILED' | 'UPDATE_IN_PROGRESS') => ({
    stack: { StackName: 'S', StackStatus, CreationTime: undefined, Outputs },
  });
  const one = { stack: 'S', isNamed: false };

  it.each([
    ['CREATE_COMPLETE', 'good'],
    ['UPDATE_IN_PROGRESS', 'unknown'],
    ['DELETE_FAILED', 'bad'],
  ] as const)('that is %s: %s', (status, answer) => {
    expect(judgeStack(toDeployment(stackOf(status)), one).answer).toBe(answer);
  });

  it('is off where there is none, and bad where somebody named it', () => {
    const none = toDeployment({ stack: undefined });

    expect(judgeStack(none, one)).toMatchObject({
      answer: 'off',
      fix: expect.stringContaining('npx cdk deploy') as string,
    });
    expect(judgeStack(none, { ...one, isNamed: true }).answer).toBe('bad');
  });

  it('is bad where it is another one, and unknown where nobody may look', () => {
    const other = { stack: { StackName: 'S', StackStatus: undefined, CreationTime: undefined } };

    expect(judgeStack(toDeployment(other), one).seen).toContain('DeployedMode');
    expect(judgeStack(toDeployment(DENIED), one)).toMatchObject({
      answer: 'unknown',
      permission: 'some:Call',
      isEssential: true,
    });
  });

  it('tells what the names begin with', () => {
    const deployment = toDeployment(stackOf('CREATE_COMPLETE'));

    expect(deployment).toMatchObject({ kind: 'deployed', deployed: { name: 'shop' } });
  });
});

describe('judgeTopics', () => {
  const confirmed = { SubscriptionArn: 'arn:aws:sns:t:1', Protocol: 'email', Endpoint: 'a@x' };
  const pending = { ...confirmed, SubscriptionArn: 'PendingConfirmation' };
  const answers = (...both: readonly (readonly object[])[]) =>
    judgeTopics([
      { kind: 'findings', topicArn: 'f', subscriptions: { value: both[0] ?? [] } },
      { kind: 'chat', topicArn: 'c', subscriptions: { value: both[1] ?? [] } },
    ]);

  it.each([
    [[confirmed], [confirmed], ['good', 'good']],
    [[confirmed], [], ['good', 'off']],
    [[], [confirmed], ['off', 'good']],
    [[], [], ['bad', 'off']],
    [[confirmed, pending], [], ['bad', 'off']],
  ])('of %j and %j', (findings, chat, expected) => {
    expect(answers(findings, chat).map(({ answer }) => answer)).toEqual(expected);
  });

  it('names who has to confirm, and keeps the address of a webhook to itself', () => {
    const hook = { ...pending, Protocol: 'https', Endpoint: 'https://hooks.example.com/T0/secret' };
    const [findings, chat] = answers([confirmed, pending], [hook]);

    expect(findings?.seen).toBe('1 of 2 subscriptions not confirmed: a@x');
    expect(findings?.fix).toContain('--protocol email --notification-endpoint a@x');
    expect(JSON.stringify(chat)).not.toContain('secret');
  });

  it('is unknown where it is not told, and the other one is then not bad', () => {
    const judged = judgeTopics([
      { kind: 'findings', topicArn: 'f', subscriptions: { value: [] } },
      { kind: 'chat', topicArn: 'c', subscriptions: DENIED },
    ]);

    expect(judged.map(({ answer }) => answer)).toEqual(['off', 'unknown']);
  });
});

describe('judgeAlarms', () => {
  const place = { name: 'shop', deadLetterQueueUrl: 'https://sqs/1/dead', findingsTopicArn: 'f' };

  it('is off where there is none, with a command that makes one', () => {
    expect(judgeAlarms([], place)).toEqual([
      expect.objectContaining({
        answer: 'off',
        fix: expect.stringContaining('Name=QueueName,Value=dead') as string,
      }),
    ]);
  });

  it.each([
    [{ StateValue: 'OK' }, 'good'],
    [{ StateValue: 'ALARM', StateReason: 'too many' }, 'bad'],
    [{ StateValue: 'INSUFFICIENT_DATA' }, 'unknown'],
    [{ StateValue: 'OK', ActionsEnabled: false }, 'bad'],
  ] as const)('of %j: %s', (alarm, answer) => {
    const [judged] = judgeAlarms([{ AlarmName: 'shop-errors', ...alarm }], place);

    expect(judged).toMatchObject({ subject: 'shop-errors', answer });
  });
});

describe('judgeRegion', () => {
  const none = { stack: undefined };
  const there = { stack: { StackName: 'S', StackStatus: undefined, CreationTime: undefined } };
  const some = { value: { count: 3 } };

  it.each([
    ['functions and a guardrail', some, there, 'good'],
    ['a guardrail', { value: { count: 0 } }, there, 'good'],
    ['functions and no guardrail', some, none, 'bad'],
    ['nothing', { value: { count: 0 } }, none, 'off'],
    ['nothing, its stack not told', { value: { count: 0 } }, DENIED, 'off'],
    ['functions, its stack not told', some, DENIED, 'unknown'],
    ['no guardrail, its functions not told', DENIED, none, 'unknown'],
    ['a guardrail, its functions not told', DENIED, there, 'good'],
  ])('that has %s', (_, functions, stack, answer) => {
    expect(judgeRegion({ region: 'eu-west-1', functions, stack }, 'S').answer).toBe(answer);
  });

  it('says how many at least, and how one is deployed there', () => {
    const functions = { value: { count: 50, isLeast: true } } as const;

    expect(judgeRegion({ region: 'eu-west-1', functions, stack: none }, 'S')).toMatchObject({
      seen: 'at least 50 functions and no guardrail',
      fix: expect.stringMatching(/^AWS_REGION=eu-west-1 npx cdk deploy/) as string,
    });
  });
});

describe('judgePermissions', () => {
  it('names what was refused, once', () => {
    const rule = unseen({ topic: 'rule' }, 'no', { permission: 'events:ListRules' });
    const judged = judgePermissions([rule, rule, good({ topic: 'queue' }, 'empty')]);

    expect(judged.answer).toBe('unknown');
    expect(judged.fix).toContain('"Action":["events:ListRules"]');
    expect(judgePermissions([]).answer).toBe('good');
  });
});

describe('the exit status', () => {
  const well = good({ topic: 'queue' }, 'empty');
  const broken = bad({ topic: 'rule' }, 'off', 'on');
  const hidden = unseen({ topic: 'trail' }, 'denied');

  it.each([
    ['all is good', [well], 0],
    ['some is off', [well, off({ topic: 'alarm' }, 'none')], 0],
    ['something will be known soon', [well, notYet({ topic: 'sweep' }, 'soon', 'wait')], 0],
    ['what matters less is unknown', [well, unseen({ topic: 'alarm' }, 'denied')], 0],
    ['something is bad', [well, broken], 1],
    ['something that matters is unknown', [well, hidden], 3],
    ['something is bad, and something that matters is unknown', [hidden, broken], 1],
  ])('where %s', (_, checks, status) => {
    expect(exitOf({ checks })).toBe(status);
  });
});
