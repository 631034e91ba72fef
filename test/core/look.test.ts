import { describe, expect, it } from 'vitest';
import { isCompliant, isHeld, violationsOf } from '../../functions/core/look.ts';
import { ATTACHMENTS, findingOf, lookOf, NOW_MS, settledRecord } from '../support/builders.ts';

describe('isCompliant', () => {
  it.each([
    [true, []],
    [true, ['compliant', 'not-applicable']],
    [false, ['compliant', 'unknown']],
    [false, ['compliant', 'violation']],
  ] as const)('is %s of %j', (expected, statuses) => {
    expect(isCompliant(statuses.map((status) => findingOf(status)))).toBe(expected);
  });
});

describe('violationsOf', () => {
  it('is what says no', () => {
    const all = [findingOf('compliant'), findingOf('violation'), findingOf('unknown')];

    expect(violationsOf(all)).toEqual([findingOf('violation')]);
  });
});

describe('isHeld', () => {
  const hold = { untilMs: NOW_MS + 1, attachment: ATTACHMENTS.forbidden, reason: 'r' };

  it.each([
    [true, 'for the time given', hold],
    [false, 'after it', { ...hold, untilMs: NOW_MS }],
    [false, 'for another attachment', { ...hold, attachment: ATTACHMENTS.detached }],
  ])('is %s %s', (expected, _, given) => {
    expect(isHeld(lookOf({ record: settledRecord({ hold: given }) }))).toBe(expected);
  });

  it('is false without a hold', () => {
    expect(isHeld(lookOf())).toBe(false);
  });
});
