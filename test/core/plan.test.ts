import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isApproved, type Plan, parsePlan, writePlan } from '../../functions/core/plan.ts';
import CASES from '../cases/plan-faults.json' with { type: 'json' };
import { ARN, NOW_MS } from '../support/builders.ts';

const HOME = { account: '123456789012', region: 'us-east-1' };
const PLACE = { file: 'plan.json', home: HOME };
const POLICY_HASH = 'a'.repeat(64);
const DOCUMENT = {
  policyHash: POLICY_HASH,
  functions: ['orders-api'],
  max: 3,
  expires: '2026-11-22T10:00:00Z',
};
const PLAN: Plan = {
  policyHash: POLICY_HASH,
  functionArns: [ARN],
  max: 3,
  expiresMs: NOW_MS + 3_600_000,
};

describe('parsePlan', () => {
  it('reads names and ARNs, each function once', () => {
    const functions = ['orders-api', ARN, '123456789012:function:orders-api', 'pay-api'];

    expect(parsePlan(JSON.stringify({ ...DOCUMENT, functions }), PLACE)).toEqual({
      ok: true,
      plan: { ...PLAN, functionArns: [ARN, ARN.replace('orders', 'pay')] },
    });
  });

  it.each(CASES)('names every fault of a plan with $why', ({ text, plan, faults }) => {
    const file = text ?? JSON.stringify({ ...DOCUMENT, ...plan });

    expect(parsePlan(file, PLACE)).toEqual({ ok: false, faults });
  });

  it('refuses more functions than the account item can hold', () => {
    const functions = Array.from({ length: 1001 }, (_, index) => `f-${index}`);

    const parsed = parsePlan(JSON.stringify({ ...DOCUMENT, functions }), PLACE);

    expect(parsed).toMatchObject({ faults: [expect.stringMatching(/got a list of 1001$/)] });
  });

  it('never throws, whatever the file holds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(parsePlan(text, PLACE)).toHaveProperty('ok');
      }),
    );
  });

  it('reads what was written as it was', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/);
    const plans = fc.record({
      policyHash: fc.constant(POLICY_HASH),
      functionArns: fc
        .uniqueArray(name, { minLength: 1, maxLength: 5 })
        .map((names) => names.map((each) => ARN.replace('orders-api', each))),
      max: fc.integer({ min: 1, max: 1000 }),
      expiresMs: fc.integer({ min: 0, max: 4_000_000_000_000 }),
    });

    fc.assert(
      fc.property(plans, (plan) => {
        expect(parsePlan(writePlan(plan), PLACE)).toEqual({ ok: true, plan });
      }),
    );
  });
});

describe('isApproved', () => {
  const planned = { functionArn: ARN, policyHash: POLICY_HASH, nowMs: NOW_MS };

  it.each([
    ['what the plan names', {}, true],
    ['the last moment before it expires', { nowMs: PLAN.expiresMs - 1 }, true],
    ['the moment at which it expires', { nowMs: PLAN.expiresMs }, false],
    ['another function', { functionArn: `${ARN}-2` }, false],
    ['another policy', { policyHash: 'b'.repeat(64) }, false],
  ])('answers for %s', (_, given, answer) => {
    expect(isApproved(PLAN, { ...planned, ...given })).toBe(answer);
  });
});
