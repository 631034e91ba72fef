import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackEventsCommand,
} from '@aws-sdk/client-cloudformation';
import { SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attributesOf, BROKEN_QUEUE, QUEUE, queuesNamed, TOPIC } from './queues.ts';
import { type StackAccount, type StackOptions, startStackAccount } from './stack-account.ts';

let stacks: StackAccount;
let sqs: SQSClient;

beforeAll(async () => {
  stacks = await startStackAccount();
  sqs = new SQSClient(stacks.account.settings());
});

afterAll(async () => {
  sqs.destroy();
  await stacks.close();
});

describe('CreateStack', () => {
  it('makes resources in the order of their dependencies, and shows its outputs', async () => {
    const stack = await stacks.create(
      'ordered',
      {
        Description: 'two queues',
        Parameters: {
          Seconds: { Type: 'Number', Default: '30' },
          Secret: { Type: 'String', NoEcho: true },
        },
        Conditions: {
          IsBig: { Condition: 'IsLong' },
          IsLong: { 'Fn::Equals': [{ Ref: 'Seconds' }, '30'] },
          IsNever: { 'Fn::Not': [{ Condition: 'IsLong' }] },
        },
        Resources: {
          Queue: {
            ...QUEUE,
            Properties: {
              VisibilityTimeout: { Ref: 'Seconds' },
              RedrivePolicy: {
                deadLetterTargetArn: { 'Fn::GetAtt': ['Failed', 'Arn'] },
                maxReceiveCount: '5',
              },
              DelaySeconds: { 'Fn::If': ['IsNever', 5, { Ref: 'AWS::NoValue' }] },
            },
          },
          Failed: { ...QUEUE, Condition: 'IsBig' },
          Never: { ...QUEUE, Condition: 'IsNever' },
        },
        Outputs: {
          Url: { Value: { Ref: 'Queue' }, Description: 'where', Export: { Name: 'ordered-url' } },
          Name: { Value: { 'Fn::Sub': `\${AWS::StackName}/\${Queue.QueueName}` } },
          Never: { Condition: 'IsNever', Value: 'x' },
        },
      },
      {
        Parameters: [{ ParameterKey: 'Secret', ParameterValue: 'hidden' }],
        Tags: [{ Key: 'a', Value: 'b' }],
      },
    );
    expect(stack).toMatchObject({
      StackStatus: 'CREATE_COMPLETE',
      Description: 'two queues',
      Parameters: [
        { ParameterKey: 'Seconds', ParameterValue: '30' },
        { ParameterKey: 'Secret', ParameterValue: '****' },
      ],
      Tags: [{ Key: 'a', Value: 'b' }],
    });
    const { Url = '', Name } = await stacks.outputs('ordered');
    const held = await attributesOf(sqs, Url);
    expect(held).toMatchObject({ VisibilityTimeout: '30', DelaySeconds: '0' });
    expect(JSON.parse(held['RedrivePolicy'] ?? '')).toEqual({
      deadLetterTargetArn: expect.stringContaining(':ordered-Failed-'),
      maxReceiveCount: '5',
    });
    expect(Name).toMatch(/^ordered\/ordered-Queue-[0-9A-Z]{12}$/);
    expect(await queuesNamed(sqs, 'ordered-Never')).toEqual([]);
  });

  it('calls services for whoever asked, through CloudFormation', () => {
    const [record] = stacks.account.records('CreateQueue');
    expect(record).toMatchObject({
      userIdentity: { userName: 'local-admin', invokedBy: 'cloudformation.amazonaws.com' },
      sourceIPAddress: 'cloudformation.amazonaws.com',
      userAgent: 'cloudformation.amazonaws.com',
    });
    const [created] = stacks.account.records('CreateStack');
    expect(created).toMatchObject({
      eventSource: 'cloudformation.amazonaws.com',
      requestParameters: { stackName: 'ordered' },
      responseElements: { stackId: expect.stringContaining(':stack/ordered/') },
    });
    expect(JSON.stringify(created)).not.toContain('hidden');
  });

  it('is in progress when it answers', async () => {
    const { StackId } = await stacks.client.send(
      new CreateStackCommand({
        StackName: 'slow',
        TemplateBody: JSON.stringify({ Resources: { Queue: QUEUE } }),
      }),
    );
    expect(StackId).toMatch(
      /^arn:aws:cloudformation:us-east-1:123456789012:stack\/slow\/[0-9a-f-]{36}$/,
    );
    await stacks.account.settle();
    expect(await stacks.history('slow')).toEqual(['CREATE_IN_PROGRESS', 'CREATE_COMPLETE']);
  });

  it('removes what it made where a resource is refused, and says why', async () => {
    const template = { Resources: { A: QUEUE, B: { ...BROKEN_QUEUE, DependsOn: 'A' } } };
    const stack = await stacks.create('refused', template);
    expect(stack.StackStatus).toBe('ROLLBACK_COMPLETE');
    expect(await queuesNamed(sqs, 'refused-')).toEqual([]);
    expect((await stacks.failures('refused')).join()).toContain(
      'Resource handler returned message: "Value',
    );
    expect(await stacks.history('refused', 'A')).toEqual([
      'CREATE_IN_PROGRESS',
      'CREATE_COMPLETE',
      'DELETE_IN_PROGRESS',
      'DELETE_COMPLETE',
    ]);
  });

  it('can be deleted after a rollback', async () => {
    expect((await stacks.remove('refused')).StackStatus).toBe('DELETE_COMPLETE');
  });

  it('makes nothing where a property is not supported', async () => {
    const Wrong = { ...QUEUE, Properties: { FifoQueue: true } };
    const stack = await stacks.create('unsupported', { Resources: { A: QUEUE, Wrong } });
    expect(stack.StackStatus).toBe('ROLLBACK_COMPLETE');
    expect(await stacks.failures('unsupported')).toEqual([
      'Encountered unsupported property FifoQueue: the local account does not know it of AWS::SQS::Queue',
    ]);
    expect(await stacks.history('unsupported', 'A')).toEqual([]);
  });

  it('makes nothing where a property is missing', async () => {
    await stacks.create('missing', { Resources: { P: { Type: 'AWS::SQS::QueuePolicy' } } });
    expect(await stacks.failures('missing')).toEqual(['Property PolicyDocument cannot be empty.']);
  });

  it('rolls back where an output cannot be shown', async () => {
    const stack = await stacks.create('no-output', {
      Resources: { A: QUEUE },
      Outputs: { O: { Value: ['a', 'list'] } },
    });
    expect(stack.StackStatus).toBe('ROLLBACK_COMPLETE');
  });

  it('rolls back where an export is taken, naming the stack that has it', async () => {
    const stack = await stacks.create('second-exporter', {
      Resources: { A: QUEUE },
      Outputs: { O: { Value: 'x', Export: { Name: 'ordered-url' } } },
    });
    expect(stack.StackStatus).toBe('ROLLBACK_COMPLETE');
    const events = await stacks.client.send(
      new DescribeStackEventsCommand({ StackName: 'second-exporter' }),
    );
    expect(JSON.stringify(events)).toContain(
      'Export with name ordered-url is already exported by stack ordered. Rollback requested by user.',
    );
  });

  it('resolves what another stack exports', async () => {
    await stacks.create('importer', {
      Resources: { A: QUEUE },
      Outputs: { O: { Value: { 'Fn::ImportValue': 'ordered-url' } } },
    });
    expect((await stacks.outputs('importer'))['O']).toContain('/123456789012/ordered-Queue-');
  });

  it('rolls back what the caller is not allowed to make', async () => {
    const { account } = stacks;
    const user = account.user('deployer', {
      Effect: 'Allow',
      Action: ['cloudformation:*', 'sqs:*'],
      Resource: '*',
    });
    const client = new CloudFormationClient(account.settings(user));
    const TemplateBody = JSON.stringify({
      Resources: { A: QUEUE, Topic: { ...TOPIC, DependsOn: 'A' } },
    });
    await client.send(new CreateStackCommand({ StackName: 'denied', TemplateBody }));
    await account.settle();
    expect(await stacks.failures('denied')).toEqual([
      expect.stringMatching(
        /user\/deployer is not authorized to perform: sns:CreateTopic .*\(AuthorizationError\)/,
      ),
    ]);
    expect(await stacks.history('denied')).toContain('ROLLBACK_COMPLETE');
    client.destroy();
  });

  it('is refused to a user who may not call it', async () => {
    const { account } = stacks;
    const client = new CloudFormationClient(
      account.settings(account.user('nobody', { Effect: 'Deny', Action: '*', Resource: '*' })),
    );
    const TemplateBody = JSON.stringify({ Resources: { A: QUEUE } });
    await expect(
      client.send(new CreateStackCommand({ StackName: 'mine', TemplateBody })),
    ).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining(
        'cloudformation:CreateStack on resource: arn:aws:cloudformation:us-east-1:123456789012:stack/mine/*',
      ),
    });
    client.destroy();
  });

  const OK = { Resources: { A: QUEUE } };
  it.each<readonly [string, string, object, StackOptions, string, string]>([
    [
      'a name that is taken',
      'ordered',
      OK,
      {},
      'AlreadyExistsException',
      'Stack [ordered] already exists',
    ],
    ['a name that is none', '7up', OK, {}, 'ValidationError', "Value '7up' at 'stackName'"],
    [
      'an unknown type',
      'a',
      { Resources: { A: { Type: 'AWS::EC2::Instance' }, B: QUEUE } },
      {},
      'ValidationError',
      'Unrecognized resource types: [AWS::EC2::Instance]',
    ],
    [
      'an unknown reference',
      'a',
      { Resources: { A: { ...QUEUE, DependsOn: 'B' } } },
      {},
      'ValidationError',
      'Unresolved resource dependencies [B]',
    ],
    [
      'an unknown reference in an output',
      'a',
      { ...OK, Outputs: { O: { Value: { Ref: 'B' } } } },
      {},
      'ValidationError',
      'Unresolved resource dependencies [B]',
    ],
    [
      'an unknown attribute',
      'a',
      { ...OK, Outputs: { O: { Value: { 'Fn::GetAtt': ['A', 'X'] } } } },
      {},
      'ValidationError',
      'resource A does not support attribute type X',
    ],
    [
      'an unknown function',
      'a',
      { Resources: { A: { ...QUEUE, Properties: { QueueName: { 'Fn::Transform': [] } } } } },
      {},
      'ValidationError',
      'does not support Fn::Transform',
    ],
    [
      'a condition without an end',
      'a',
      { ...OK, Conditions: { A: { Condition: 'B' }, B: { Condition: 'A' } } },
      {},
      'ValidationError',
      'Unresolved condition dependency',
    ],
    [
      'a rule that is broken',
      'a',
      {
        ...OK,
        Rules: {
          R: { Assertions: [{ Assert: { 'Fn::Equals': [1, 2] }, AssertDescription: 'never' }] },
        },
      },
      {},
      'ValidationError',
      'Template validation error: never',
    ],
    [
      'an option that would be ignored',
      'a',
      OK,
      { RoleARN: 'arn:aws:iam::123456789012:role/lambda-role' },
      'ValidationError',
      'the local account does not support RoleARN',
    ],
    [
      'no template',
      'a',
      OK,
      { TemplateBody: undefined },
      'ValidationError',
      'Either Template URL or Template Body must be specified.',
    ],
    [
      'two templates',
      'a',
      OK,
      { TemplateURL: 'https://s3.amazonaws.com/a/b' },
      'ValidationError',
      'Only one of TemplateBody or TemplateURL',
    ],
    [
      'a large body',
      'a',
      { ...OK, Description: 'x'.repeat(60_000) },
      {},
      'ValidationError',
      'Member must have length less than or equal to 51200',
    ],
  ])('refuses %s', async (_what, name, template, options, code, message) => {
    await expect(stacks.create(name, template, options)).rejects.toMatchObject({
      name: code,
      message: expect.stringContaining(message),
    });
  });

  it('passes over a rule whose condition does not hold', async () => {
    const Assertions = [{ Assert: { 'Fn::Equals': [1, 2] } }];
    const template = {
      ...OK,
      Rules: { R: { RuleCondition: { 'Fn::Equals': [1, 2] }, Assertions } },
    };
    expect((await stacks.create('ruled', template)).StackStatus).toBe('CREATE_COMPLETE');
  });

  it.each([
    ['CAPABILITY_IAM', {}],
    ['CAPABILITY_NAMED_IAM', { RoleName: 'deployed' }],
  ])('asks for %s where the template makes such a role', async (capability, named) => {
    const Role = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {}, ...named } };
    await expect(
      stacks.create('roles', { Resources: { Role } }, { Capabilities: [] }),
    ).rejects.toMatchObject({
      name: 'InsufficientCapabilitiesException',
      message: `Requires capabilities : [${capability}]`,
    });
  });
});
