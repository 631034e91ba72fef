import { describe, expect, it } from 'vitest';
import { parseStatements, resourcesOf, templateOf } from './guardrail-template.ts';

const template = templateOf();
const FUNCTION = /^GuardrailSweepOnScheduleFunction/;
const GROUP = /^GuardrailSweepScheduleGroup/;

describe('createSweepSchedule', () => {
  it('calls the sweeping function every 15 minutes, once and on time', () => {
    const [schedule, ...others] = resourcesOf(template, 'AWS::Scheduler::Schedule');

    expect(others).toEqual([]);
    expect(schedule?.Properties).toEqual({
      Name: 'lambda-vpc-guardrail-sweep',
      GroupName: { Ref: expect.stringMatching(GROUP) },
      Description: expect.any(String),
      ScheduleExpression: 'rate(15 minutes)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Arn: { 'Fn::GetAtt': [expect.stringMatching(FUNCTION), 'Arn'] },
        RoleArn: { 'Fn::GetAtt': [expect.stringMatching(/SweepScheduleRole/), 'Arn'] },
        RetryPolicy: { MaximumEventAgeInSeconds: 900, MaximumRetryAttempts: 0 },
      },
    });
  });

  it('begins only when the event of a heartbeat finds its way back', () => {
    const [schedule] = Object.values(template.findResources('AWS::Scheduler::Schedule'));

    expect(schedule?.['DependsOn']).toEqual([
      expect.stringMatching(/^GuardrailChangeRule/),
      expect.stringMatching(/^GuardrailEnforcementQueuePolicy/),
      expect.stringMatching(/^GuardrailEnforcementQueue/),
    ]);
  });

  it('has a role that may call this function and nothing else', () => {
    expect(parseStatements(template, 'sweep-schedule')).toEqual([
      {
        Sid: 'CallSweep',
        Effect: 'Allow',
        actions: ['lambda:InvokeFunction'],
        resources: [expect.stringMatching(/^<GuardrailSweepOnScheduleFunction\w+\.Arn>$/)],
      },
    ]);
  });

  it('has a role for no schedule but those of its own group, which holds no other', () => {
    const [role] = resourcesOf(template, 'AWS::IAM::Role').filter(({ Properties }) =>
      JSON.stringify(Properties).includes('scheduler.amazonaws.com'),
    );

    expect(resourcesOf(template, 'AWS::Scheduler::ScheduleGroup')).toHaveLength(1);
    expect(role?.Properties['AssumeRolePolicyDocument']).toMatchObject({
      Statement: [
        {
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { Service: 'scheduler.amazonaws.com' },
          Condition: {
            StringEquals: {
              'aws:SourceAccount': { Ref: 'AWS::AccountId' },
              'aws:SourceArn': { 'Fn::GetAtt': [expect.stringMatching(GROUP), 'Arn'] },
            },
          },
        },
      ],
    });
  });
});
