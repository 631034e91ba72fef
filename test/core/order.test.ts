import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Order, parseMessage, toMessage } from '../../functions/core/order.ts';
import { envelopeOf, ORDERS_ARN } from '../support/change-record.ts';

function ownMessage(order: unknown): string {
  return JSON.stringify({ source: 'lambda-vpc-guardrail', order });
}

const ORDER = { functionArn: ORDERS_ARN, hops: 3, wake: true };

describe('parseMessage', () => {
  it('makes an order of a change', () => {
    const parsed = parseMessage(JSON.stringify(envelopeOf()));

    expect(parsed).toMatchObject({
      status: 'order',
      order: {
        functionArn: ORDERS_ARN,
        change: { eventId: '6c84fb90-0000-4000-8000-000000000003' },
        hops: 0,
        wake: false,
      },
    });
  });

  it('ignores what is not watched, with its reason', () => {
    const body = JSON.stringify(envelopeOf({ eventName: 'Invoke' }));

    expect(parseMessage(body)).toEqual({
      status: 'ignored',
      reason: 'event `Invoke` is not watched',
    });
  });

  it.each([
    { body: '', fault: 'expected JSON, got ``' },
    { body: '{"source": "aws.lam', fault: 'expected JSON, got `{"source": "aws.lam`' },
    { body: '7', fault: 'expected an EventBridge envelope, got `7`' },
    { body: ownMessage('x'), fault: '`order`: expected an object, got `x`' },
    { body: ownMessage({ ...ORDER, extra: 1 }), fault: '`order`: unknown key `extra`' },
    {
      body: ownMessage({ ...ORDER, functionArn: `${ORDERS_ARN}:1` }),
      fault: `\`order.functionArn\`: expected the ARN of a function, got \`${ORDERS_ARN}:1\``,
    },
    {
      body: ownMessage({ ...ORDER, functionArn: 7 }),
      fault: '`order.functionArn`: expected the ARN of a function, got `7`',
    },
    {
      body: ownMessage({ ...ORDER, hops: -1 }),
      fault: '`order.hops`: expected a whole number up to 100, got `-1`',
    },
    {
      body: ownMessage({ ...ORDER, hops: 101 }),
      fault: '`order.hops`: expected a whole number up to 100, got `101`',
    },
    {
      body: ownMessage({ ...ORDER, hops: '1' }),
      fault: '`order.hops`: expected a whole number up to 100, got `1`',
    },
    {
      body: ownMessage({ ...ORDER, wake: 'yes' }),
      fault: '`order.wake`: expected true or false, got `yes`',
    },
    {
      body: ownMessage({ ...ORDER, isFresh: 'yes' }),
      fault: '`order.isFresh`: expected true, got `yes`',
    },
    {
      body: ownMessage({ ...ORDER, isThorough: 1 }),
      fault: '`order.isThorough`: expected true, got `1`',
    },
    {
      body: ownMessage({ ...ORDER, after: 'rtb-1' }),
      fault: '`order.after`: expected a resource and an event, got `rtb-1`',
    },
    {
      body: ownMessage({ ...ORDER, after: { resourceId: 'rtb-1' } }),
      fault: '`order.after`: expected a resource and an event, got an object',
    },
    {
      body: ownMessage({ ...ORDER, mode: 'on' }),
      fault: '`order.mode`: expected `audit` or `enforce`, got `on`',
    },
  ])('is malformed: $fault', ({ body, fault }) => {
    expect(parseMessage(body)).toEqual({ status: 'malformed', faults: [fault] });
  });

  it('survives a megabyte of nesting', () => {
    expect(parseMessage('['.repeat(1_000_000)).status).toBe('malformed');
    expect(parseMessage('['.repeat(500_000) + ']'.repeat(500_000)).status).toBe('malformed');
    expect(parseMessage(`${'{"detail":'.repeat(100_000)}1${'}'.repeat(100_000)}`).status).toBe(
      'malformed',
    );
  });

  it('never throws, and quotes little of a body', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 2000 }), fc.json()), (body) => {
        const parsed = parseMessage(body);
        const faults = parsed.status === 'malformed' ? parsed.faults : [];
        for (const fault of faults) expect(fault.length).toBeLessThan(250);
      }),
    );
  });
});

describe('toMessage', () => {
  it('is read back as the same order, without its change', () => {
    const orders: fc.Arbitrary<Order> = fc.record(
      {
        functionArn: fc
          .stringMatching(/^[a-zA-Z0-9_-]{1,64}$/)
          .map((name) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`),
        hops: fc.integer({ min: 0, max: 100 }),
        wake: fc.boolean(),
        mode: fc.constantFrom('audit', 'enforce'),
        isFresh: fc.constant(true),
        isThorough: fc.constant(true),
        after: fc.record({ resourceId: fc.string(), eventId: fc.string() }),
      },
      { requiredKeys: ['functionArn', 'hops', 'wake'] },
    );

    fc.assert(
      fc.property(orders, (order) => {
        expect(parseMessage(toMessage(order))).toEqual({ status: 'order', order });
      }),
    );
  });

  it('drops the change of an order that is looked at again', () => {
    const parsed = parseMessage(JSON.stringify(envelopeOf()));
    const order = parsed.status === 'order' ? parsed.order : undefined;

    expect(order && JSON.parse(toMessage({ ...order, hops: 1 }))).toEqual({
      source: 'lambda-vpc-guardrail',
      order: { functionArn: ORDERS_ARN, hops: 1, wake: false },
    });
  });
});
