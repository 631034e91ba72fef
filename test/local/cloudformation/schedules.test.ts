import { GetFunctionEventInvokeConfigCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  GetScheduleCommand,
  ListTagsForResourceCommand,
  SchedulerClient,
} from '@aws-sdk/client-scheduler';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StackAccount, startStackAccount } from './stack-account.ts';

const ROLE = 'arn:aws:iam::123456789012:role/lambda-role';
const GROUP_ARN = 'arn:aws:scheduler:us-east-1:123456789012:schedule-group/nightly';

let stacks: StackAccount;

beforeAll(async () => {
  stacks = await startStackAccount();
  const Statement = [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' }];
  stacks.account.allow('lambda-role', JSON.stringify({ Version: '2012-10-17', Statement }));
});

afterAll(async () => {
  await stacks.close();
});

function template({ attempts, tag, hours }: { attempts: number; tag: string; hours: number }) {
  const QueueArn = { 'Fn::GetAtt': ['Queue', 'Arn'] };
  const Statement = [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' }];
  return {
    Resources: {
      Queue: { Type: 'AWS::SQS::Queue' },
      Runner: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: { Service: 'scheduler.amazonaws.com' },
                Action: 'sts:AssumeRole',
              },
            ],
          },
          Policies: [{ PolicyName: 'send', PolicyDocument: { Version: '2012-10-17', Statement } }],
        },
      },
      Group: {
        Type: 'AWS::Scheduler::ScheduleGroup',
        Properties: { Name: 'nightly', Tags: [{ Key: tag, Value: 'yes' }] },
      },
      Schedule: {
        Type: 'AWS::Scheduler::Schedule',
        Properties: {
          Name: 'sweep',
          GroupName: { Ref: 'Group' },
          ScheduleExpression: `rate(${hours} hours)`,
          StartDate: '2026-11-23T00:00:00Z',
          FlexibleTimeWindow: { Mode: 'OFF' },
          Target: {
            Arn: QueueArn,
            RoleArn: { 'Fn::GetAtt': ['Runner', 'Arn'] },
            Input: 'sweep',
            RetryPolicy: { MaximumRetryAttempts: attempts },
          },
        },
      },
      Function: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          FunctionName: 'swept',
          Code: { ZipFile: 'exports.handler = async () => {};' },
          Handler: 'index.handler',
          Runtime: 'nodejs24.x',
          Role: ROLE,
          DeadLetterConfig: { TargetArn: QueueArn },
        },
      },
      Events: {
        Type: 'AWS::Lambda::EventInvokeConfig',
        Properties: {
          FunctionName: { Ref: 'Function' },
          Qualifier: '$LATEST',
          MaximumRetryAttempts: attempts,
          DestinationConfig: { OnFailure: { Destination: QueueArn } },
        },
      },
    },
    Outputs: { ScheduleArn: { Value: { 'Fn::GetAtt': ['Schedule', 'Arn'] } } },
  };
}

describe('schedules and asynchronous events in a template', () => {
  it('are made, changed and removed with their stack', async () => {
    const scheduler = new SchedulerClient(stacks.account.settings());
    const lambda = new LambdaClient(stacks.account.settings());
    const schedule = () =>
      scheduler.send(new GetScheduleCommand({ Name: 'sweep', GroupName: 'nightly' }));
    const events = () =>
      lambda.send(new GetFunctionEventInvokeConfigCommand({ FunctionName: 'swept' }));
    const tags = async () =>
      (await scheduler.send(new ListTagsForResourceCommand({ ResourceArn: GROUP_ARN }))).Tags;

    const made = await stacks.create('sweeps', template({ attempts: 1, tag: 'one', hours: 6 }));
    expect(await stacks.failures('sweeps')).toEqual([]);
    expect(made.StackStatus).toBe('CREATE_COMPLETE');
    expect(await stacks.outputs('sweeps')).toEqual({
      ScheduleArn: 'arn:aws:scheduler:us-east-1:123456789012:schedule/nightly/sweep',
    });
    expect(await schedule()).toMatchObject({ StartDate: new Date('2026-11-23T00:00:00Z') });
    expect(await events()).toMatchObject({ MaximumRetryAttempts: 1 });
    expect(await tags()).toEqual([{ Key: 'one', Value: 'yes' }]);

    await stacks.update('sweeps', template({ attempts: 0, tag: 'two', hours: 12 }));
    expect(await schedule()).toMatchObject({
      ScheduleExpression: 'rate(12 hours)',
      Target: { RetryPolicy: { MaximumRetryAttempts: 0 } },
    });
    expect(await events()).toMatchObject({ MaximumRetryAttempts: 0 });
    expect(await tags()).toEqual([{ Key: 'two', Value: 'yes' }]);

    const removed = await stacks.remove('sweeps');
    expect(removed.StackStatus).toBe('DELETE_COMPLETE');
    await expect(schedule()).rejects.toThrow('Schedule sweep does not exist.');
    await expect(events()).rejects.toThrow(/doesn't have an EventInvokeConfig/);
    scheduler.destroy();
    lambda.destroy();
  });
});
