import {
  CreateFunctionCommand,
  type LambdaClient,
  UpdateFunctionConfigurationCommand,
  type VpcConfig,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ATTACHMENT,
  allow,
  MINIMAL,
  type SmallAccount,
  startSmallAccount,
} from '../lambda/small-account.ts';

const EVERYTHING = ['lambda:*', 'ec2:*', 'iam:PassRole'];
const DESCRIBES = ['ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets', 'ec2:DescribeVpcs'];
const INTERFACES = 'arn:aws:ec2:us-east-1:123456789012:';
const ONLY_ATTACHED = {
  Effect: 'Deny',
  Action: ['lambda:CreateFunction', 'lambda:UpdateFunctionConfiguration'],
  Resource: '*',
  Condition: { Null: { 'lambda:VpcIds': 'true' } },
};

let account: SmallAccount;

const create = (client: LambdaClient, FunctionName: string, VpcConfig?: VpcConfig) =>
  client.send(new CreateFunctionCommand({ FunctionName, ...MINIMAL, VpcConfig }));
const attach = (client: LambdaClient, FunctionName: string) =>
  client.send(new UpdateFunctionConfigurationCommand({ FunctionName, VpcConfig: ATTACHMENT }));

beforeAll(async () => {
  account = await startSmallAccount();
  await create(account.client, 'detached');
  await create(account.client, 'attached', ATTACHMENT);
  await account.core.clock.advance(100_000);
});
afterAll(async () => {
  await account.close();
});

describe('a user who attaches functions', () => {
  it('cannot create first and attach later where only attached functions may be created', async () => {
    const client = account.userClient('only', allow(EVERYTHING, ONLY_ATTACHED));

    await expect(create(client, 'first')).rejects.toThrow(
      /lambda:CreateFunction .* with an explicit deny in an identity-based policy$/,
    );
    await expect(attach(client, 'first')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    await expect(create(client, 'second', ATTACHMENT)).resolves.toBeDefined();
  });

  it('can create first and attach later without that limit', async () => {
    const client = account.userClient('free', allow(EVERYTHING));

    await create(client, 'third');
    await account.core.clock.advance(100_000);

    await expect(attach(client, 'third')).resolves.toMatchObject({
      VpcConfig: expect.objectContaining(ATTACHMENT) as object,
    });
  });

  it('is not judged by a namesake that is there already', async () => {
    const client = account.userClient('namesake', allow(EVERYTHING, ONLY_ATTACHED));

    await expect(create(client, 'attached')).rejects.toThrow(/with an explicit deny/);
  });

  it.each(DESCRIBES)('needs %s to attach a function that exists, not to change it', async (one) => {
    const others = DESCRIBES.filter((action) => action !== one);
    const client = account.userClient(`without-${one.slice(4)}`, allow(['lambda:*', ...others]));

    await expect(attach(client, 'detached')).rejects.toThrow(
      `is not authorized to perform: ${one} on resource: * because no identity-based policy allows the ${one} action`,
    );
    const change = { FunctionName: 'attached', RevisionId: 'none', Timeout: 9 };
    await expect(client.send(new UpdateFunctionConfigurationCommand(change))).rejects.toMatchObject(
      { name: 'PreconditionFailedException' },
    );
  });
});

describe('an execution role that is limited to resources', () => {
  const roleWith = (limits: Readonly<Record<string, string>>) => ({
    Version: '2012-10-17',
    Statement: ['Create', 'Describe', 'Delete'].map((verb) => ({
      Effect: 'Allow',
      Action: `ec2:${verb}NetworkInterface${verb === 'Describe' ? 's' : ''}`,
      Resource: limits[verb] ?? '*',
    })),
  });

  it.each([
    ['Delete', `${INTERFACES}network-interface/eni-0abc`, 'DeleteNetworkInterface'],
    ['Delete', 'arn:aws:ec2:eu-west-1:123456789012:*/*', 'DeleteNetworkInterface'],
    ['Describe', `${INTERFACES}network-interface/*`, 'DescribeNetworkInterfaces'],
  ])('is not enough with %s on %s', async (verb, resource, missing) => {
    account.setPolicy(account.role('lambda-role'), roleWith({ [verb]: resource }));

    await expect(attach(account.client, 'detached')).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: `The provided execution role does not have permissions to call ${missing} on EC2`,
    });
  });

  it('is enough with every resource of the account', async () => {
    account.setPolicy(account.role('lambda-role'), roleWith({ Delete: `${INTERFACES}*/*` }));

    await expect(attach(account.client, 'detached')).resolves.toBeDefined();
  });
});
