import { App, Stack, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import type { CompiledPolicy } from '../../functions/core/policy.ts';
import { LambdaVpcGuardrail } from '../../lib/infra/lambda-vpc-guardrail.ts';
import { policyIn, resourcesOf, templateOf } from './guardrail-template.ts';

const template = templateOf();

describe('LambdaVpcGuardrail', () => {
  it('uses only resource types that the local account deploys', () => {
    const types = Object.values(template.toJSON()['Resources'] ?? {}).map(
      (resource) => (resource as { readonly Type: string }).Type,
    );

    expect([...new Set(types)].sort()).toEqual([
      'AWS::DynamoDB::Table',
      'AWS::Events::Rule',
      'AWS::IAM::Role',
      'AWS::Lambda::EventInvokeConfig',
      'AWS::Lambda::EventSourceMapping',
      'AWS::Lambda::Function',
      'AWS::Logs::LogGroup',
      'AWS::SNS::Topic',
      'AWS::SNS::TopicPolicy',
      'AWS::SQS::Queue',
      'AWS::SQS::QueuePolicy',
      'AWS::Scheduler::Schedule',
      'AWS::Scheduler::ScheduleGroup',
    ]);
  });

  it('feeds orders to the function in small batches that may fail in part', () => {
    const mappings = resourcesOf(template, 'AWS::Lambda::EventSourceMapping');

    expect(mappings.map(({ Properties }) => Properties)).toEqual([
      {
        BatchSize: 10,
        EventSourceArn: { 'Fn::GetAtt': [expect.stringMatching(/EnforcementQueue/), 'Arn'] },
        FunctionName: { Ref: expect.stringMatching(/EnforceOnChangeFunction/) },
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ScalingConfig: { MaximumConcurrency: 2 },
      },
    ]);
  });

  it('keeps records when the stack goes', () => {
    const [table] = Object.values(template.findResources('AWS::DynamoDB::Table'));

    expect(table).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      },
    });
  });

  it('finds functions by their VPC in an index that holds nothing but keys', () => {
    const [table] = resourcesOf(template, 'AWS::DynamoDB::Table');

    expect(table?.Properties['GlobalSecondaryIndexes']).toEqual([
      {
        IndexName: 'by-vpc',
        KeySchema: [
          { AttributeName: 'vpcId', KeyType: 'HASH' },
          { AttributeName: 'functionArn', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ]);
  });

  it('names its functions after the name that it is given', () => {
    const named = templateOf({ name: 'team-a' });
    const names = resourcesOf(named, 'AWS::Lambda::Function').map(
      ({ Properties }) => Properties['FunctionName'],
    );

    expect(names.sort()).toEqual([
      'team-a-enforce-on-change',
      'team-a-release-on-request',
      'team-a-rescan-on-request',
      'team-a-sweep-on-schedule',
    ]);
  });

  it.each(['', 'with space', 'a*', 'x'.repeat(41)])('refuses the name `%s`', (name) => {
    expect(() => templateOf({ name })).toThrow(
      `\`name\` is \`${name}\`: expected 1 to 40 letters, digits and hyphens`,
    );
  });

  it.each([
    [{ policy: { ok: true, policy: policyIn('audit') } }, 'got an object: pass its `.policy`'],
    [{ policy: 'guardrail.yaml' }, '`policy`: expected what `compilePolicy` compiled'],
    [{ policy: undefined }, '`policy`: expected what `compilePolicy` compiled'],
    [{ alertEmails: 'ops@example.com' }, '`alertEmails`: expected mail addresses in a list'],
    [{ alertEmails: ['ops@example.com', 'no mail'] }, 'in a list, got `no mail`'],
  ])('refuses what a caller without types hands in: %j', (wrong, expected) => {
    const props = { policy: policyIn('audit'), ...wrong } as unknown as { policy: CompiledPolicy };

    expect(() => new LambdaVpcGuardrail(new Stack(new App(), 'Composed'), 'G', props)).toThrow(
      expected,
    );
  });

  it('passes cdk-nag in an app that fixes account and region', () => {
    const app = new App({
      postCliContext: { 'aws:cdk:bundling-stacks': [], '@aws-cdk/core:appMode': 'inmemory' },
    });
    const env = { account: '123456789012', region: 'us-east-1' };
    new LambdaVpcGuardrail(new Stack(app, 'Composed', { env }), 'Guardrail', {
      policy: policyIn('enforce'),
    });
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

    expect(() => app.synth()).not.toThrow();
  });
});
