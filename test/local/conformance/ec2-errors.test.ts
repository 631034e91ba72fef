import type { EC2 } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import cases from '../../cases/ec2-errors.json' with { type: 'json' };
import { type FullAccount, startFullAccount } from '../full-account.ts';
import { codesInSources, provoke, type RefusedCall } from './ec2-errors.ts';
import { newClient } from './ec2-scene.ts';

const REFUSED = cases as unknown as readonly RefusedCall[];

let account: FullAccount;
let ec2: EC2;

beforeAll(async () => {
  account = await startFullAccount();
  ec2 = newClient(account);
});

afterAll(async () => {
  ec2.destroy();
  await account.close();
});

describe('errors of EC2, which its SDK does not declare', () => {
  it('are all provoked', () => {
    const provoked = new Set(REFUSED.map(({ error }) => error));

    expect(codesInSources()).toEqual([...provoked].sort());
  });

  it.each(REFUSED)('$error of $operation', async (refused) => {
    const asked = provoke({ account, ec2 }, refused);

    await expect(asked).rejects.toMatchObject({
      name: refused.error,
      message: expect.stringMatching(/^[^\n]+$/) as string,
    });
  });
});
