import {
  CreateCapacityProviderCommand,
  type CreateCapacityProviderCommandInput,
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  DeleteCapacityProviderCommand,
  DeleteFunctionCommand,
  GetCapacityProviderCommand,
  GetFunctionCommand,
  ListCapacityProvidersCommand,
  ListFunctionsCommand,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  APPROVED_SUBNETS,
  DEDICATED_GROUP,
  DEDICATED_SUBNET,
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
  startSmallAccount,
} from './small-account.ts';

const ARN = 'arn:aws:lambda:us-east-1:123456789012:capacity-provider:trusted';
const PERMISSIONS = { CapacityProviderOperatorRoleArn: ROLE_ARN };
const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:123456789012:function:f';

describe('capacity providers', () => {
  let account: SmallAccount;
  const create = (input: Partial<CreateCapacityProviderCommandInput> = {}) =>
    account.client.send(
      new CreateCapacityProviderCommand({
        CapacityProviderName: 'trusted',
        VpcConfig: ATTACHMENT,
        PermissionsConfig: PERMISSIONS,
        ...input,
      }),
    );
  const read = async (CapacityProviderName = 'trusted') => {
    const command = new GetCapacityProviderCommand({ CapacityProviderName });
    return (await account.client.send(command)).CapacityProvider;
  };
  const remove = (CapacityProviderName = 'trusted') =>
    account.client.send(new DeleteCapacityProviderCommand({ CapacityProviderName }));
  const list = async (input: object = {}) => {
    const answer = await account.client.send(new ListCapacityProvidersCommand(input));
    return {
      marker: answer.NextMarker,
      arns: answer.CapacityProviders?.map(({ CapacityProviderArn }) => CapacityProviderArn),
    };
  };
  const onProvider = (CapacityProviderArn: string | undefined) => ({
    CapacityProviderConfig: {
      LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn },
    },
  });
  const createFunction = (input: Partial<CreateFunctionCommandInput> = {}) =>
    account.client.send(
      new CreateFunctionCommand({ FunctionName: 'f', ...MINIMAL, ...onProvider(ARN), ...input }),
    );
  const advance = (ms: number) => account.core.clock.advance(ms);

  beforeEach(async () => {
    account = await startSmallAccount();
  });
  afterEach(async () => {
    await account.close();
  });

  it('are made in a moment, and answer what they were given', async () => {
    const answer = await create({
      InstanceRequirements: { Architectures: ['arm64'] },
      CapacityProviderScalingConfig: { MaxVCpuCount: 30 },
      Tags: { team: 'shop' },
    });
    await advance(1000);

    const given = {
      CapacityProviderArn: ARN,
      VpcConfig: ATTACHMENT,
      PermissionsConfig: PERMISSIONS,
      InstanceRequirements: { Architectures: ['arm64'] },
      CapacityProviderScalingConfig: { MaxVCpuCount: 30 },
      LastModified: '2026-11-22T10:00:00.000+0000',
    };
    expect(answer.$metadata.httpStatusCode).toBe(202);
    expect(answer.CapacityProvider).toEqual({ ...given, State: 'Pending' });
    expect(await read()).toEqual({ ...given, State: 'Active' });
    expect(await read(ARN)).toEqual(await read());
  });

  it('are recorded', async () => {
    await create();
    const created = account.lastEvent();
    await advance(1000);
    await remove();

    expect(created).toMatchObject({
      eventName: 'CreateCapacityProvider',
      requestParameters: {
        capacityProviderName: 'trusted',
        vpcConfig: { subnetIds: APPROVED_SUBNETS, securityGroupIds: [FUNCTIONS_GROUP] },
      },
      responseElements: { capacityProvider: { capacityProviderArn: ARN, state: 'Pending' } },
    });
    expect(account.lastEvent()).toMatchObject({
      eventName: 'DeleteCapacityProvider',
      requestParameters: { capacityProviderName: 'trusted' },
    });
  });

  it.each<[string, object, string, RegExp]>([
    [
      'no subnets',
      { VpcConfig: { SubnetIds: [], SecurityGroupIds: [FUNCTIONS_GROUP] } },
      'ValidationException',
      /'vpcConfig.subnetIds' failed.+greater than or equal to 1/,
    ],
    [
      'no list of subnets',
      { VpcConfig: { SecurityGroupIds: [FUNCTIONS_GROUP] } },
      'ValidationException',
      /'vpcConfig.subnetIds' failed.+must not be null/,
    ],
    [
      'no list of groups',
      { VpcConfig: { SubnetIds: [...APPROVED_SUBNETS] } },
      'ValidationException',
      /'vpcConfig.securityGroupIds' failed.+must not be null/,
    ],
    [
      'more than 5 groups',
      { VpcConfig: { ...ATTACHMENT, SecurityGroupIds: Array.from({ length: 6 }, () => 'sg-1') } },
      'ValidationException',
      /'vpcConfig.securityGroupIds' failed.+less than or equal to 5/,
    ],
    [
      'a subnet that does not exist',
      { VpcConfig: { ...ATTACHMENT, SubnetIds: ['subnet-1'] } },
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
      'subnets of two VPCs',
      { VpcConfig: { ...ATTACHMENT, SubnetIds: [APPROVED_SUBNETS[0], FORBIDDEN_SUBNET] } },
      'InvalidParameterValueException',
      /same VPC/,
    ],
    [
      'groups of another VPC',
      { VpcConfig: { ...ATTACHMENT, SecurityGroupIds: [FORBIDDEN_GROUP] } },
      'InvalidParameterValueException',
      /same VPC/,
    ],
    [
      'a role that does not exist',
      { PermissionsConfig: { CapacityProviderOperatorRoleArn: `${ROLE_ARN}s` } },
      'InvalidParameterValueException',
      /cannot be assumed/,
    ],
    ['no role', { PermissionsConfig: {} }, 'ValidationException', /'role' failed/],
    ['a hostile name', { CapacityProviderName: '../a' }, 'ValidationException', /'capacityProv/],
  ])('are refused with %s', async (_what, input, name, message) => {
    await expect(create(input)).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message),
    });
    expect((await list()).arns).toEqual([]);
  });

  it('may do without groups, and in a VPC that functions cannot be in', async () => {
    const VpcConfig = { SubnetIds: [DEDICATED_SUBNET], SecurityGroupIds: [DEDICATED_GROUP] };

    await expect(
      create({ VpcConfig: { ...ATTACHMENT, SecurityGroupIds: [] } }),
    ).resolves.toBeDefined();
    await expect(create({ CapacityProviderName: 'other', VpcConfig })).resolves.toBeDefined();
  });

  it('have names of their own', async () => {
    await create();

    await expect(create()).rejects.toMatchObject({
      name: 'ResourceConflictException',
      $metadata: { httpStatusCode: 409 },
    });
  });

  it('are listed in pages and by state', async () => {
    await create({ CapacityProviderName: 'b' });
    await create({ CapacityProviderName: 'a' });
    await advance(1000);
    await create({ CapacityProviderName: 'c' });

    const first = await list({ MaxItems: 2 });
    const second = await list({ MaxItems: 2, Marker: first.marker });
    const pending = await list({ State: 'Pending' });

    const names = [first, second, pending].map(({ arns }) => arns?.map((arn) => arn?.slice(-1)));
    expect(names).toEqual([['a', 'b'], ['c'], ['c']]);
    expect(second.marker).toBeUndefined();
  });

  it('are gone a moment after they are deleted', async () => {
    await create();

    const answer = await remove(ARN);
    await advance(1000);

    expect(answer.$metadata.httpStatusCode).toBe(202);
    expect(answer.CapacityProvider?.State).toBe('Deleting');
    for (const call of [read, remove]) {
      await expect(call()).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
        $metadata: { httpStatusCode: 404 },
      });
    }
  });

  it('are not deleted while a function or a version of it is on them', async () => {
    await create();
    await advance(1000);
    await createFunction();
    await advance(1000);
    await account.client.send(new PublishVersionCommand({ FunctionName: 'f' }));

    await expect(remove()).rejects.toMatchObject({
      name: 'ResourceConflictException',
      message: expect.stringContaining(FUNCTION_ARN),
    });
    await account.client.send(new DeleteFunctionCommand({ FunctionName: 'f' }));
    await expect(remove()).resolves.toBeDefined();
  });

  it('are made, read and deleted only by who may', async () => {
    const client = account.userClient('ada', allow(['iam:PassRole', 'lambda:GetFunction']));
    const CapacityProviderName = 'trusted';
    const input = {
      CapacityProviderName,
      VpcConfig: ATTACHMENT,
      PermissionsConfig: PERMISSIONS,
    };
    const refusals: readonly [string, () => Promise<unknown>][] = [
      ['CreateCapacityProvider', () => client.send(new CreateCapacityProviderCommand(input))],
      [
        'GetCapacityProvider',
        () => client.send(new GetCapacityProviderCommand({ CapacityProviderName })),
      ],
      [
        'DeleteCapacityProvider',
        () => client.send(new DeleteCapacityProviderCommand({ CapacityProviderName })),
      ],
    ];

    for (const [name, call] of refusals) {
      await expect(call()).rejects.toThrow(`perform: lambda:${name} on resource: ${ARN} because`);
    }
    await expect(client.send(new ListCapacityProvidersCommand({}))).rejects.toThrow(
      'perform: lambda:ListCapacityProviders on resource: *',
    );
  });

  it('need the permission to pass their role, and to tag them', async () => {
    const client = account.userClient('ada', allow(['lambda:CreateCapacityProvider']));
    const passing = account.userClient(
      'bob',
      allow(['lambda:CreateCapacityProvider', 'iam:PassRole']),
    );
    const command = (Tags?: Record<string, string>) =>
      new CreateCapacityProviderCommand({
        CapacityProviderName: 'trusted',
        VpcConfig: ATTACHMENT,
        PermissionsConfig: PERMISSIONS,
        Tags,
      });

    await expect(client.send(command())).rejects.toThrow(`iam:PassRole on resource: ${ROLE_ARN}`);
    await expect(passing.send(command({ a: 'b' }))).rejects.toThrow(
      `lambda:TagResource on resource: ${ARN}`,
    );
    await expect(passing.send(command())).resolves.toBeDefined();
  });

  describe('with functions on them', () => {
    const update = (input: object) =>
      account.client.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'f', ...input }));

    beforeEach(async () => {
      await create();
      await create({ CapacityProviderName: 'other' });
      await advance(1000);
    });

    it('are answered by the function, which has no VPC settings of its own', async () => {
      await createFunction({ Publish: true });
      await advance(1000);

      const { Configuration } = await account.client.send(
        new GetFunctionCommand({ FunctionName: 'f', Qualifier: '1' }),
      );
      const { Functions = [] } = await account.client.send(new ListFunctionsCommand({}));

      for (const answer of [Configuration, Functions[0]]) {
        expect(answer).toMatchObject({ ...onProvider(ARN), MemorySize: 2048 });
        expect(answer).not.toHaveProperty('VpcConfig');
      }
      expect(Configuration?.State).toBe('Active');
    });

    it('take over a function from another, and keep one whose change does not name any', async () => {
      await createFunction();
      await advance(1000);
      const OTHER = ARN.replace('trusted', 'other');

      const moved = await update(onProvider(OTHER));
      await advance(1000);

      expect(moved).toMatchObject(onProvider(OTHER));
      expect(await update({ Timeout: 60 })).toMatchObject(onProvider(OTHER));
    });

    it.each<[string, Partial<CreateFunctionCommandInput>, string, RegExp]>([
      ['VPC settings', { VpcConfig: ATTACHMENT }, 'InvalidParameterValueException', /VpcConfig/],
      [
        'little memory',
        { MemorySize: 512 },
        'ValidationException',
        /must have memory size greater than or equal to 2048$/,
      ],
      [
        'an unknown provider',
        onProvider(`${ARN}s`),
        'ResourceNotFoundException',
        /capacity-provider:trusteds$/,
      ],
      ['the name of one only', onProvider('trusted'), 'ValidationException', /'trusted' at/],
      ['no provider', onProvider(undefined), 'ValidationException', /capacityProviderArn/],
    ])('refuse a function with %s', async (_what, input, name, message) => {
      await expect(createFunction(input)).rejects.toMatchObject({
        name,
        message: expect.stringMatching(message),
      });
    });

    it('refuse a function while they are not active', async () => {
      await remove();

      await expect(createFunction()).rejects.toMatchObject({
        name: 'ResourceConflictException',
        message: expect.stringContaining('Deleting'),
      });
    });

    it('refuse a function that was made without one', async () => {
      await createFunction({ CapacityProviderConfig: undefined });
      await advance(1000);

      await expect(update(onProvider(ARN))).rejects.toMatchObject({
        name: 'InvalidParameterValueException',
        message: "CapacityProviderConfig isn't supported for Lambda Default functions.",
      });
    });

    it('keep their functions out of any other VPC', async () => {
      await createFunction();
      await advance(1000);

      await expect(update({ VpcConfig: ATTACHMENT })).rejects.toMatchObject({
        name: 'InvalidParameterValueException',
      });
    });

    it('get functions only from who may pass them', async () => {
      const client = account.userClient('ada', allow(['lambda:CreateFunction', 'iam:PassRole']));
      const command = { FunctionName: 'f', ...MINIMAL, ...onProvider(ARN) };

      await expect(client.send(new CreateFunctionCommand(command))).rejects.toThrow(
        `lambda:PassCapacityProvider on resource: ${ARN}`,
      );
    });
  });
});
