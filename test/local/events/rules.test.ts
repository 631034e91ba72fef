import {
  DeleteRuleCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  EventBridgeClient,
  ListRulesCommand,
  ListTagsForResourceCommand,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  type PutRuleCommandInput,
  PutTargetsCommand,
  RemoveTargetsCommand,
  type Target,
} from '@aws-sdk/client-eventbridge';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type StartedAccount, startAccount } from '../start-account.ts';

const EventPattern = '{"source":["aws.lambda"]}';
const RULE_ARN = 'arn:aws:events:us-east-1:123456789012:rule/changes';
const QUEUE_ARN = 'arn:aws:sqs:us-east-1:123456789012:inbox';

let account: StartedAccount;
let events: EventBridgeClient;

const putRule = (input: Partial<PutRuleCommandInput> = {}) =>
  events.send(new PutRuleCommand({ Name: 'changes', EventPattern, ...input }));
const putTargets = (...Targets: Target[]) =>
  events.send(new PutTargetsCommand({ Rule: 'changes', Targets }));

beforeEach(async () => {
  account = await startAccount();
  events = new EventBridgeClient(account.settings());
});

afterEach(async () => {
  events.destroy();
  await account.stop();
});

describe('rules', () => {
  it('answer what they were given', async () => {
    const made = await putRule({
      Description: 'all changes',
      RoleArn: 'arn:aws:iam::123456789012:role/r',
      State: 'DISABLED',
      EventBusName: 'arn:aws:events:us-east-1:123456789012:event-bus/default',
      Tags: [{ Key: 'Team', Value: 'platform' }],
    });

    const held = await events.send(new DescribeRuleCommand({ Name: 'changes' }));
    const { Tags } = await events.send(new ListTagsForResourceCommand({ ResourceARN: RULE_ARN }));
    expect(made.RuleArn).toBe(RULE_ARN);
    expect(held).toMatchObject({
      Name: 'changes',
      Arn: RULE_ARN,
      EventPattern,
      State: 'DISABLED',
      Description: 'all changes',
      EventBusName: 'default',
      CreatedBy: '123456789012',
    });
    expect(Tags).toEqual([{ Key: 'Team', Value: 'platform' }]);
    expect(account.records('PutRule')).toMatchObject([
      {
        eventSource: 'events.amazonaws.com',
        requestParameters: { name: 'changes', eventPattern: EventPattern },
        responseElements: { ruleArn: RULE_ARN },
      },
    ]);
  });

  it('keep their targets and tags when they change', async () => {
    await putRule({ Description: 'old', Tags: [{ Key: 'a', Value: '1' }] });
    await putTargets({ Id: 'q', Arn: QUEUE_ARN });

    await putRule({ EventPattern: '{"source":["aws.ec2"]}' });

    const held = await events.send(new DescribeRuleCommand({ Name: 'changes' }));
    const { Targets } = await events.send(new ListTargetsByRuleCommand({ Rule: 'changes' }));
    expect(held.Description).toBeUndefined();
    expect(held.EventPattern).toBe('{"source":["aws.ec2"]}');
    expect(Targets).toHaveLength(1);
  });

  it('are switched off and on', async () => {
    await putRule();
    const stateOf = async () =>
      (await events.send(new DescribeRuleCommand({ Name: 'changes' }))).State;

    await events.send(new DisableRuleCommand({ Name: 'changes' }));
    expect(await stateOf()).toBe('DISABLED');
    await events.send(new EnableRuleCommand({ Name: 'changes' }));
    expect(await stateOf()).toBe('ENABLED');
  });

  it('are listed by prefix and page by page', async () => {
    for (const Name of ['a-1', 'a-2', 'b']) await putRule({ Name });

    const first = await events.send(new ListRulesCommand({ NamePrefix: 'a', Limit: 1 }));
    const second = await events.send(
      new ListRulesCommand({ NamePrefix: 'a', Limit: 1, NextToken: first.NextToken }),
    );

    expect(first.Rules).toMatchObject([{ Name: 'a-1' }]);
    expect(second.Rules).toMatchObject([{ Name: 'a-2' }]);
    expect(second.NextToken).toBeUndefined();
    await expect(events.send(new ListRulesCommand({ NextToken: 'x' }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });

  it('are removed once they have no targets', async () => {
    await putRule();
    await putTargets({ Id: 'q', Arn: QUEUE_ARN });
    const remove = () => events.send(new DeleteRuleCommand({ Name: 'changes' }));

    await expect(remove()).rejects.toMatchObject({
      name: 'ValidationException',
      message: "Rule can't be deleted since it has targets.",
    });
    await events.send(new RemoveTargetsCommand({ Rule: 'changes', Ids: ['q'] }));
    await remove();
    await remove();

    await expect(events.send(new DescribeRuleCommand({ Name: 'changes' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Rule changes does not exist on EventBus default.',
    });
    await expect(
      events.send(new ListTagsForResourceCommand({ ResourceARN: RULE_ARN })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it.each([
    ['a name of signs', { Name: 'a b' }, 'ValidationException', /at 'name' failed/],
    [
      'neither pattern nor schedule',
      { EventPattern: undefined },
      'ValidationException',
      /^Parameter\(s\) EventPattern or ScheduleExpression must be specified\.$/,
    ],
    [
      'a schedule',
      { ScheduleExpression: 'rate(5 minutes)' },
      'ValidationException',
      /runs no schedules yet/,
    ],
    [
      'a pattern that is none',
      { EventPattern: '{"a":[]}' },
      'InvalidEventPatternException',
      /Empty arrays are not allowed/,
    ],
    ['another state', { State: 'ON' as 'ENABLED' }, 'ValidationException', /at 'state' failed/],
    [
      'another bus',
      { EventBusName: 'mine' },
      'ResourceNotFoundException',
      /^Event bus mine does not exist\.$/,
    ],
  ])('refuse %s', async (_case, input, name, message) => {
    await expect(putRule(input)).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message) as string,
    });
  });

  it('need the permission on the rule', async () => {
    const ann = new EventBridgeClient(account.settings(account.user('ann')));

    await expect(ann.send(new DescribeRuleCommand({ Name: 'changes' }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(`events:DescribeRule on resource: ${RULE_ARN}`) as string,
    });
  });
});

describe('targets', () => {
  beforeEach(async () => {
    await putRule();
  });

  it('answer retries and dead-letter queue', async () => {
    const target = {
      Id: 'q',
      Arn: QUEUE_ARN,
      RetryPolicy: { MaximumRetryAttempts: 5, MaximumEventAgeInSeconds: 3600 },
      DeadLetterConfig: { Arn: 'arn:aws:sqs:us-east-1:123456789012:dead' },
    };

    const answer = await putTargets(target, { Id: 'r', Arn: QUEUE_ARN });

    const first = await events.send(new ListTargetsByRuleCommand({ Rule: 'changes', Limit: 1 }));
    const second = await events.send(
      new ListTargetsByRuleCommand({ Rule: 'changes', Limit: 1, NextToken: first.NextToken }),
    );
    expect(answer.FailedEntryCount).toBe(0);
    expect(first.Targets).toEqual([target]);
    expect(second.Targets).toMatchObject([{ Id: 'r' }]);
  });

  it('that are not there fail to be removed', async () => {
    const answer = await events.send(new RemoveTargetsCommand({ Rule: 'changes', Ids: ['q'] }));

    expect(answer).toMatchObject({
      FailedEntryCount: 1,
      FailedEntries: [{ TargetId: 'q', ErrorCode: 'ResourceNotFoundException' }],
    });
  });

  it.each([
    ['no target', [], 'ValidationException', /must not be empty/],
    ['an id of signs', [{ Id: 'a b', Arn: QUEUE_ARN }], 'ValidationException', /Parameter Id/],
    [
      'an ARN that is none',
      [{ Id: 'q', Arn: 'inbox' }],
      'ValidationException',
      /Provided Arn is not in correct format/,
    ],
    [
      'a function',
      [{ Id: 'f', Arn: 'arn:aws:lambda:us-east-1:123456789012:function:f' }],
      'ValidationException',
      /delivers to SQS standard queues only/,
    ],
    [
      'a dead-letter topic',
      [{ Id: 'q', Arn: QUEUE_ARN, DeadLetterConfig: { Arn: 'arn:aws:sns:us-east-1:1:t' } }],
      'ValidationException',
      /delivers to SQS standard queues only/,
    ],
    [
      'a transformer',
      [{ Id: 'q', Arn: QUEUE_ARN, InputTransformer: { InputTemplate: '<a>' } }],
      'ValidationException',
      /^Parameter InputTransformer is not valid for target q/,
    ],
    [
      'an input that is no JSON',
      [{ Id: 'q', Arn: QUEUE_ARN, Input: 'x' }],
      'ValidationException',
      /^JSON syntax error in input for target q$/,
    ],
    [
      'too many retries',
      [{ Id: 'q', Arn: QUEUE_ARN, RetryPolicy: { MaximumRetryAttempts: 186 } }],
      'ValidationException',
      /RetryPolicy/,
    ],
    [
      'six targets',
      ['1', '2', '3', '4', '5', '6'].map((Id) => ({ Id, Arn: QUEUE_ARN })),
      'LimitExceededException',
      /exceeds the maximum/,
    ],
  ])('refuse %s', async (_case, targets, name, message) => {
    await expect(putTargets(...targets)).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message) as string,
    });
    await expect(
      events.send(new ListTargetsByRuleCommand({ Rule: 'changes', NextToken: 'x' })),
    ).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('belong to a rule that exists', async () => {
    await expect(
      events.send(new PutTargetsCommand({ Rule: 'none', Targets: [{ Id: 'q', Arn: QUEUE_ARN }] })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});
