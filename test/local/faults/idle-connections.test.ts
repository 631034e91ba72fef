import { GetFunctionConcurrencyCommand, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type DeployedAccount,
  NETWORK,
  startDeployedAccount,
} from '../../support/deployed-account.ts';

describe('the deployed guardrail, whose idle connections are dropped', () => {
  let deployed: DeployedAccount;

  beforeAll(async () => {
    deployed = await startDeployedAccount();
    await fetch(`${deployed.account.endpoint}/_local/connections`, {
      method: 'POST',
      body: JSON.stringify({ dropIdleSeconds: 350 }),
    });
  });
  afterAll(async () => {
    await deployed.close();
  });

  const ofEnforce = () => {
    const { journal } = deployed.account;
    const calls = journal.calls.filter(({ caller }) => caller.includes('enforce-on-change'));
    const keys = new Set(calls.map(({ accessKeyId }) => accessKeyId));
    const dropped = [...keys].reduce((sum, key) => sum + (journal.drops.get(key) ?? 0), 0);
    return { calls, dropped };
  };

  it.each([
    ['one', 1],
    ['six at once', 6],
  ])('goes on after a pause: %s', async (_how, count) => {
    const { account, create, lambda } = deployed;
    for (let index = 0; index < count; index += 1) {
      await create(`warm-${count}-${index}`, NETWORK.approved);
    }
    await account.advance(300_000);
    await account.advance(400_000);
    // The administrator's connection is dropped too, and this client does not try again.
    await lambda.send(new ListFunctionsCommand({})).catch(() => undefined);
    const before = ofEnforce();
    const ran = account.journal.invocations.length;

    const names = Array.from({ length: count }, (_, index) => `bad-${count}-${index}`);
    for (const name of names) await create(name, NETWORK.forbidden);
    await account.advance(10_000);

    const after = ofEnforce();
    const calls = after.calls.slice(before.calls.length);
    const retries = calls.filter(({ attempt }) => attempt !== undefined);
    expect(after.dropped - before.dropped).toBeGreaterThan(0);
    expect(retries.map(({ attempt }) => attempt)).toEqual(
      Array.from({ length: after.dropped - before.dropped }, () => 2),
    );
    expect(account.journal.invocations.slice(ran).filter(({ isError }) => isError)).toEqual([]);
    for (const FunctionName of names) {
      await expect(
        lambda.send(new GetFunctionConcurrencyCommand({ FunctionName })),
      ).resolves.toMatchObject({ ReservedConcurrentExecutions: 0 });
    }
  });
});
