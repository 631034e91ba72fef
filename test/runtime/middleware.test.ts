import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import { GuardrailError } from '../../functions/core/guardrail-error.ts';
import { count } from '../../functions/runtime/metrics.ts';
import { deploy } from '../../functions/runtime/middleware.ts';

const CONTEXT = {
  functionName: 'guardrail-enforce',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:guardrail-enforce',
  memoryLimitInMB: '512',
  awsRequestId: 'request-1',
} as never;

let stdout: MockInstance<typeof process.stdout.write>;
let stderr: MockInstance<typeof process.stderr.write>;

beforeEach(() => {
  stdout = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});

afterEach(() => {
  vi.restoreAllMocks();
});

describe('deploy', () => {
  it('answers what the handler answers, and writes nothing of its own', async () => {
    const handler = deploy(async (payload) => ({ payload }));

    expect(await handler({ a: 1 }, CONTEXT)).toEqual({ payload: { a: 1 } });
    expect(lines()).toEqual([]);
  });

  it('publishes what was counted as one line', async () => {
    const handler = deploy(async () => {
      count('Decisions');
      count('Decisions');
    });

    await handler({}, CONTEXT);

    expect(lines()).toEqual([
      expect.objectContaining({ service: 'lambda-vpc-guardrail', Decisions: [1, 1] }),
    ]);
    expect(JSON.stringify(lines())).toContain('"Namespace":"LambdaVpcGuardrail"');
  });

  it('fails with the message alone, and logs the classified error once', async () => {
    const handler = deploy(async () => {
      throw new GuardrailError('payload is malformed: no reason', { code: 'INPUT_MALFORMED' });
    });

    await expect(handler({}, CONTEXT)).rejects.toMatchObject({
      name: 'GuardrailError',
      message: 'payload is malformed: no reason',
      stack: '',
    });
    expect(lines()).toEqual([
      expect.objectContaining({
        level: 'ERROR',
        message: 'invocation failed',
        code: 'INPUT_MALFORMED',
        fault: 'payload is malformed: no reason',
        function_request_id: 'request-1',
      }),
    ]);
  });

  it('logs the trace of an error that nobody expected, and does not answer it', async () => {
    const handler = deploy(async () => {
      throw new TypeError('x is undefined');
    });

    await expect(handler({}, CONTEXT)).rejects.toMatchObject({ name: 'TypeError', stack: '' });
    expect(lines()).toEqual([
      expect.objectContaining({
        code: 'UNEXPECTED',
        trace: expect.stringContaining('middleware.test.ts'),
      }),
    ]);
  });
});

function lines(): readonly unknown[] {
  const written = [...stdout.mock.calls, ...stderr.mock.calls].map(([text]) => String(text));
  return written.map((text): unknown => JSON.parse(text));
}
