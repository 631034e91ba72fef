import { beforeEach, describe, expect, it } from 'vitest';
import type { Plan } from '../../functions/core/plan.ts';
import type { Limit } from '../../functions/core/policy.ts';
import type { Ports } from '../../functions/workflows/ports.ts';

/** A budget under test, untouched, and what an operator and time do to it. */
export interface BudgetSubject
  extends Pick<
    Ports,
    'takeToken' | 'readBreaker' | 'tripBreaker' | 'noteTripTold' | 'approvePolicy'
  > {
  readonly nowMs: () => number;
  readonly setMode: (mode: 'enforce' | 'audit') => Promise<void>;
  readonly resetBreaker: () => Promise<void>;
  readonly tripByHand: () => Promise<void>;
  readonly approvePlan: (plan: Plan) => Promise<void>;
  readonly passMinutes: (minutes: number) => void;
}

const LIMIT: Limit = { max: 2, perMinutes: 15 };
const GRANTED = { status: 'granted' };
const KILLED = { status: 'withheld', reason: 'mode-audit' };
const TRIPPED = { status: 'withheld', reason: 'breaker-tripped' };
const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:orders-api';
const POLICY_HASH = 'a'.repeat(64);

/** What every keeper of the account's budget does. */
export function describeBudgetContract(name: string, create: () => Promise<BudgetSubject>): void {
  describe(`${name} as the account's budget`, () => {
    let subject: BudgetSubject;
    const ask = (remediationId: string, isCounted: boolean, limit = LIMIT) => {
      const request = { remediationId, functionArn: FUNCTION, policyHash: POLICY_HASH, isCounted };
      return subject.takeToken(request, limit);
    };
    /** Without what is to be told. */
    const take = async (...request: Parameters<typeof ask>): Promise<object> => {
      const answer = await ask(...request);
      return 'reason' in answer ? { status: answer.status, reason: answer.reason } : answer;
    };

    beforeEach(async () => {
      subject = await create();
    });

    it('grants as many remediations as the limit allows, then trips the breaker', async () => {
      expect(await take('a', true)).toEqual(GRANTED);
      expect(await take('b', true)).toEqual(GRANTED);
      expect(await take('c', true)).toEqual(TRIPPED);
    });

    it('spends a remediation once, however often it asks', async () => {
      await take('a', true);
      await take('a', true);

      expect(await take('a', true)).toEqual(GRANTED);
      expect(await take('b', true)).toEqual(GRANTED);
    });

    it('grants again what was spent before the breaker tripped', async () => {
      await take('a', true);
      await take('b', true);
      await take('c', true);

      expect(await take('a', true)).toEqual(GRANTED);
      expect(await take('c', true)).toEqual(TRIPPED);
    });

    it('makes room again when the window has passed', async () => {
      await take('a', true);
      subject.passMinutes(8);
      await take('b', true);
      subject.passMinutes(8);

      expect(await take('c', true)).toEqual(GRANTED);
      expect(await take('d', true)).toEqual(TRIPPED);
    });

    it('keeps the breaker tripped after the window until an operator resets it', async () => {
      await take('a', true);
      await take('b', true);
      await take('c', true);
      subject.passMinutes(60);

      expect(await take('d', true)).toEqual(TRIPPED);

      await subject.resetBreaker();

      expect(await take('d', true)).toEqual(GRANTED);
    });

    it('withholds everything under the kill switch, spent or counted or not', async () => {
      await take('a', true);
      await subject.setMode('audit');

      expect(await take('a', true)).toEqual(KILLED);
      expect(await take('b', true)).toEqual(KILLED);
      expect(await take('b', false)).toEqual(KILLED);
    });

    it('obeys a kill switch that was thrown before anything was spent, and its end', async () => {
      await subject.setMode('audit');

      expect(await take('a', true)).toEqual(KILLED);

      await subject.setMode('enforce');

      expect(await take('a', true)).toEqual(GRANTED);
      expect(await take('a', true)).toEqual(GRANTED);
    });

    it('grants what is not counted beside a tripped breaker, and keeps the window for the rest', async () => {
      await take('x', false);
      await take('y', false);

      expect(await take('a', true)).toEqual(GRANTED);
      expect(await take('b', true)).toEqual(GRANTED);
      expect(await take('c', true)).toEqual(TRIPPED);
      expect(await take('z', false)).toEqual(GRANTED);
    });

    it('grants no more than the limit to handlers that ask at the same time', async () => {
      const answers = await Promise.all(['a', 'b', 'c', 'd'].map((id) => take(id, true)));

      expect(answers.filter((answer) => 'reason' in answer)).toHaveLength(2);
      expect(await take('e', true)).toEqual(TRIPPED);
    });

    it('grants all at the same time that the limit allows, to whom nobody was before', async () => {
      const limit = { max: 20, perMinutes: 15 };
      const ids = Array.from({ length: 20 }, (_, index) => `id-${index}`);

      const answers = await Promise.all(ids.map((id) => take(id, true, limit)));

      expect(answers).toEqual(ids.map(() => GRANTED));
    });

    it('withholds all that is counted under a limit of none', async () => {
      expect(await take('a', true, { max: 0, perMinutes: 15 })).toEqual(TRIPPED);
    });
  });
}
