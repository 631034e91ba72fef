import { afterEach, describe, expect, it } from 'vitest';
import { type FullAccount, startFullAccount } from '../full-account.ts';

let account: FullAccount;

afterEach(async () => {
  await account.close();
});

async function post(body: unknown) {
  const answer = await fetch(`${account.endpoint}/_local/clock/speed`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as unknown };
}

describe('the speed of time', () => {
  it('is changed while time passes, and stopped', async () => {
    account = await startFullAccount({ speed: 1 });

    const faster = await post({ speed: 50_000 });
    const startMs = account.clock.nowMs();
    await expect.poll(() => account.clock.nowMs()).toBeGreaterThan(startMs + 60_000);
    const stopped = await post({ speed: 0 });
    await account.settle();
    const stoodMs = account.clock.nowMs();

    expect(faster).toMatchObject({ status: 200, body: { speed: 50_000 } });
    expect(stopped).toMatchObject({ status: 200, body: { speed: 0 } });
    expect((await post({ speed: 1 })).status).toBe(200);
    expect(account.clock.nowMs() - stoodMs).toBeLessThan(60_000);
  });

  it('is refused where nobody lets time pass', async () => {
    account = await startFullAccount();

    expect(await post({ speed: 60 })).toEqual({
      status: 400,
      body: {
        error: 'nobody lets time pass in this account: POST /_local/clock/advance moves it',
      },
    });
    account.follow(0);
    expect((await post({ speed: 0 })).status).toBe(200);
  });

  it.each([[{}], [7], [{ speed: '60' }], [{ speed: -1 }], [{ speed: 100_001 }]])(
    'is not changed by %j',
    async (body) => {
      account = await startFullAccount();

      expect(await post(body)).toEqual({
        status: 400,
        body: { error: 'expected {"speed": N} with N from 0 to 100000' },
      });
    },
  );
});
