import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeRuleCommand,
  EventBridgeClient,
  ListTargetsByRuleCommand,
} from '@aws-sdk/client-eventbridge';
import {
  CreateUserCommand,
  GetRoleCommand,
  IAMClient,
  ListRolePoliciesCommand,
  ListUserPoliciesCommand,
} from '@aws-sdk/client-iam';
import { GetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import { DeleteQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attributesOf } from './queues.ts';
import { type StackAccount, startStackAccount } from './stack-account.ts';

const TRUST = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'lambda.amazonaws.com' },
      Action: 'sts:AssumeRole',
    },
  ],
};

let stacks: StackAccount;
let sqs: SQSClient;
let sns: SNSClient;
let iam: IAMClient;
let events: EventBridgeClient;
let dynamodb: DynamoDBClient;

beforeAll(async () => {
  stacks = await startStackAccount();
  const settings = stacks.account.settings();
  sqs = new SQSClient(settings);
  sns = new SNSClient(settings);
  iam = new IAMClient(settings);
  events = new EventBridgeClient(settings);
  dynamodb = new DynamoDBClient(settings);
});

afterAll(async () => {
  for (const client of [sqs, sns, iam, events, dynamodb]) client.destroy();
  await stacks.close();
});

function allow(action: string) {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }],
  };
}

describe('queues and their policies', () => {
  const template = (action: string, queues: readonly string[]) => ({
    Resources: {
      A: { Type: 'AWS::SQS::Queue', Properties: { Tags: [{ Key: 'team', Value: 'ops' }] } },
      B: { Type: 'AWS::SQS::Queue' },
      Policy: {
        Type: 'AWS::SQS::QueuePolicy',
        Properties: {
          Queues: queues.map((Ref) => ({ Ref })),
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Principal: '*', Action: action, Resource: '*' }],
          },
        },
      },
    },
  });
  const policyOf = async (id: string) =>
    (await attributesOf(sqs, await stacks.physicalId('queues', id)))['Policy'];

  it('sets, moves and takes back a policy', async () => {
    await stacks.create('queues', template('sqs:SendMessage', ['A']));
    expect(await policyOf('A')).toContain('sqs:SendMessage');
    await stacks.update('queues', template('sqs:ReceiveMessage', ['B']));
    expect(await policyOf('A')).toBeUndefined();
    expect(await policyOf('B')).toContain('sqs:ReceiveMessage');
    const { Resources } = template('', []);
    await stacks.update('queues', { Resources: { A: Resources.A, B: Resources.B } });
    expect(await policyOf('B')).toBeUndefined();
  });
});

describe('topics, their policies and subscriptions', () => {
  const template = (name: string, action: string, isRaw?: boolean) => ({
    Resources: {
      Topic: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: name } },
      Policy: {
        Type: 'AWS::SNS::TopicPolicy',
        Properties: {
          Topics: [{ Ref: 'Topic' }],
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Principal: '*', Action: action, Resource: '*' }],
          },
        },
      },
      Subscription: {
        Type: 'AWS::SNS::Subscription',
        Properties: {
          TopicArn: { Ref: 'Topic' },
          Protocol: 'email',
          Endpoint: 'a@example.com',
          ...(isRaw === undefined ? {} : { RawMessageDelivery: isRaw }),
        },
      },
    },
    Outputs: {
      Name: { Value: { 'Fn::GetAtt': ['Topic', 'TopicName'] } },
      Subscription: { Value: { 'Fn::GetAtt': ['Subscription', 'Arn'] } },
    },
  });
  const attributes = async () => {
    const TopicArn = await stacks.physicalId('topics', 'Topic');
    const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
    return Attributes ?? {};
  };
  it('makes, changes and removes them', async () => {
    await stacks.create('topics', template('first', 'sns:Publish', true));
    expect((await stacks.outputs('topics'))['Name']).toMatch(/^topics-Topic-/);
    expect(await attributes()).toMatchObject({
      DisplayName: 'first',
      Policy: expect.stringContaining('sns:Publish'),
    });
    expect(stacks.account.records('Subscribe').at(-1)).toMatchObject({
      requestParameters: { attributes: { RawMessageDelivery: 'true' } },
    });
    await stacks.update('topics', template('second', 'sns:Subscribe'));
    expect(await attributes()).toMatchObject({
      DisplayName: 'second',
      Policy: expect.stringContaining('sns:Subscribe'),
    });
    expect(stacks.account.records('SetSubscriptionAttributes').at(-1)).toMatchObject({
      requestParameters: {
        subscriptionArn: (await stacks.outputs('topics'))['Subscription'],
        attributeValue: 'false',
      },
    });
    expect((await stacks.remove('topics')).StackStatus).toBe('DELETE_COMPLETE');
  });

  it('gives a topic its default policy back', async () => {
    const two = (topic: string) => ({
      Resources: {
        A: { Type: 'AWS::SNS::Topic' },
        B: { Type: 'AWS::SNS::Topic' },
        Policy: {
          Type: 'AWS::SNS::TopicPolicy',
          Properties: {
            Topics: [{ Ref: topic }],
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [
                { Effect: 'Allow', Principal: '*', Action: 'sns:Publish', Resource: '*' },
              ],
            },
          },
        },
      },
    });
    await stacks.create('moved', two('A'));
    expect((await stacks.update('moved', two('B'))).StackStatus).toBe('UPDATE_COMPLETE');
    const TopicArn = await stacks.physicalId('moved', 'A');
    const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
    expect(Attributes?.['Policy']).toContain('__default_policy_ID');
  });
});

describe('roles and policies', () => {
  const role = (policies: Readonly<Record<string, string>>, trust: object = TRUST) => ({
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName: 'deployed',
      Path: '/guardrail/',
      Description: 'a role',
      AssumeRolePolicyDocument: trust,
      Tags: [{ Key: 'n', Value: String(Object.keys(policies).length) }],
      Policies: Object.entries(policies).map(([PolicyName, action]) => ({
        PolicyName,
        PolicyDocument: allow(action),
      })),
    },
  });
  const extra = (Roles: readonly object[], Users: readonly string[]) => ({
    Type: 'AWS::IAM::Policy',
    Properties: { PolicyName: 'extra', PolicyDocument: allow('sqs:*'), Roles, Users },
  });
  const policies = async () =>
    (await iam.send(new ListRolePoliciesCommand({ RoleName: 'deployed' }))).PolicyNames;

  it('makes, changes and removes them', async () => {
    await iam.send(new CreateUserCommand({ UserName: 'ivan' }));
    const Outputs = {
      Arn: { Value: { 'Fn::GetAtt': ['Role', 'Arn'] } },
      Id: { Value: { 'Fn::GetAtt': ['Role', 'RoleId'] } },
    };
    await stacks.create('roles', {
      Resources: { Role: role({ a: 's3:*', b: 's3:*' }), Extra: extra([{ Ref: 'Role' }], []) },
      Outputs,
    });
    expect(await stacks.outputs('roles')).toEqual({
      Arn: 'arn:aws:iam::123456789012:role/guardrail/deployed',
      Id: expect.stringMatching(/^AROA/),
    });
    expect(await policies()).toEqual(['a', 'b', 'extra']);

    const trust = { ...TRUST, Statement: [{ ...TRUST.Statement[0], Sid: 'Changed' }] };
    await stacks.update('roles', {
      Resources: {
        Role: role({ b: 'ec2:*', c: 's3:*', d: 's3:*' }, trust),
        Extra: extra([], ['ivan']),
      },
      Outputs,
    });
    expect(await policies()).toEqual(['b', 'c', 'd']);
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'deployed' }));
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toContain('Changed');
    const { PolicyNames } = await iam.send(new ListUserPoliciesCommand({ UserName: 'ivan' }));
    expect(PolicyNames).toEqual(['extra']);

    await stacks.remove('roles');
    await expect(policies()).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  });

  it('removes a role whose policy was refused', async () => {
    const Broken = {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: 'half',
        AssumeRolePolicyDocument: TRUST,
        Policies: [{ PolicyName: 'p', PolicyDocument: { Statement: 'nonsense' } }],
      },
    };
    const stack = await stacks.create('half', { Resources: { Broken } });
    expect(stack.StackStatus).toBe('ROLLBACK_COMPLETE');
    await expect(iam.send(new GetRoleCommand({ RoleName: 'half' }))).rejects.toThrow();
  });
});

describe('rules', () => {
  const template = (state: string, ids: readonly string[]) => ({
    Resources: {
      Queue: { Type: 'AWS::SQS::Queue' },
      Rule: {
        Type: 'AWS::Events::Rule',
        Properties: {
          Description: 'a rule',
          EventPattern: { source: ['aws.lambda'] },
          State: state,
          Targets: ids.map((Id) => ({
            Id,
            Arn: { 'Fn::GetAtt': ['Queue', 'Arn'] },
            RetryPolicy: { MaximumEventAgeInSeconds: '3600', MaximumRetryAttempts: 3 },
          })),
        },
      },
    },
    Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Rule', 'Arn'] } } },
  });
  const targets = async (Rule: string) =>
    ((await events.send(new ListTargetsByRuleCommand({ Rule }))).Targets ?? []).map(({ Id }) => Id);

  it('makes, changes and removes them with their targets', async () => {
    await stacks.create('rules', template('ENABLED', ['a', 'b']));
    const Name = await stacks.physicalId('rules', 'Rule');
    expect(await events.send(new DescribeRuleCommand({ Name }))).toMatchObject({
      EventPattern: '{"source":["aws.lambda"]}',
      State: 'ENABLED',
      Arn: (await stacks.outputs('rules'))['Arn'],
    });
    expect(await targets(Name)).toEqual(['a', 'b']);
    await stacks.update('rules', template('DISABLED', ['b']));
    expect(await events.send(new DescribeRuleCommand({ Name }))).toMatchObject({
      State: 'DISABLED',
    });
    expect(await targets(Name)).toEqual(['b']);
    await stacks.update('rules', template('DISABLED', []));
    expect((await stacks.remove('rules')).StackStatus).toBe('DELETE_COMPLETE');
    await expect(events.send(new DescribeRuleCommand({ Name }))).rejects.toThrow();
  });

  it('fails where a target is refused', async () => {
    const { Resources } = template('ENABLED', []);
    const Properties = { ...Resources.Rule.Properties, Targets: [{ Id: 'a', Arn: 'nonsense' }] };
    const stack = await stacks.create('bad-target', {
      Resources: { Rule: { ...Resources.Rule, Properties } },
    });
    expect(stack.StackStatus).toBe('ROLLBACK_COMPLETE');
    expect(await stacks.failures('bad-target')).toHaveLength(1);
  });
});

describe('tables', () => {
  const template = (attribute: string | undefined, units: number) => ({
    Resources: {
      Table: {
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
          ProvisionedThroughput: { ReadCapacityUnits: units, WriteCapacityUnits: String(units) },
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: 'true' },
          ...(attribute === undefined
            ? {}
            : { TimeToLiveSpecification: { AttributeName: attribute, Enabled: true } }),
        },
      },
    },
    Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Table', 'Arn'] } } },
  });

  it('makes, changes and removes them with expiry and recovery', async () => {
    await stacks.create('tables', template('expiresAt', 1));
    const TableName = await stacks.physicalId('tables', 'Table');
    const expiry = async () =>
      (await dynamodb.send(new DescribeTimeToLiveCommand({ TableName }))).TimeToLiveDescription;
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
    expect(Table?.TableArn).toBe((await stacks.outputs('tables'))['Arn']);
    expect(await expiry()).toMatchObject({ AttributeName: 'expiresAt' });
    const backups = await dynamodb.send(new DescribeContinuousBackupsCommand({ TableName }));
    expect(backups.ContinuousBackupsDescription?.PointInTimeRecoveryDescription).toMatchObject({
      PointInTimeRecoveryStatus: 'ENABLED',
    });

    await stacks.update('tables', template('until', 2));
    expect(await expiry()).toMatchObject({ AttributeName: 'until' });
    const changed = await dynamodb.send(new DescribeTableCommand({ TableName }));
    expect(changed.Table?.ProvisionedThroughput).toMatchObject({ ReadCapacityUnits: 2 });
    await stacks.update('tables', template(undefined, 2));
    expect(await expiry()).toEqual({ TimeToLiveStatus: 'DISABLED' });

    await stacks.remove('tables');
    await expect(dynamodb.send(new DescribeTableCommand({ TableName }))).rejects.toThrow();
  });
});

describe('log groups, Slack channels and metadata', () => {
  const template = (days: number | undefined, topics: readonly string[]) => ({
    Resources: {
      Logs: {
        Type: 'AWS::Logs::LogGroup',
        Properties: days === undefined ? {} : { RetentionInDays: days },
      },
      Slack: {
        Type: 'AWS::Chatbot::SlackChannelConfiguration',
        Properties: {
          ConfigurationName: 'alerts',
          IamRoleArn: 'arn:aws:iam::123456789012:role/lambda-role',
          SlackChannelId: 'C1',
          SlackWorkspaceId: 'T1',
          SnsTopicArns: topics,
        },
      },
      Metadata: { Type: 'AWS::CDK::Metadata', Properties: { Analytics: `v2:${days}` } },
    },
    Outputs: {
      Logs: { Value: { 'Fn::GetAtt': ['Logs', 'Arn'] } },
      Slack: { Value: { Ref: 'Slack' } },
    },
  });

  it('makes, changes and removes them', async () => {
    await stacks.create('others', template(90, ['a']));
    expect(await stacks.outputs('others')).toEqual({
      Logs: expect.stringMatching(
        /^arn:aws:logs:us-east-1:123456789012:log-group:others-Logs-.*:\*$/,
      ),
      Slack: 'arn:aws:chatbot::123456789012:chat-configuration/slack-channel/alerts',
    });
    expect((await stacks.update('others', template(30, ['b']))).StackStatus).toBe(
      'UPDATE_COMPLETE',
    );
    expect((await stacks.update('others', template(undefined, []))).StackStatus).toBe(
      'UPDATE_COMPLETE',
    );
    expect(stacks.account.records('PutRetentionPolicy').at(-1)).toMatchObject({
      requestParameters: { retentionInDays: 30 },
    });
    expect(stacks.account.records('DeleteRetentionPolicy')).toHaveLength(1);
    expect(stacks.account.records('UpdateSlackChannelConfiguration').at(0)).toMatchObject({
      requestParameters: { snsTopicArns: ['b'] },
    });
    expect((await stacks.remove('others')).StackStatus).toBe('DELETE_COMPLETE');
  });
});

describe('a property of the wrong type', () => {
  const rule = (Targets: unknown) => ({
    Type: 'AWS::Events::Rule',
    Properties: { EventPattern: { source: ['a'] }, Targets },
  });
  it.each([
    ['a text', { Type: 'AWS::SQS::Queue', Properties: { QueueName: ['a'] } }, 'QueueName'],
    [
      'a list',
      { Type: 'AWS::SNS::TopicPolicy', Properties: { PolicyDocument: {}, Topics: 'a' } },
      'Topics',
    ],
    ['a list of objects', rule(['a']), 'Targets'],
    ['an object', { Type: 'AWS::Lambda::Function', Properties: { Role: 'r', Code: 'c' } }, 'Code'],
  ])('is refused where %s is wanted', async (_wanted, resource, property) => {
    const name = `wrong-${property}`;
    await stacks.create(name, { Resources: { Resource: resource } });
    expect((await stacks.failures(name))[0]).toContain(`Value of property ${property} must be of`);
  });
});

describe('a policy on something that is gone', () => {
  it('is taken back from the rest', async () => {
    const Statement = [{ Effect: 'Allow', Principal: '*', Action: 'sqs:*', Resource: '*' }];
    const queues = { A: { Type: 'AWS::SQS::Queue' }, B: { Type: 'AWS::SQS::Queue' } };
    const Policy = {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues: [{ Ref: 'A' }, { Ref: 'B' }],
        PolicyDocument: { Version: '2012-10-17', Statement },
      },
    };
    await stacks.create('half-gone', { Resources: { ...queues, Policy } });
    const [url, kept] = [
      await stacks.physicalId('half-gone', 'A'),
      await stacks.physicalId('half-gone', 'B'),
    ];
    await sqs.send(new DeleteQueueCommand({ QueueUrl: url }));
    await stacks.update('half-gone', { Resources: queues });
    expect((await attributesOf(sqs, kept))['Policy']).toBeUndefined();
  });
});
