import { LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callService } from '../../../lib/local/account-core.ts';
import { findCaller } from '../../../lib/local/identity/principals.ts';
import { type FullAccount, startFullAccount } from '../full-account.ts';

const COUNT = 10_000;
const MEGABYTE = 1_048_576;

describe('an account of ten thousand functions', () => {
  let account: FullAccount;
  let heapBefore: number;
  const call = (operation: string, input: object) => {
    const caller = findCaller(account.core.principals, 'local');
    if (caller === undefined) throw new Error('no administrator');
    return callService(account.core, caller, { service: 'lambda', operation, input });
  };

  beforeAll(async () => {
    account = await startFullAccount();
    heapBefore = process.memoryUsage().heapUsed;
    for (let index = 0; index < COUNT; index += 1) {
      await call('CreateFunction', {
        FunctionName: `f${index}`,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: 'arn:aws:iam::123456789012:role/lambda-role',
        Code: { ZipFile: Buffer.from('x') },
        VpcConfig: {
          SubnetIds: ['subnet-071f712345678e7c8'],
          SecurityGroupIds: ['sg-085912345678492fb'],
        },
      });
    }
    await account.advance(100_000);
  });
  afterAll(async () => {
    await account.close();
  });

  it('lists them in pages of fifty, each once', async () => {
    const client = new LambdaClient(account.settings());
    const names = new Set<string | undefined>();
    let pages = 0;
    for await (const { Functions = [] } of paginateListFunctions({ client }, {})) {
      pages += 1;
      for (const { FunctionName } of Functions) names.add(FunctionName);
    }
    client.destroy();

    expect(pages).toBe(COUNT / 50);
    expect(names.size).toBe(COUNT);
    expect(
      account.journal.calls.filter(({ operation }) => operation === 'ListFunctions'),
    ).toHaveLength(pages);
  });

  it('describes each, active on the one interface that all share', async () => {
    let active = 0;
    for (let index = 0; index < COUNT; index += 1) {
      const { Configuration } = await call('GetFunction', { FunctionName: `f${index}` });
      if (Object(Configuration).State === 'Active') active += 1;
    }

    expect(active).toBe(COUNT);
  });

  it('keeps less than forty kilobytes of each, what is journaled included', () => {
    const grownBy = process.memoryUsage().heapUsed - heapBefore;

    expect(grownBy).toBeLessThan((COUNT * 40 * MEGABYTE) / 1024);
  });
});
