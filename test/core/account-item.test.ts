import { describe, expect, it } from 'vitest';
import {
  type AccountItem,
  approvePlan,
  isKilled,
  isTripped,
  NEW_ACCOUNT,
  noteTold,
  resetBreaker,
  setMode,
  trip,
} from '../../functions/core/account-item.ts';
import { newTrip } from '../../functions/core/breaker.ts';
import { ARN, NOW_MS } from '../support/builders.ts';

const ACT = { command: 'breaker reset', by: 'arn:aws:iam::123456789012:role/ops', atMs: NOW_MS };
const act = { ...ACT, reason: 'understood' };
const why = newTrip({
  atMs: NOW_MS - 60_000,
  reason: 'limit',
  policyHash: 'a'.repeat(64),
  limit: { max: 2, perMinutes: 15 },
  count: 3,
});
const plan = { policyHash: why.policyHash, functionArns: [ARN], max: 1, expiresMs: NOW_MS + 1 };
const open: AccountItem = { ...NEW_ACCOUNT, mode: 'enforce', spentMs: { a: 1, b: 2 } };
const tripped = trip(open, why);

describe('isKilled', () => {
  it.each([
    [undefined, false],
    ['enforce', false],
    ['audit', true],
    ['Enforce', true],
    ['', true],
  ])('answers for mode %j', (mode, answer) => {
    expect(isKilled(mode === undefined ? NEW_ACCOUNT : { ...NEW_ACCOUNT, mode })).toBe(answer);
  });
});

describe('isTripped', () => {
  it.each([
    [undefined, false],
    ['closed', false],
    ['tripped', true],
    ['open', true],
  ])('answers for breaker %j', (breaker, answer) => {
    const item = breaker === undefined ? NEW_ACCOUNT : { ...NEW_ACCOUNT, breaker };
    expect(isTripped(item)).toBe(answer);
  });
});

describe('trip', () => {
  it('keeps the window and the mode, and drops the plan of the trip before', () => {
    const { plan: _, ...rest } = { ...open, plan };

    expect(trip({ ...open, plan, planSpent: ['a'] }, why)).toEqual({
      ...rest,
      breaker: 'tripped',
      trip: why,
      tellingMs: why.atMs,
    });
  });
});

describe('noteTold', () => {
  it('notes it of this trip, and changes nothing for another one', () => {
    expect(noteTold(tripped, why.id).item).toEqual({ ...tripped, toldTrip: why.id });
    expect(noteTold(tripped, 'before')).toEqual({ answer: undefined });
    expect(noteTold(open, why.id)).toEqual({ answer: undefined });
  });
});

describe('resetBreaker', () => {
  it('closes it with an empty window, and says who did so', () => {
    const item = { ...noteTold(tripped, why.id).item, plan, planSpent: ['a'] } as AccountItem;

    expect(resetBreaker(item, act, 'b'.repeat(64))).toEqual({
      answer: true,
      item: {
        mode: 'enforce',
        breaker: 'closed',
        spentMs: {},
        planSpent: [],
        breakerSet: act,
        approvedPolicy: 'b'.repeat(64),
      },
    });
  });

  it('approves the policy of the trip where nobody knows a later one', () => {
    expect(resetBreaker(tripped, act, undefined).item?.approvedPolicy).toBe(why.policyHash);
  });

  it('approves no policy where it was tripped by hand', () => {
    const byHand = { ...open, breaker: 'tripped', approvedPolicy: 'before' };

    expect(resetBreaker(byHand, act, undefined).item).toMatchObject({ approvedPolicy: 'before' });
  });

  it('changes nothing where it is closed', () => {
    expect(resetBreaker(open, act, undefined)).toEqual({ answer: false });
  });
});

describe('approvePlan', () => {
  it('takes the place of the plan before, of which nothing is spent', () => {
    const item = { ...tripped, plan: { ...plan, max: 9 }, planSpent: ['a'] };

    expect(approvePlan(item, act, plan)).toEqual({
      answer: true,
      item: { ...tripped, plan, planSpent: [], breakerSet: act },
    });
  });

  it('changes nothing where nothing is held back', () => {
    expect(approvePlan(open, act, plan)).toEqual({ answer: false });
  });
});

describe('setMode', () => {
  it('sets it and says who did so, also over what is mistyped or missing', () => {
    for (const item of [{ ...open, mode: 'adit' }, NEW_ACCOUNT]) {
      const { answer, item: after } = setMode(item, act, 'enforce');

      expect([answer, after]).toMatchObject([true, { mode: 'enforce', modeSet: act }]);
    }
  });

  it('keeps who wants it so also where it is set already', () => {
    const answer = setMode(open, act, 'enforce');

    expect(answer).toEqual({ answer: false, item: { ...open, modeSet: act } });
  });
});
