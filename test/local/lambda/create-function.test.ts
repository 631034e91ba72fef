import {
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newPrincipal } from '../../../lib/local/identity/principals.ts';
import {
  APPROVED_SUBNETS,
  APPROVED_VPC,
  DEDICATED_GROUP,
  DEDICATED_SUBNET,
  DUAL_STACK_SUBNET,
  FORBIDDEN_GROUP,
  FORBIDDEN_SUBNET,
  FUNCTIONS_GROUP,
} from './network.ts';
import {
  ATTACHMENT,
  allow,
  MINIMAL,
  ROLE_ARN,
  type SmallAccount,
  START_MS,
  startSmallAccount,
} from './small-account.ts';

describe('CreateFunction', () => {
  let account: SmallAccount;
  const create = (input: Partial<CreateFunctionCommandInput> = {}) =>
    account.client.send(new CreateFunctionCommand({ FunctionName: 'f', ...MINIMAL, ...input }));

  beforeEach(async () => {
    account = await startSmallAccount();
  });
  afterEach(async () => {
    await account.close();
  });

  it('answers an attached function as pending, with the VPC that it found', async () => {
    const answer = await create({ VpcConfig: ATTACHMENT });

    expect(answer.$metadata.httpStatusCode).toBe(201);
    expect(answer).toMatchObject({
      FunctionName: 'f',
      FunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:f',
      Runtime: 'nodejs16.x',
      Version: '$LATEST',
      State: 'Pending',
      StateReason: 'The function is being created.',
      StateReasonCode: 'Creating',
      LastModified: '2026-11-22T10:00:00.000+0000',
      VpcConfig: { ...ATTACHMENT, VpcId: APPROVED_VPC, Ipv6AllowedForDualStack: false },
    });
    expect(answer.LastUpdateStatus).toBeUndefined();
  });

  it('answers no VPC settings where none were given', async () => {
    const answer = await create();

    expect(answer.VpcConfig).toBeUndefined();
  });

  it.each([
    { what: 'no VPC', vpc: undefined, afterMs: 1000 },
    { what: 'the first use of its subnets and groups', vpc: ATTACHMENT, afterMs: 75_000 },
  ])('becomes active after $afterMs ms with $what', async ({ vpc, afterMs }) => {
    const { RevisionId } = await create({ VpcConfig: vpc });
    const read = () =>
      account.client.send(new GetFunctionConfigurationCommand({ FunctionName: 'f' }));

    await account.core.clock.advance(afterMs - 1);
    const before = await read();
    await account.core.clock.advance(1);
    const after = await read();

    expect(before).toMatchObject({ State: 'Pending', RevisionId });
    expect(after).toMatchObject({ State: 'Active', LastUpdateStatus: 'Successful' });
    expect(after.StateReason).toBeUndefined();
    expect(after.RevisionId).not.toBe(RevisionId);
  });

  it('shares the network interfaces of a function with the same subnets and groups', async () => {
    await create({ VpcConfig: ATTACHMENT });
    await account.core.clock.advance(75_000);
    await create({ FunctionName: 'g', VpcConfig: ATTACHMENT });

    await account.core.clock.advance(2000);

    const second = await account.client.send(new GetFunctionCommand({ FunctionName: 'g' }));
    expect(second.Configuration?.State).toBe('Active');
  });

  it('answers tags, code location and environment to those who read the function', async () => {
    await create({ Tags: { Team: 'pay' }, Environment: { Variables: { SECRET: 'x' } } });

    const answer = await account.client.send(new GetFunctionCommand({ FunctionName: 'f' }));

    expect(answer.Tags).toEqual({ Team: 'pay' });
    expect(answer.Configuration?.Environment?.Variables).toEqual({ SECRET: 'x' });
    expect(answer.Code?.RepositoryType).toBe('S3');
    expect(answer.Code?.Location).toContain(`${account.endpoint}/`);
    expect(answer.Concurrency).toBeUndefined();
  });

  it('records the call without environment values and code', async () => {
    await create({
      VpcConfig: ATTACHMENT,
      Environment: { Variables: { SECRET: 'x' } },
      Tags: { Team: 'pay' },
    });

    const event = account.lastEvent();
    expect(event).toMatchObject({
      eventName: 'CreateFunction20150331',
      eventSource: 'lambda.amazonaws.com',
      requestParameters: {
        functionName: 'f',
        code: {},
        environment: {},
        publish: false,
        tags: { Team: 'pay' },
        vpcConfig: { subnetIds: APPROVED_SUBNETS, securityGroupIds: [FUNCTIONS_GROUP] },
      },
      responseElements: {
        functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:f',
        environment: {},
        state: 'Pending',
        stateReasonCode: 'Creating',
        role: ROLE_ARN,
        vpcConfig: {
          subnetIds: APPROVED_SUBNETS,
          securityGroupIds: [FUNCTIONS_GROUP],
          vpcId: APPROVED_VPC,
          ipv6AllowedForDualStack: false,
        },
      },
    });
    expect(JSON.stringify(event)).not.toContain('SECRET');
    expect(JSON.stringify(event)).not.toContain('zipFile');
    expect(event['responseElements']).not.toHaveProperty('lastUpdateStatus');
  });

  it('records no VPC settings where there are none', async () => {
    await create();

    const event = account.lastEvent();
    expect(event['requestParameters']).not.toHaveProperty('vpcConfig');
    expect(event['responseElements']).not.toHaveProperty('vpcConfig');
  });

  const many = (prefix: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${prefix}-0000000${index}`);

  it.each<[string, Partial<CreateFunctionCommandInput>, string, RegExp]>([
    [
      'a subnet that does not exist',
      { VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: [FUNCTIONS_GROUP] } },
      'InvalidParameterValueException',
      /The subnet ID 'subnet-1' does not exist$/,
    ],
    [
      'a group that does not exist',
      { VpcConfig: { ...ATTACHMENT, SecurityGroupIds: ['sg-1'] } },
      'InvalidParameterValueException',
      /The security group 'sg-1' does not exist$/,
    ],
    [
      'groups of another VPC',
      { VpcConfig: { ...ATTACHMENT, SecurityGroupIds: [FORBIDDEN_GROUP] } },
      'InvalidParameterValueException',
      /^Security Groups are required to be in the same VPC/,
    ],
    [
      'subnets of several VPCs',
      { VpcConfig: { ...ATTACHMENT, SubnetIds: [APPROVED_SUBNETS[0], FORBIDDEN_SUBNET] } },
      'InvalidParameterValueException',
      /Subnets are required to be in the same VPC/,
    ],
    [
      'more than 16 subnets',
      { VpcConfig: { ...ATTACHMENT, SubnetIds: many('subnet', 17) } },
      'ValidationException',
      /'vpcConfig.subnetIds' failed.*less than or equal to 16/,
    ],
    [
      'more than 5 groups',
      { VpcConfig: { ...ATTACHMENT, SecurityGroupIds: many('sg', 6) } },
      'ValidationException',
      /'vpcConfig.securityGroupIds' failed.*less than or equal to 5/,
    ],
    [
      'subnets without groups',
      { VpcConfig: { SubnetIds: [...APPROVED_SUBNETS], SecurityGroupIds: [] } },
      'InvalidParameterValueException',
      /^SubnetIds and SecurityIds must coexist or be both empty list\.$/,
    ],
    [
      'dedicated tenancy',
      { VpcConfig: { SubnetIds: [DEDICATED_SUBNET], SecurityGroupIds: [DEDICATED_GROUP] } },
      'InvalidParameterValueException',
      /dedicated/,
    ],
    [
      'dual stack on subnets without IPv6',
      { VpcConfig: { ...ATTACHMENT, Ipv6AllowedForDualStack: true } },
      'InvalidParameterValueException',
      /dual-stack subnets/,
    ],
    [
      'dual stack without subnets',
      { VpcConfig: { Ipv6AllowedForDualStack: true } },
      'InvalidParameterValueException',
      /Ipv6AllowedForDualStack/,
    ],
    [
      'a role that does not exist',
      { Role: 'arn:aws:iam::123456789012:role/nobody' },
      'InvalidParameterValueException',
      /^The role defined for the function cannot be assumed by Lambda\.$/,
    ],
    [
      'a role of another account',
      { Role: 'arn:aws:iam::999999999999:role/lambda-role' },
      'AccessDeniedException',
      /^Cross-account pass role is not allowed\.$/,
    ],
    ['no role ARN at all', { Role: 'lambda-role' }, 'ValidationException', /'role' failed/],
    ['a hostile name', { FunctionName: '../f' }, 'ValidationException', /'functionName' failed/],
    [
      'a name of 65 letters',
      { FunctionName: 'f'.repeat(65) },
      'ValidationException',
      /less than or equal to 64/,
    ],
    ['a name of 141 letters', { FunctionName: 'f'.repeat(141) }, 'ValidationException', /140/],
    [
      'a function of another account',
      { FunctionName: '999999999999:function:f' },
      'AccessDeniedException',
      /999999999999:function:f/,
    ],
    ['no runtime', { Runtime: undefined }, 'InvalidParameterValueException', /mandatory/],
    ['a timeout over 900 s', { Timeout: 901 }, 'ValidationException', /'timeout'.*900/],
    ['memory under 128 MB', { MemorySize: 1 }, 'ValidationException', /'memorySize'.*128/],
    ['an empty zip', { Code: { ZipFile: Buffer.of() } }, 'InvalidParameterValueException', /empty/],
    ['no code', { Code: {} }, 'InvalidParameterValueException', /provide a source/],
    [
      'an object of a bucket that does not exist',
      { Code: { S3Bucket: 'b', S3Key: 'k' } },
      'InvalidParameterValueException',
      /S3 Error Code: NoSuchBucket\. S3 Error Message: The specified bucket does not exist$/,
    ],
    [
      'an empty handler',
      { Handler: '' },
      'ValidationException',
      /^1 validation error detected: Value '' at 'handler' failed .* pattern: \[\^\\s\]\+$/,
    ],
    ['a handler with a space', { Handler: 'index .js' }, 'ValidationException', /'handler' failed/],
    [
      'an image for a zip function',
      { Code: { ImageUri: 'image' } },
      'InvalidParameterValueException',
      /ImageUri/,
    ],
    [
      'a reserved variable',
      { Environment: { Variables: { AWS_REGION: 'x' } } },
      'InvalidParameterValueException',
      /Reserved keys used in this request: AWS_REGION/,
    ],
    [
      'an environment over 4 KB',
      { Environment: { Variables: { A: 'x'.repeat(4096) } } },
      'InvalidParameterValueException',
      /4KB/,
    ],
    [
      'a publication to $LATEST.PUBLISHED',
      { PublishTo: 'LATEST_PUBLISHED' },
      'InvalidParameterValueException',
      /numbered versions only/,
    ],
  ])('refuses %s', async (_what, input, name, message) => {
    await expect(create(input)).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message),
    });
    await expect(
      account.client.send(new GetFunctionCommand({ FunctionName: 'f' })),
    ).rejects.toThrow('Function not found: arn:aws:lambda:us-east-1:123456789012:function:f');
  });

  it('refuses an object that does not exist', async () => {
    account.objects.set('b/other', Buffer.from('text'));

    await expect(create({ Code: { S3Bucket: 'b', S3Key: 'k' } })).rejects.toThrow(/NoSuchKey/);
  });

  it('refuses an object that is not a zip file', async () => {
    account.objects.set('b/k', Buffer.from('text'));

    await expect(create({ Code: { S3Bucket: 'b', S3Key: 'k' } })).rejects.toThrow(/unzip/);
  });

  it('refuses a name that is taken, and records the refusal', async () => {
    await create();

    await expect(create()).rejects.toMatchObject({
      name: 'ResourceConflictException',
      message: 'Function already exist: f',
      $metadata: { httpStatusCode: 409 },
    });
    expect(account.lastEvent()).toMatchObject({
      errorCode: 'ResourceConflictException',
      requestParameters: { functionName: 'f' },
      responseElements: null,
    });
  });

  it('accepts dual stack on a dual-stack subnet', async () => {
    const answer = await create({
      VpcConfig: {
        SubnetIds: [DUAL_STACK_SUBNET],
        SecurityGroupIds: [FUNCTIONS_GROUP],
        Ipv6AllowedForDualStack: true,
      },
    });

    expect(answer.VpcConfig?.Ipv6AllowedForDualStack).toBe(true);
  });

  it('answers empty settings where empty lists were given', async () => {
    const answer = await create({ VpcConfig: { SubnetIds: [], SecurityGroupIds: [] } });

    expect(answer.VpcConfig).toEqual({
      SubnetIds: [],
      SecurityGroupIds: [],
      VpcId: '',
      Ipv6AllowedForDualStack: false,
    });
  });

  it('keeps every setting that was given', async () => {
    const given = {
      Description: 'd',
      Timeout: 30,
      MemorySize: 256,
      Layers: ['arn:aws:lambda:us-east-1:123456789012:layer:l:1'],
      TracingConfig: { Mode: 'Active' },
      SnapStart: { ApplyOn: 'PublishedVersions' },
      EphemeralStorage: { Size: 1024 },
      Architectures: ['arm64'],
    } as const;

    const answer = await create({
      ...given,
      Layers: [...given.Layers],
      Architectures: [...given.Architectures],
    });

    expect(answer).toMatchObject({
      ...given,
      Layers: [{ Arn: given.Layers[0] }],
      SnapStart: { ApplyOn: 'PublishedVersions', OptimizationStatus: 'Off' },
    });
  });

  it('refuses a role that does not trust Lambda', async () => {
    newPrincipal(account.core.principals, {
      kind: 'role',
      name: 'ec2-role',
      nowMs: START_MS,
      trust: JSON.stringify({ Principal: { Service: 'ec2.amazonaws.com' } }),
    });

    await expect(create({ Role: 'arn:aws:iam::123456789012:role/ec2-role' })).rejects.toThrow(
      /cannot be assumed by Lambda/,
    );
  });

  it.each(['CreateNetworkInterface', 'DescribeNetworkInterfaces', 'DeleteNetworkInterface'])(
    'refuses an attachment where the role lacks %s',
    async (call) => {
      const deny = { Effect: 'Deny', Action: `ec2:${call}`, Resource: '*' };
      account.setPolicy(account.role('lambda-role'), allow(['ec2:*'], deny));

      await expect(create({ VpcConfig: ATTACHMENT })).rejects.toThrow(
        `The provided execution role does not have permissions to call ${call} on EC2`,
      );
      await expect(create()).resolves.toMatchObject({ State: 'Pending' });
    },
  );
});
