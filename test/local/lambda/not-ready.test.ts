import {
  GetAccountSettingsCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AttachedAccount, HERE, startAttachedAccount } from './attached-account.ts';

const ACCESS_POINT =
  'arn:aws:elasticfilesystem:us-east-1:123456789012:access-point/fsap-0123456789abcdef0';
const FileSystemConfigs = [{ Arn: ACCESS_POINT, LocalMountPath: '/mnt/files' }];
const DETACHED = { SubnetIds: [], SecurityGroupIds: [] };
const FunctionName = 'f';
const DAYS = 86_400;

let account: AttachedAccount;

afterEach(async () => {
  await account.stop();
});

describe('a version that starts from a snapshot', () => {
  const notReady = {
    name: 'SnapStartNotReadyException',
    message:
      'Lambda is initializing your function. It will be ready to invoke once your function state becomes ACTIVE.',
    $metadata: { httpStatusCode: 409 },
  };

  beforeEach(async () => {
    account = await startAttachedAccount();
    await account.create('f', { SnapStart: { ApplyOn: 'PublishedVersions' } });
    await account.seconds(1);
    await account.publish('f');
  });

  it('cannot be invoked before its snapshot is made', async () => {
    const early = account.invoke('f', { Qualifier: '1' });

    await expect(early).rejects.toMatchObject(notReady);
    await account.seconds(1);
    expect(await account.read('f', '1')).toMatchObject({
      State: 'Active',
      SnapStart: { ApplyOn: 'PublishedVersions', OptimizationStatus: 'On' },
    });
    expect((await account.invoke('f', { Qualifier: '1' }))['servedBy']).toMatchObject({
      version: '1',
    });
  });

  it('is inactive after 14 days, unlike its $LATEST, and comes back when it is invoked', async () => {
    await account.seconds(1 + 14 * DAYS);
    const idle = await account.read('f', '1');

    await expect(account.invoke('f', { Qualifier: '1' })).rejects.toMatchObject(notReady);
    await expect(account.invoke('f', { Qualifier: '1' })).rejects.toMatchObject(notReady);
    const restoring = await account.read('f', '1');
    await account.seconds(75);

    expect(idle).toMatchObject({ State: 'Inactive', StateReasonCode: 'Idle' });
    expect(restoring).toMatchObject({ State: 'Pending', StateReasonCode: 'Restoring' });
    expect(await account.read('f', '1')).toMatchObject({ State: 'Active' });
    expect(await account.read('f')).toMatchObject({ State: 'Active' });
  });
});

describe('a function that is stuck', () => {
  const conflict = (state: string) => ({
    name: 'ResourceConflictException',
    message: `The operation cannot be performed at this time. The function is currently in the following state: ${state}`,
  });
  const changes = [
    ['UpdateFunctionConfiguration', () => new UpdateFunctionConfigurationCommand({ FunctionName })],
    [
      'UpdateFunctionCode',
      () => new UpdateFunctionCodeCommand({ FunctionName, ZipFile: Buffer.from('zip') }),
    ],
    ['PublishVersion', () => new PublishVersionCommand({ FunctionName })],
  ] as const;
  const send = (command: unknown) => account.lambda.send(command as PublishVersionCommand);

  beforeEach(async () => {
    account = await startAttachedAccount({ durations: { firstUseMs: 3_600_000 } });
    await account.create('f');
  });

  it.each(changes)('stays pending for six minutes and is failed by %s after', async (_name, to) => {
    await account.seconds(360);
    await expect(send(to())).rejects.toMatchObject(conflict('Pending'));
    const before = await account.read('f');
    await account.seconds(1);
    await expect(send(to())).rejects.toMatchObject(conflict('Failed'));

    const after = await account.read('f');
    await account.seconds(3600);
    expect(before).toMatchObject({ State: 'Pending' });
    expect(after).toMatchObject({ State: 'Failed', StateReasonCode: 'InternalError' });
    expect(await account.read('f')).toEqual({ ...after, $metadata: expect.anything() });
    await expect(account.invoke('f')).rejects.toMatchObject(conflict('Failed'));
  });
});

describe('a function with a file system', () => {
  beforeEach(async () => {
    account = await startAttachedAccount();
  });

  const create = (VpcConfig?: object) =>
    account.create('f', { FileSystemConfigs, ...(VpcConfig === undefined ? {} : { VpcConfig }) });

  it.each([undefined, DETACHED])('is refused where it is in no VPC (%j)', async (VpcConfig) => {
    await expect(create(VpcConfig)).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: `Function must be configured to execute in a VPC to reference access point ${ACCESS_POINT}`,
    });
  });

  it('cannot be detached while it has it', async () => {
    await create(HERE);
    await account.seconds(75);
    const detach = (input: object) =>
      account.lambda.send(
        new UpdateFunctionConfigurationCommand({ FunctionName, VpcConfig: DETACHED, ...input }),
      );

    await expect(detach({})).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: `Function VPC configuration cannot be removed with access point ${ACCESS_POINT} referenced.`,
    });
    await detach({ FileSystemConfigs: [] });
    await account.seconds(1);
    expect(await account.read('f')).toMatchObject({ VpcConfig: { ...DETACHED, VpcId: '' } });
    await expect(
      account.lambda.send(
        new UpdateFunctionConfigurationCommand({ FunctionName, FileSystemConfigs }),
      ),
    ).rejects.toThrow(/must be configured to execute in a VPC/);
  });
});

describe('what functions may reserve', () => {
  it('goes by the quota of the account', async () => {
    account = await startAttachedAccount();
    await account.create('f', {});
    account.quotas.set('lambda', 'Concurrent executions', 150);
    const put = (ReservedConcurrentExecutions: number) =>
      account.lambda.send(
        new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions }),
      );

    await put(50);

    await expect(put(51)).rejects.toThrow(/below its minimum value of \[100\]/);
    const { AccountLimit } = await account.lambda.send(new GetAccountSettingsCommand({}));
    expect(AccountLimit).toMatchObject({
      ConcurrentExecutions: 150,
      UnreservedConcurrentExecutions: 100,
    });
  });
});
