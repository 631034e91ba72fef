import { GetFunctionCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deployFunction, importOf } from '../deployed-function.ts';
import { type FullAccount, startFullAccount } from '../full-account.ts';

const SLEEPER = `
  import * as timers from 'node:timers';
  import { setTimeout as wait } from 'node:timers/promises';
  import { promisify } from 'node:util';
  ${importOf('STSClient, AssumeRoleCommand, GetCallerIdentityCommand', '@aws-sdk/client-sts')}
  ${importOf('LambdaClient, InvokeCommand', '@aws-sdk/client-lambda')}
  const sts = new STSClient({ maxAttempts: 3, retryMode: 'standard' });
  const lambda = new LambdaClient({ maxAttempts: 1 });
  const sleeping = {
    global: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    module: (ms) => new Promise((resolve) => timers.setTimeout(resolve, ms)),
    promise: (ms) => wait(ms),
    promisified: (ms) => promisify(setTimeout)(ms),
    aborted: (ms) => new Promise((resolve) => { AbortSignal.timeout(ms).addEventListener('abort', resolve); }),
    interval: (ms) => new Promise((resolve) => {
      let ticks = 0;
      const ticking = setInterval(() => { ticks += 1; if (ticks === 2) { clearInterval(ticking); resolve(); } }, ms / 2);
    }),
    parallel: (ms) => Promise.all([ms, ms / 2, ms / 4].map((each) => wait(each))),
  };
  export const handler = async ({ how, ms, times = 1 }) => {
    const started = Date.now();
    if (how === 'call') { await sts.send(new GetCallerIdentityCommand({})); return Date.now() - started; }
    if (how === 'fail') {
      const role = { RoleArn: 'arn:aws:iam::123456789012:role/nobody', RoleSessionName: 'session' };
      return sts.send(new AssumeRoleCommand(role)).catch(({ name }) => name);
    }
    if (how === 'invoke') {
      const Payload = JSON.stringify({ how: 'promise', ms });
      const { Payload: answer } = await lambda.send(new InvokeCommand({ FunctionName: 'sleeper', Payload }));
      return Number(Buffer.from(answer).toString());
    }
    if (how === 'abort') {
      const controller = new AbortController();
      setTimeout(() => controller.abort(), ms / 2);
      return wait(ms, 'slept', { signal: controller.signal }).catch((error) => [error.name, Date.now() - started]);
    }
    if (how === 'pace') {
      for (let due = started; due < started + ms; due += 40) { while (Date.now() < due) await wait(due - Date.now()); }
      return Date.now() - started;
    }
    for (let time = 0; time < times; time += 1) await sleeping[how](ms);
    return Date.now() - started;
  };
`;
const MAY_INVOKE = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: '*' }],
});

describe('deployed code that waits for time', () => {
  let account: FullAccount;
  let lambda: LambdaClient;

  beforeAll(async () => {
    account = await startFullAccount();
    lambda = new LambdaClient({
      ...account.settings(),
      requestHandler: { requestTimeout: 20_000 },
    });
    account.allow('lambda-role', MAY_INVOKE);
    await deployFunction(account, { name: 'sleeper', source: SLEEPER, timeout: 900 });
  });
  afterAll(async () => {
    lambda.destroy();
    await account.close();
  });

  const invoke = async (event: object) => {
    const Payload = JSON.stringify(event);
    const answer = await lambda.send(new InvokeCommand({ FunctionName: 'sleeper', Payload }));
    return JSON.parse(Buffer.from(answer.Payload ?? []).toString()) as unknown;
  };
  it.each(['global', 'module', 'promise', 'promisified', 'aborted', 'interval', 'parallel'])(
    'waits by %s in virtual time',
    async (how) => {
      const realMs = performance.now();

      expect(await account.advanceUntil(invoke({ how, ms: 100_000, times: 3 }))).toBe(300_000);

      expect(performance.now() - realMs).toBeLessThan(20_000);
    },
  );

  it('stops waiting where it is told to', async () => {
    expect(await account.advanceUntil(invoke({ how: 'abort', ms: 50_000 }))).toEqual([
      'AbortError',
      25_000,
    ]);
  });

  it('paces itself without spinning', async () => {
    expect(await account.advanceUntil(invoke({ how: 'pace', ms: 6000 }))).toBe(5960);
  });

  it('waits as long as in reality where nobody moves time, which moves then', async () => {
    expect(await invoke({ how: 'promise', ms: 120 })).toBe(120);
  });

  it('waits for an answer that is slow in virtual time', async () => {
    const id = account.faults.add({ service: 'sts', operation: '*', kind: 'latency', seconds: 4 });

    expect(await account.advanceUntil(invoke({ how: 'call' }))).toBe(4000);
    account.faults.remove(id);
  });

  it('backs off from throttling in virtual time', async () => {
    account.faults.add({ service: 'sts', operation: '*', kind: 'throttle', count: 2 });

    const tookMs = await account.advanceUntil(invoke({ how: 'call' }));

    expect(tookMs).toBeGreaterThan(2);
    const calls = account.journal.calls.filter(({ service }) => service === 'sts').slice(-3);
    expect(calls).toMatchObject([
      { status: 400 },
      { status: 400, attempt: 2 },
      { status: 200, attempt: 3 },
    ]);
  });

  it('asks once for what fails, and so does whoever calls from outside, however far time has moved', async () => {
    await account.advance(3_600_000);
    const outside = new LambdaClient({ ...account.settings(), maxAttempts: 3 });
    const before = account.journal.calls.length;

    const inside = await account.advanceUntil(invoke({ how: 'fail' }));
    const unknown = new GetFunctionCommand({ FunctionName: 'nobody' });
    await expect(outside.send(unknown)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    outside.destroy();

    expect(inside).toBe('AccessDenied');
    const failed = account.journal.calls.slice(before).filter(({ status }) => status !== 200);
    expect(failed).toMatchObject([
      { operation: 'AssumeRole', status: 403 },
      { operation: 'GetFunction', status: 404 },
    ]);
  });

  it('waits for another function that waits for time', async () => {
    expect(await account.advanceUntil(invoke({ how: 'invoke', ms: 40_000 }))).toBe(40_000);
  });

  it('fires the timers of several environments in the order of time', async () => {
    const [slow, quick] = [
      invoke({ how: 'global', ms: 20_000 }),
      invoke({ how: 'global', ms: 8000 }),
    ];
    const order: string[] = [];
    void slow.then(() => order.push('slow'));
    void quick.then(() => order.push('quick'));

    await account.advanceUntil(Promise.all([slow, quick]));

    expect(order).toEqual(['quick', 'slow']);
  });

  it('is stopped when its time is over, without anybody waiting for real time', async () => {
    const answer = await account.advanceUntil(invoke({ how: 'global', ms: 901_000 }));

    expect(answer).toMatchObject({ errorType: 'Sandbox.Timedout' });
  });
});
