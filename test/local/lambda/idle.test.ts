import {
  CreateFunctionCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  PutFunctionConcurrencyCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  ATTACHMENT,
  allow,
  MINIMAL,
  type SmallAccount,
  startSmallAccount,
} from './small-account.ts';

const DAY_MS = 24 * 3_600_000;

describe('a function that nobody invokes', () => {
  let account: SmallAccount;
  const read = (FunctionName = 'f') =>
    account.client.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const invoke = (FunctionName = 'f', InvocationType?: 'Event' | 'DryRun') =>
    account.client.send(new InvokeCommand({ FunctionName, InvocationType }));
  const advance = (ms: number) => account.core.clock.advance(ms);

  beforeEach(async () => {
    account = await startSmallAccount();
    const create = (input: object) =>
      account.client.send(new CreateFunctionCommand({ FunctionName: 'f', ...MINIMAL, ...input }));
    await create({ VpcConfig: ATTACHMENT });
    await create({ FunctionName: 'plain' });
    await create({
      FunctionName: 'image',
      PackageType: 'Image',
      Code: { ImageUri: '123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1' },
    });
    await advance(75_000);
  });
  afterEach(async () => {
    await account.close();
  });

  it('is inactive after 14 days, where it is attached or an image', async () => {
    await advance(14 * DAY_MS);

    expect(await read()).toMatchObject({
      State: 'Inactive',
      StateReason: 'The function is currently idle.',
      StateReasonCode: 'Idle',
      LastUpdateStatus: 'Successful',
    });
    expect(await read('image')).toMatchObject({ State: 'Inactive', StateReasonCode: 'Idle' });
    expect(await read('plain')).toMatchObject({ State: 'Active' });
  });

  it('stays active for 14 days from its last invocation', async () => {
    await advance(13 * DAY_MS);
    await invoke();
    await advance(13 * DAY_MS);
    const before = await read();
    await advance(DAY_MS);

    expect(before.State).toBe('Active');
    expect((await read()).State).toBe('Inactive');
  });

  it('fails its next invocation, is restored, and is active 75 s later', async () => {
    await advance(14 * DAY_MS);

    await expect(invoke()).rejects.toMatchObject({
      name: 'ResourceNotReadyException',
      message:
        'The function is inactive and its VPC connection is no longer available. Wait for the VPC connection to reestablish and try again.',
      $metadata: { httpStatusCode: 502 },
    });
    expect(await read()).toMatchObject({ State: 'Pending', StateReasonCode: 'Restoring' });
    await expect(invoke()).rejects.toMatchObject({ name: 'ResourceConflictException' });
    await advance(75_000);
    const restored = await read();
    expect(restored.State).toBe('Active');
    expect(restored.StateReasonCode).toBeUndefined();
    await expect(invoke()).resolves.toMatchObject({ StatusCode: 200 });
    await advance(14 * DAY_MS);
    expect((await read()).State).toBe('Inactive');
  });

  it('fails with another error where it is an image', async () => {
    await advance(14 * DAY_MS);

    await expect(invoke('image')).rejects.toMatchObject({
      name: 'CodeArtifactUserPendingException',
      $metadata: { httpStatusCode: 409 },
    });
    await advance(75_000);
    expect((await read('image')).State).toBe('Active');
  });

  it('cannot be woken while it is throttled', async () => {
    await advance(14 * DAY_MS);
    await account.client.send(
      new PutFunctionConcurrencyCommand({ FunctionName: 'f', ReservedConcurrentExecutions: 0 }),
    );

    await expect(invoke()).rejects.toMatchObject({ name: 'TooManyRequestsException' });
    expect((await read()).State).toBe('Inactive');
  });

  it('is not woken by a dry run', async () => {
    await advance(14 * DAY_MS);

    await expect(invoke('f', 'DryRun')).resolves.toMatchObject({ StatusCode: 204 });
    expect((await read()).State).toBe('Inactive');
  });

  it('is woken by an event, which runs once it is active', async () => {
    await advance(14 * DAY_MS);

    await expect(invoke('f', 'Event')).resolves.toMatchObject({ StatusCode: 202 });
    await advance(14 * DAY_MS + 75_000);
    const sinceTheEvent = await read();
    // Active after 75 seconds, it was looked for after 63 and then after 127.
    await advance(52_000);

    expect(sinceTheEvent.State).toBe('Active');
    expect((await read()).State).toBe('Inactive');
  });

  it('goes back to inactive where its role lost what it needs', async () => {
    await advance(14 * DAY_MS);
    account.setPolicy(account.role('lambda-role'), allow(['logs:*']));

    await expect(invoke()).rejects.toMatchObject({ name: 'ResourceNotReadyException' });
    await advance(75_000);

    expect(await read()).toMatchObject({
      State: 'Inactive',
      StateReasonCode: 'InsufficientRolePermissions',
    });
  });

  it.each([
    ['one that joins an interface', { Description: 'changed' }, 2000],
    ['one that takes as long', { VpcConfig: ATTACHMENT }, 75_000],
  ])(
    'is restored, and the update ends well, where an update is in progress: %s',
    async (_, change, updateMs) => {
      await advance(14 * DAY_MS);
      await account.client.send(
        new UpdateFunctionConfigurationCommand({ FunctionName: 'f', ...change }),
      );

      await expect(invoke()).rejects.toMatchObject({ name: 'ResourceNotReadyException' });
      await advance(updateMs);
      const updated = await read();
      await advance(75_000);

      expect(updated.LastUpdateStatus).toBe('Successful');
      const restored = await read();
      expect(restored).toMatchObject({ State: 'Active', LastUpdateStatus: 'Successful' });
      expect(restored.StateReasonCode).toBeUndefined();
      await expect(invoke()).resolves.toMatchObject({ StatusCode: 200 });
    },
  );

  it('can be changed, and is active after a change of its VPC settings only', async () => {
    await advance(14 * DAY_MS);
    const update = (input: object) =>
      account.client.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'f', ...input }));

    await update({ Timeout: 60 });
    await advance(75_000);
    const changed = await read();
    await update({ VpcConfig: ATTACHMENT });
    await advance(75_000);

    expect(changed).toMatchObject({ State: 'Inactive', LastUpdateStatus: 'Successful' });
    expect((await read()).State).toBe('Active');
  });
});
