import { beforeEach, describe, expect, it, vi } from 'vitest';
import { GuardrailError } from '../../functions/core/guardrail-error.ts';
import { toMessage, toNetworkBody } from '../../functions/core/order.ts';
import { createHandler, handler } from '../../functions/handlers/enforce-on-change.ts';
import { enforceFunction } from '../../functions/workflows/enforce-function.ts';
import { enforceNetwork } from '../../functions/workflows/enforce-network.ts';
import type { Outcome } from '../../functions/workflows/outcome.ts';
import { createFakeComposition, type FakeComposition } from '../support/compositions.ts';

vi.mock(import('../../functions/workflows/enforce-function.ts'), () => ({
  enforceFunction: vi.fn<typeof enforceFunction>(),
}));
vi.mock(import('../../functions/workflows/enforce-network.ts'), () => ({
  enforceNetwork: vi.fn<typeof enforceNetwork>(),
}));
vi.mock(import('../../functions/runtime/compose.ts'), async () => {
  const { createFakeComposition: create } = await import('../support/compositions.ts');
  return { composeEnforce: () => create().composed };
});

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:orders-api';
const OTHER_ARN = 'arn:aws:lambda:us-east-1:123456789012:function:pay-api';
const IGNORED = JSON.stringify({
  source: 'aws.s3',
  'detail-type': 'AWS API Call via CloudTrail',
  detail: { eventSource: 's3.amazonaws.com', eventName: 'CreateBucket' },
});
const STALE = new GuardrailError('record changed', { code: 'RECORD_STALE' });
const DENIED = new GuardrailError('could not write', { code: 'REMEDIATION_DENIED' });

const CHANGE = { eventId: 'event-1', eventTimeMs: 1, resourceId: 'rtb-1', ids: ['rtb-1'] };
const LOOK = { change: CHANGE, isDue: true };

const enforce = vi.mocked(enforceFunction);
const enforceChange = vi.mocked(enforceNetwork);
let fake: FakeComposition;
let handle: ReturnType<typeof createHandler>;

beforeEach(() => {
  enforce.mockReset();
  enforce.mockImplementation(async ({ functionArn }) => outcomeOf(functionArn));
  enforceChange.mockReset();
  enforceChange.mockResolvedValue({ status: 'absorbed', resourceId: 'rtb-1' });
  fake = createFakeComposition();
  handle = createHandler(fake.composed);
});

describe('a batch of orders', () => {
  it('is handled when each is, with one line for every decision', async () => {
    const answer = await handle(batch(orderFor(ARN), orderFor(OTHER_ARN)));

    expect(answer).toEqual({ batchItemFailures: [] });
    expect(enforce).toHaveBeenCalledWith(
      { functionArn: ARN, hops: 0, wake: false },
      fake.composed.ports,
      fake.composed.settings,
    );
    expect(fake.lines).toEqual([
      {
        level: 'info',
        message: 'function judged',
        fields: { messageId: 'message-0', ...outcomeOf(ARN) },
      },
      {
        level: 'info',
        message: 'function judged',
        fields: { messageId: 'message-1', ...outcomeOf(OTHER_ARN) },
      },
    ]);
  });

  it('answers nothing for nothing', async () => {
    expect(await handle({ Records: [] })).toEqual({ batchItemFailures: [] });
  });

  it.each([
    ['RECORD_STALE', STALE, { code: 'RECORD_STALE', fault: 'record changed' }],
    ['an error that nobody expected', new TypeError('x'), { code: 'UNEXPECTED' }],
  ])('is delivered again where %s was thrown, and only there', async (_, error, fields) => {
    enforce.mockImplementation(async ({ functionArn }) => {
      if (functionArn === ARN) throw error;
      return outcomeOf(functionArn);
    });

    const answer = await handle(batch(orderFor(ARN), orderFor(OTHER_ARN)));

    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-0' }] });
    expect(fake.aside).toEqual([]);
    expect(fake.lines.filter(({ level }) => level === 'warn')).toEqual([
      {
        level: 'warn',
        message: 'message returned to the queue',
        fields: expect.objectContaining({ messageId: 'message-0', functionArn: ARN, ...fields }),
      },
    ]);
    expect(fake.lines).toHaveLength(2);
  });

  it('is set aside with its fault where no retry helps', async () => {
    enforce.mockRejectedValueOnce(DENIED);

    const answer = await handle(batch(orderFor(ARN), orderFor(OTHER_ARN)));

    expect(answer).toEqual({ batchItemFailures: [] });
    expect(fake.aside).toEqual([{ body: orderFor(ARN), fault: 'could not write' }]);
    expect(fake.lines).toContainEqual({
      level: 'error',
      message: 'message set aside',
      fields: {
        messageId: 'message-0',
        functionArn: ARN,
        code: 'REMEDIATION_DENIED',
        fault: 'could not write',
      },
    });
  });

  it('looks at one function after the other where two messages name the same', async () => {
    const order: string[] = [];
    enforce.mockImplementation(async ({ functionArn, hops }) => {
      order.push(`begin ${hops}`);
      await Promise.resolve();
      order.push(`end ${hops}`);
      return outcomeOf(functionArn);
    });

    await handle(batch(orderFor(ARN, 1), orderFor(ARN, 2)));

    expect(order).toEqual(['begin 1', 'end 1', 'begin 2', 'end 2']);
  });
});

describe('a change of the network', () => {
  it('is handled with one line, and counts as no decision', async () => {
    const answer = await handle(batch(toNetworkBody(CHANGE), orderFor(ARN)));

    expect(answer).toEqual({ batchItemFailures: [] });
    expect(enforceChange).toHaveBeenCalledExactlyOnceWith(LOOK, fake.composed.networkChange);
    expect(enforce).toHaveBeenCalledTimes(1);
    expect(fake.lines).toContainEqual({
      level: 'info',
      message: 'network change handled',
      fields: { messageId: 'message-0', status: 'absorbed', resourceId: 'rtb-1' },
    });
    expect(fake.counts).toEqual(['Decisions']);
  });

  it('is delivered again where a retry may help', async () => {
    enforceChange.mockRejectedValueOnce(STALE);

    const answer = await handle(batch(toNetworkBody(CHANGE), toNetworkBody(CHANGE)));

    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-0' }] });
    expect(fake.lines).toContainEqual({
      level: 'warn',
      message: 'message returned to the queue',
      fields: {
        messageId: 'message-0',
        resourceId: 'rtb-1',
        code: 'RECORD_STALE',
        fault: 'record changed',
      },
    });
  });

  it('is set aside with its fault where no retry helps', async () => {
    enforceChange.mockRejectedValueOnce(DENIED);

    const answer = await handle(batch(toNetworkBody(CHANGE)));

    expect(answer).toEqual({ batchItemFailures: [] });
    expect(fake.aside).toEqual([{ body: toNetworkBody(CHANGE), fault: 'could not write' }]);
  });
});

describe('a message that is no order', () => {
  it('is ignored with one line that says why', async () => {
    const answer = await handle(batch(IGNORED));

    expect(answer).toEqual({ batchItemFailures: [] });
    expect(enforce).not.toHaveBeenCalled();
    expect(fake.lines).toEqual([
      {
        level: 'info',
        message: 'message ignored',
        fields: { messageId: 'message-0', reason: expect.any(String) },
      },
    ]);
  });

  it.each([
    ['not JSON', 'hello'],
    ['truncated', '{"source":"aws.lambda","detail":{'],
    ['of the wrong type', '[1, 2]'],
    ['nested without end', '['.repeat(1_000_000)],
    [
      'an order with a hostile name',
      '{"source":"lambda-vpc-guardrail","order":{"functionArn":"\\n"}}',
    ],
  ])('is set aside at its first receive when it is %s', async (_, body) => {
    const answer = await handle(batch(body));

    expect(answer).toEqual({ batchItemFailures: [] });
    expect(fake.aside).toEqual([{ body, fault: expect.stringMatching(/expected/u) }]);
    expect(fake.lines).toEqual([
      {
        level: 'error',
        message: 'message set aside',
        fields: expect.objectContaining({ messageId: 'message-0', code: 'INPUT_MALFORMED' }),
      },
    ]);
    expect(fake.world.calls).toEqual([]);
    expect(fake.counts).toEqual(['SetAside']);
  });

  it('is delivered again when it cannot be set aside', async () => {
    fake.breakDeadLetterQueue();

    const answer = await handle(batch('hello', orderFor(ARN)));

    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-0' }] });
    expect(fake.lines).toContainEqual({
      level: 'error',
      message: 'message could not be set aside',
      fields: expect.objectContaining({
        code: 'INPUT_MALFORMED',
        sendFault: 'Error: the dead-letter queue is gone',
      }),
    });
  });
});

describe('what is counted', () => {
  it.each([
    [{}, ['Decisions']],
    [{ verdict: 'violation' }, ['Decisions', 'Violations']],
    [{ verdict: 'violation', remediation: 'revert' }, ['Decisions', 'Violations', 'Remediations']],
    [{ remediation: 'release' }, ['Decisions', 'Remediations']],
    [{ verdict: 'violation', remediation: 'withheld' }, ['Decisions', 'Violations', 'Withheld']],
  ] as const)('of %o is %j', async (fields, counts) => {
    enforce.mockResolvedValueOnce({ ...outcomeOf(ARN), ...fields });

    await handle(batch(orderFor(ARN)));

    expect(fake.counts).toEqual(counts);
  });
});

describe('a payload that is no batch', () => {
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['text', 'text'],
    ['a batch without records', {}],
    ['records without bodies', { Records: [{ messageId: 'a' }] }],
    ['records of nothing', { Records: [null] }],
  ])('is refused with one message: %s', async (_, payload) => {
    await expect(handle(payload)).rejects.toMatchObject({
      code: 'INPUT_MALFORMED',
      message: 'payload is malformed: expected a batch of queue messages in `Records`',
    });
  });
});

describe('the deployed handler', () => {
  it('is composed once and answers batches', async () => {
    expect(await handler(batch(orderFor(ARN)), {} as never)).toEqual({ batchItemFailures: [] });
  });
});

function outcomeOf(functionArn: string): Outcome {
  return { functionArn, verdict: 'compliant', remediation: 'none', reason: 'all is well' };
}

function orderFor(functionArn: string, hops = 0): string {
  return toMessage({ functionArn, hops, wake: false });
}

function batch(...bodies: readonly string[]) {
  return { Records: bodies.map((body, index) => ({ messageId: `message-${index}`, body })) };
}
