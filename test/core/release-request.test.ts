import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseReleaseRequest } from '../../functions/core/release-request.ts';

const HOME = { account: '123456789012', region: 'us-east-1' };
const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:orders';
const GOOD = { function: 'orders', reason: 'approved in change 7' };

describe('parseReleaseRequest', () => {
  it.each([
    { payload: GOOD, more: { force: false } },
    { payload: { ...GOOD, function: ARN }, more: { force: false } },
    { payload: { ...GOOD, force: false }, more: { force: false } },
    { payload: { ...GOOD, force: true }, more: { force: true, holdHours: 24 } },
    { payload: { ...GOOD, force: true, holdHours: 168 }, more: { force: true, holdHours: 168 } },
  ])('reads $payload', ({ payload, more }) => {
    expect(parseReleaseRequest(payload, HOME)).toEqual({
      ok: true,
      request: { functionArn: ARN, reason: 'approved in change 7', ...more },
    });
  });

  it('makes one line of the reason', () => {
    const parsed = parseReleaseRequest({ ...GOOD, reason: '  a\nb ' }, HOME);

    expect(parsed.ok && parsed.request.reason).toBe('a b');
  });

  it('hides what looks like a secret in the reason', () => {
    const parsed = parseReleaseRequest({ ...GOOD, reason: 'with password: hunter2' }, HOME);

    expect(parsed.ok && parsed.request.reason).toBe('with password: …');
  });

  it('keeps a reason of 500 characters as it is', () => {
    const parsed = parseReleaseRequest({ ...GOOD, reason: `${'x '.repeat(249)}xx` }, HOME);

    expect(parsed.ok && parsed.request.reason).toBe(`${'x '.repeat(249)}xx`);
  });

  it.each([
    { payload: undefined, faults: ['the payload: expected an object, got nothing'] },
    {
      payload: {},
      faults: [
        '`function`: expected a function of account 123456789012 in us-east-1 by name or ARN, got nothing',
        '`reason`: expected 1 to 500 characters, got nothing',
      ],
    },
    {
      payload: { ...GOOD, function: 'nightly-*', reason: ' ', hold: 1 },
      faults: [
        'unknown key `hold`: expected one of function, reason, force, holdHours',
        '`function`: expected a function of account 123456789012 in us-east-1 by name or ARN, got `nightly-*`',
        '`reason`: expected 1 to 500 characters, got ` `',
      ],
    },
    {
      payload: { ...GOOD, function: ARN.replace('us-east-1', 'eu-west-1') },
      faults: [
        '`function`: expected a function of account 123456789012 in us-east-1 by name or ARN, got `arn:aws:lambda:eu-west-1:123456789012:function:orders`',
      ],
    },
    ...['orders:live', `${ARN}:7`, 'orders:$LATEST'].map((name) => ({
      payload: { ...GOOD, function: name },
      faults: [`\`function\`: expected a function without version or alias, got \`${name}\``],
    })),
    {
      payload: { ...GOOD, function: '999999999999:function:orders' },
      faults: [
        '`function`: expected a function of account 123456789012 in us-east-1 by name or ARN, got `999999999999:function:orders`',
      ],
    },
    {
      payload: { ...GOOD, reason: 'x'.repeat(501) },
      faults: [`\`reason\`: expected 1 to 500 characters, got \`${'x'.repeat(99)}…\``],
    },
    {
      payload: { ...GOOD, holdHours: 8 },
      faults: ['`holdHours`: expected only beside `"force": true`'],
    },
    {
      payload: { ...GOOD, force: 'yes' },
      faults: ['`force`: expected true or false, got the text `yes`'],
    },
    ...[0, 169, 1.5, '8'].map((holdHours) => ({
      payload: { ...GOOD, force: true, holdHours },
      faults: [`\`holdHours\`: expected a whole number from 1 to 168, got \`${holdHours}\``],
    })),
  ])('reports every fault: $faults', ({ payload, faults }) => {
    expect(parseReleaseRequest(payload, HOME)).toEqual({ ok: false, faults });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.anything(), (payload) => {
        parseReleaseRequest(payload, HOME);
      }),
    );
  });
});
