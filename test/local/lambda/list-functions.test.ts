import {
  CreateFunctionCommand,
  ListFunctionsCommand,
  paginateListFunctions,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { APPROVED_VPC } from './network.ts';
import { ATTACHMENT, MINIMAL, type SmallAccount, startSmallAccount } from './small-account.ts';

describe('ListFunctions', () => {
  let account: SmallAccount;

  beforeAll(async () => {
    account = await startSmallAccount();
    for (let index = 0; index < 60; index++) {
      await account.client.send(
        new CreateFunctionCommand({
          FunctionName: `f-${index}`,
          ...MINIMAL,
          VpcConfig: index === 0 ? ATTACHMENT : undefined,
        }),
      );
    }
  });
  afterAll(async () => {
    await account.close();
  });

  it('answers 50 a page however many are asked for, and every function once', async () => {
    const sizes: number[] = [];
    const names = new Set<string | undefined>();

    for await (const page of paginateListFunctions(
      { client: account.client, pageSize: 1000 },
      {},
    )) {
      sizes.push(page.Functions?.length ?? 0);
      for (const { FunctionName } of page.Functions ?? []) names.add(FunctionName);
    }

    expect(sizes).toEqual([50, 10]);
    expect(names.size).toBe(60);
  });

  it('answers smaller pages', async () => {
    const page = await account.client.send(new ListFunctionsCommand({ MaxItems: 2 }));

    expect(page.Functions).toHaveLength(2);
    expect(page.NextMarker).toBeDefined();
  });

  it('leaves states out, but not the VPC settings', async () => {
    const { Functions = [] } = await account.client.send(new ListFunctionsCommand({}));

    const [first] = Functions;
    expect(first?.FunctionName).toBe('f-0');
    expect(first?.VpcConfig?.VpcId).toBe(APPROVED_VPC);
    for (const member of ['State', 'StateReason', 'StateReasonCode', 'RuntimeVersionConfig']) {
      expect(first).not.toHaveProperty(member);
    }
    expect(Functions.every(({ LastUpdateStatus }) => LastUpdateStatus === undefined)).toBe(true);
  });

  it('refuses a marker that it did not give, and pages of nothing', async () => {
    await expect(
      account.client.send(new ListFunctionsCommand({ Marker: 'x' })),
    ).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    await expect(
      account.client.send(new ListFunctionsCommand({ MaxItems: 0 })),
    ).rejects.toMatchObject({ name: 'ValidationException' });
  });
});
