import { describe, expect, it } from 'vitest';
import {
  type AccountItem,
  approvePlan,
  breakerOf,
  NEW_ACCOUNT,
  noteTold,
  type Step,
  tripOnce,
} from '../../functions/core/account-item.ts';
import { newTrip } from '../../functions/core/breaker.ts';
import { spendToken } from '../../functions/core/token.ts';
import { describeBreakerContract } from '../support/breaker-contract.ts';
import { type BudgetSubject, describeBudgetContract } from '../support/budget-contract.ts';
import { ARN, NOW_MS } from '../support/builders.ts';

/** An account item that lives in memory. */
async function createSubject(): Promise<BudgetSubject> {
  let item = NEW_ACCOUNT;
  let nowMs = NOW_MS;
  const take = <Answer>(step: Step<Answer>): Answer => {
    item = step.item ?? item;
    return step.answer;
  };
  const set = async (given: Partial<AccountItem>): Promise<void> => {
    item = { ...item, ...given };
  };
  return {
    nowMs: () => nowMs,
    takeToken: async (request, limit) => take(spendToken(item, request, { limit, nowMs })),
    readBreaker: async () => breakerOf(item),
    tripBreaker: async (wanted) => take(tripOnce(item, newTrip({ ...wanted, atMs: nowMs }))),
    noteTripTold: async (tripId) => take(noteTold(item, tripId)),
    approvePolicy: (approvedPolicy) => set({ approvedPolicy }),
    setMode: (mode) => set({ mode }),
    resetBreaker: () => set({ breaker: 'closed' }),
    tripByHand: () => set({ breaker: 'tripped' }),
    approvePlan: async (plan) => {
      const act = { command: 'breaker approve', by: 'arn', atMs: nowMs, reason: 'a test' };
      take(approvePlan(item, act, plan));
    },
    passMinutes: (minutes) => {
      nowMs += minutes * 60_000;
    },
  };
}

describeBudgetContract('an item in memory', createSubject);

describeBreakerContract('an item in memory', createSubject);

describe('spendToken', () => {
  const limit = { max: 2, perMinutes: 15 };
  const request = { remediationId: 'c', functionArn: ARN, policyHash: 'test', isCounted: true };

  it('drops what is older than the window', () => {
    const item = { ...NEW_ACCOUNT, spentMs: { old: NOW_MS - 15 * 60_000, young: NOW_MS - 1 } };

    const { item: after } = spendToken(item, request, { limit, nowMs: NOW_MS });

    expect(after?.spentMs).toEqual({ young: NOW_MS - 1, c: NOW_MS });
  });

  it('writes nothing where it withholds what somebody tells of already', () => {
    const limited = { ...request, remediationId: 'd' };
    const first = spendToken(NEW_ACCOUNT, request, { limit: { ...limit, max: 0 }, nowMs: NOW_MS });
    const item = first.item ?? NEW_ACCOUNT;

    expect(spendToken(item, limited, { limit, nowMs: NOW_MS + 1 })).not.toHaveProperty('item');
  });
});
