import { existsSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AccountCore } from '../../../lib/local/account-core.ts';
import { createClock } from '../../../lib/local/clock.ts';
import {
  createExecution,
  type DeployedFunction,
  type Execution,
} from '../../../lib/local/execution/execution.ts';
import { createPrincipals, newPrincipal } from '../../../lib/local/identity/principals.ts';
import { createJournal } from '../../../lib/local/journal.ts';
import { OBEDIENT, zipOf } from '../lambda/deployed-code.ts';

const START_MS = Date.UTC(2026, 10, 22, 10);

describe('execution', () => {
  let core: AccountCore;
  let execution: Execution;
  let deployed: DeployedFunction;
  const invoke = async (event: object, changes: Partial<DeployedFunction> = {}) => {
    const invocation = { requestId: 'request-1', payload: JSON.stringify(event) };
    const outcome = await execution.invoke({ ...deployed, ...changes }, invocation);
    return { ...outcome, payload: JSON.parse(outcome.payload) };
  };
  const codeOf = (source: string, name?: string): Partial<DeployedFunction> => ({
    code: zipOf(source, name),
    codeSha256: source,
    revision: source,
  });

  beforeEach(() => {
    core = {
      accountId: '123456789012',
      region: 'us-east-1',
      clock: createClock(START_MS),
      journal: createJournal(),
      principals: createPrincipals('123456789012', START_MS),
      services: new Map(),
      trailListeners: [],
    };
    newPrincipal(core.principals, { kind: 'role', name: 'task', nowMs: START_MS });
    execution = createExecution(core, {
      endpoint: () => 'http://127.0.0.1:9',
      maxEnvironments: 2,
    });
    deployed = {
      name: 'f',
      arn: 'arn:aws:lambda:us-east-1:123456789012:function:f',
      revision: 'one',
      roleArn: 'arn:aws:iam::123456789012:role/task',
      runtime: 'nodejs24.x',
      handler: 'index.handler',
      memorySize: 512,
      timeoutSeconds: 3,
      environment: { MODE: 'audit' },
      code: OBEDIENT,
      codeSha256: 'obedient',
    };
  });
  afterEach(async () => {
    await execution.close();
  });

  it('answers what the handler answers, from one environment while calls do not overlap', async () => {
    const first = await invoke({ do: 'tell' });
    const second = await invoke({ do: 'tell' });

    expect(first).toMatchObject({ isError: false, payload: { calls: 1 } });
    expect(second.payload.calls).toBe(2);
  });

  it('shows the handler virtual time, from before its code was loaded', async () => {
    const first = await invoke({ do: 'tell' });
    await core.clock.advance(86_400_000);
    const second = await invoke({ do: 'tell' });

    expect(first.payload).toMatchObject({
      now: START_MS,
      today: '2026-11-22T10:00:00.000Z',
      loadedAt: START_MS,
      text: 'string',
      epoch: 0,
      isDate: true,
    });
    expect(second.payload.today).toBe('2026-11-23T10:00:00.000Z');
  });

  it('shows the handler the deployed variables and what Lambda adds, and nothing else', async () => {
    const { payload } = await invoke({ do: 'environment' });

    const { LAMBDA_TASK_ROOT, HOME, AWS_ACCESS_KEY_ID, ...others } = payload;
    expect(HOME).toBe(LAMBDA_TASK_ROOT);
    expect(core.principals.keys.get(AWS_ACCESS_KEY_ID)).toMatchObject({
      principal: { name: 'task' },
      sessionName: 'f',
      secretAccessKey: payload.AWS_SECRET_ACCESS_KEY,
      sessionToken: payload.AWS_SESSION_TOKEN,
    });
    expect(others).toEqual({
      MODE: 'audit',
      AWS_REGION: 'us-east-1',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_LAMBDA_FUNCTION_NAME: 'f',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/f',
      AWS_LAMBDA_LOG_STREAM_NAME: expect.stringContaining('local/[$LATEST]'),
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_SECRET_ACCESS_KEY: expect.any(String),
      AWS_SESSION_TOKEN: expect.any(String),
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
      _HANDLER: 'index.handler',
      TZ: ':UTC',
    });
  });

  it('hands the handler a context with its deadline', async () => {
    const { payload } = await invoke({ do: 'context' });

    expect(payload).toMatchObject({
      awsRequestId: 'request-1',
      functionName: 'f',
      invokedFunctionArn: deployed.arn,
      memoryLimitInMB: '512',
      remaining: 3000,
    });
  });

  it('keeps what was written, line by line and by invocation', async () => {
    const first = await invoke({ do: 'write' });
    const second = await invoke({ do: 'tell' });

    expect(first.logLines).toEqual(['loaded', 'one', 'two', 'three']);
    expect(second.logLines).toEqual([]);
  });

  it.each([
    ['throws an error', { do: 'throw' }, 'RangeError', 'too far'],
    ['throws a text', { do: 'throw-text' }, 'string', 'text'],
    ['answers what JSON cannot say', { do: 'loop' }, 'Runtime.MarshalError', /stringify/],
  ])('fails and goes on where the handler %s', async (_what, event, errorType, errorMessage) => {
    const failed = await invoke(event);
    const next = await invoke({ do: 'tell' });

    expect(failed).toMatchObject({ isError: true, payload: { errorType } });
    expect(failed.payload.errorMessage).toMatch(errorMessage);
    expect(next.payload.calls).toBe(2);
  });

  it.each([
    ['exits with 0', { do: 'exit', code: 0 }, 'Runtime.ExitError', /exited without providing/],
    ['exits with 3', { do: 'exit', code: 3 }, 'Runtime.ExitError', /request-1 .*exit status 3/],
    ['throws outside of the call', { do: 'stray' }, 'TypeError', 'stray'],
  ])('fails and starts afresh where the handler %s', async (_what, event, errorType, message) => {
    await invoke({ do: 'tell' });

    const failed = await invoke(event);
    const next = await invoke({ do: 'tell' });

    expect(failed).toMatchObject({ isError: true, payload: { errorType } });
    expect(failed.payload.errorMessage).toMatch(message);
    expect(next.payload.calls).toBe(1);
  });

  it('fails with a timeout when virtual time passes the deadline', async () => {
    await invoke({ do: 'tell' });
    const hanging = invoke({ do: 'hang' });
    await new Promise((resolve) => setImmediate(resolve));

    await core.clock.advance(3000);

    const failed = await hanging;
    expect(failed.payload).toMatchObject({
      errorType: 'Sandbox.Timedout',
      errorMessage: 'RequestId: request-1 Error: Task timed out after 3.00 seconds',
    });
    expect((await invoke({ do: 'tell' })).payload.calls).toBe(1);
  });

  it('fails with a timeout when a handler hangs in real time, so that the clock can go on', async () => {
    const impatient = createExecution(core, { endpoint: () => 'http://127.0.0.1:9', guardMs: 50 });

    const invocation = { requestId: 'request-1', payload: '{"do":"hang"}' };
    const failed = await impatient.invoke(deployed, invocation);

    expect(JSON.parse(failed.payload).errorType).toBe('Sandbox.Timedout');
    await impatient.close();
  });

  it('fails with a timeout after as long in reality where nobody moves time, which moves then', async () => {
    const failed = await invoke({ do: 'wait', ms: 60_000 }, { timeoutSeconds: 1 });

    expect(failed.payload.errorType).toBe('Sandbox.Timedout');
    expect(core.clock.nowMs()).toBe(START_MS + 1000);
  });

  it('runs overlapping calls in environments of their own, up to a bound', async () => {
    const calls = await Promise.all([1, 2, 3].map(() => invoke({ do: 'wait', ms: 10 })));

    expect(calls.map(({ payload }) => payload).sort()).toEqual([1, 1, 2]);
  });

  it('uses no environment of an earlier revision', async () => {
    await invoke({ do: 'tell' });

    const { payload } = await invoke({ do: 'tell' }, { revision: 'two' });

    expect(payload.calls).toBe(1);
  });

  it('ends environments on request, failing what they run', async () => {
    await invoke({ do: 'tell' });
    const hanging = invoke({ do: 'hang' });
    await new Promise((resolve) => setImmediate(resolve));

    await execution.terminateEnvironments('f');
    await execution.terminateEnvironments('unknown');

    expect((await hanging).payload.errorType).toBe('Runtime.ExitError');
    expect((await invoke({ do: 'tell' })).payload.calls).toBe(1);
  });

  it('loads CommonJS, in a folder below', async () => {
    const changes = codeOf('exports.handler = (event) => event.n + 1;', 'src/main.js');

    const { payload } = await invoke({ n: 1 }, { ...changes, handler: 'src/main.handler' });

    expect(payload).toBe(2);
  });

  it.each([
    ['its file is missing', { handler: 'other.handler' }, 'Runtime.ImportModuleError', /'other'/],
    ['it is not exported', { handler: 'index.other' }, 'Runtime.HandlerNotFound', /index\.other/],
    ['its module throws', codeOf('throw new RangeError("at load")'), 'RangeError', 'at load'],
    ['it has no name', { handler: 'index' }, 'Runtime.ImportModuleError', /module/],
    [
      'its role is gone',
      { roleArn: 'arn:aws:iam::123456789012:role/gone' },
      'Runtime.Unknown',
      /cannot be assumed/,
    ],
    [
      'its code writes outside',
      codeOf('1', '../../outside.mjs'),
      'Runtime.Unknown',
      /outside its folder: `\.\.\/\.\.\/outside\.mjs`/,
    ],
    [
      'its code is no zip file',
      { code: Buffer.from('PK'), codeSha256: 'broken' },
      'Runtime.Unknown',
      /./,
    ],
  ])('fails every call where %s', async (_what, changes, errorType, errorMessage) => {
    const failed = await invoke({}, changes);

    expect(failed).toMatchObject({ isError: true, payload: { errorType } });
    expect(failed.payload.errorMessage).toMatch(errorMessage);
    expect((await invoke({}, changes)).isError).toBe(true);
  });

  it('removes what it unpacked when it is closed', async () => {
    const { payload } = await invoke({ do: 'environment' });

    await execution.close();

    expect(existsSync(payload.LAMBDA_TASK_ROOT)).toBe(false);
  });
});
