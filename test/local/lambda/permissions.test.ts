import {
  CreateFunctionCommand,
  GetFunctionCommand,
  InvokeCommand,
  type LambdaClient,
  UpdateFunctionConfigurationCommand,
  type VpcConfig,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FORBIDDEN_GROUP, FORBIDDEN_SUBNET, FORBIDDEN_VPC } from './network.ts';
import {
  ATTACHMENT,
  allow,
  MINIMAL,
  ROLE_ARN,
  type SmallAccount,
  startSmallAccount,
} from './small-account.ts';

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:f';
const FORBIDDEN = { SubnetIds: [FORBIDDEN_SUBNET], SecurityGroupIds: [FORBIDDEN_GROUP] };
const EVERYTHING = ['lambda:*', 'ec2:*', 'iam:PassRole'];
const CHANGES = ['lambda:CreateFunction', 'lambda:UpdateFunctionConfiguration'];

describe('permissions of a caller of Lambda', () => {
  let account: SmallAccount;
  const create = (client: LambdaClient, VpcConfig?: VpcConfig) =>
    client.send(new CreateFunctionCommand({ FunctionName: 'f', ...MINIMAL, VpcConfig }));
  const update = (client: LambdaClient, VpcConfig?: VpcConfig) =>
    client.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: 'f', Timeout: 60, VpcConfig }),
    );
  const deny = (Condition: object, client = 'ada') =>
    account.userClient(
      client,
      allow(EVERYTHING, { Effect: 'Deny', Action: CHANGES, Resource: '*', Condition }),
    );

  beforeEach(async () => {
    account = await startSmallAccount();
  });
  afterEach(async () => {
    await account.close();
  });

  it('answers tags only to who may list them', async () => {
    const Tags = { team: 'shop' };
    await account.client.send(new CreateFunctionCommand({ FunctionName: 'f', ...MINIMAL, Tags }));
    const read = (name: string, actions: readonly string[]) =>
      account
        .userClient(name, allow([...actions]))
        .send(new GetFunctionCommand({ FunctionName: 'f' }));

    const without = await read('ada', ['lambda:GetFunction']);
    const withTags = await read('bob', ['lambda:GetFunction', 'lambda:ListTags']);

    expect(without.Configuration?.FunctionName).toBe('f');
    expect(without.Tags).toBeUndefined();
    expect(withTags.Tags).toEqual(Tags);
  });

  it('refuses a user without a policy, and records the refusal without its parameters', async () => {
    const client = account.userClient('ada', allow(['s3:*']));

    await expect(create(client)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `User: arn:aws:iam::123456789012:user/ada is not authorized to perform: lambda:CreateFunction on resource: ${ARN} because no identity-based policy allows the lambda:CreateFunction action`,
      $metadata: { httpStatusCode: 403 },
    });
    expect(account.lastEvent()).toMatchObject({
      eventName: 'CreateFunction20150331',
      errorCode: 'AccessDenied',
      requestParameters: null,
      responseElements: null,
    });
  });

  it.each([
    ['iam:PassRole', undefined, ROLE_ARN],
    ['ec2:DescribeSecurityGroups', ATTACHMENT, '\\*'],
    ['ec2:DescribeSubnets', ATTACHMENT, '\\*'],
    ['ec2:DescribeVpcs', ATTACHMENT, '\\*'],
  ])('needs %s to create', async (action, vpc, resource) => {
    const client = account.userClient(
      'ada',
      allow(EVERYTHING, { Effect: 'Deny', Action: action, Resource: '*' }),
    );

    await expect(create(client, vpc)).rejects.toThrow(
      new RegExp(`perform: ${action} on resource: ${resource}`),
    );
  });

  it('needs no permission of EC2 without an attachment', async () => {
    const client = account.userClient('ada', allow(['lambda:*', 'iam:PassRole']));

    await expect(create(client)).resolves.toBeDefined();
    await expect(create(client, ATTACHMENT)).rejects.toThrow(/ec2:Describe/);
  });

  it('needs lambda:TagResource to create with tags', async () => {
    const client = account.userClient('ada', allow(['lambda:CreateFunction', 'iam:PassRole']));
    const command = { FunctionName: 'f', ...MINIMAL, Tags: { a: 'b' } };

    await expect(client.send(new CreateFunctionCommand(command))).rejects.toThrow(
      /perform: lambda:TagResource/,
    );
  });

  it('judges the VPC that the request leads to', async () => {
    const client = deny({ StringEquals: { 'lambda:VpcIds': [FORBIDDEN_VPC] } });

    await expect(create(client, FORBIDDEN)).rejects.toThrow(/explicit deny/);
    await expect(create(client, ATTACHMENT)).resolves.toBeDefined();
  });

  it('judges the subnets and groups of the request', async () => {
    const bySubnet = deny(
      { 'ForAnyValue:StringEquals': { 'lambda:SubnetIds': [FORBIDDEN_SUBNET] } },
      'by-subnet',
    );
    const byGroup = deny(
      { 'ForAnyValue:StringEquals': { 'lambda:SecurityGroupIds': [FORBIDDEN_GROUP] } },
      'by-group',
    );

    await expect(create(bySubnet, FORBIDDEN)).rejects.toThrow(/explicit deny/);
    await expect(create(byGroup, FORBIDDEN)).rejects.toThrow(/explicit deny/);
  });

  it('takes no VPC as a key that is missing', async () => {
    const client = deny({ Null: { 'lambda:VpcIds': 'true' } });

    await expect(create(client)).rejects.toThrow(/explicit deny/);
    await expect(create(client, { SubnetIds: [], SecurityGroupIds: [] })).rejects.toThrow(
      /explicit deny/,
    );
    await expect(create(client, ATTACHMENT)).resolves.toBeDefined();
  });

  it('judges a change without VPC settings by the present attachment', async () => {
    const client = deny({ Null: { 'lambda:VpcIds': 'true' } });
    await create(account.client, ATTACHMENT);
    await account.core.clock.advance(75_000);

    await expect(update(client)).resolves.toBeDefined();
    await account.core.clock.advance(75_000);
    await expect(update(client, { SubnetIds: [], SecurityGroupIds: [] })).rejects.toThrow(
      /explicit deny/,
    );
    await update(account.client, { SubnetIds: [], SecurityGroupIds: [] });
    await account.core.clock.advance(75_000);
    await expect(update(client)).rejects.toThrow(/explicit deny/);
  });

  it('judges a call on a qualifier by its own ARN', async () => {
    await create(account.client);
    const client = account.userClient('ada', {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: ['lambda:GetFunction', 'lambda:InvokeFunction'], Resource: ARN },
      ],
    });

    await expect(client.send(new GetFunctionCommand({ FunctionName: 'f' }))).resolves.toBeDefined();
    await expect(
      client.send(new InvokeCommand({ FunctionName: 'f', Qualifier: '$LATEST' })),
    ).rejects.toThrow(`lambda:InvokeFunction on resource: ${ARN}:$LATEST`);
  });
});
