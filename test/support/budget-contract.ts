import { beforeEach, describe, expect, it } from 'vitest';
import type { Limit } from '../../functions/core/policy.ts';
import type { Ports } from '../../functions/workflows/ports.ts';

/** A budget under test, untouched, and what an operator and time do to it. */
export interface BudgetSubject {
  readonly takeToken: Ports['takeToken'];
  readonly setMode: (mode: 'enforce' | 'audit') => Promise<void>;
  readonly resetBreaker: () => Promise<void>;
  readonly passMinutes: (minutes: number) => void;
}

const LIMIT: Limit = { max: 2, perMinutes: 15 };
const GRANTED = { status: 'granted' };
const KILLED = { status: 'withheld', reason: 'mode-audit' };
const TRIPPED = { status: 'withheld', reason: 'breaker-tripped' };
/** What every keeper of the account's budget does. */
export function describeBudgetContract(name: string, create: () => Promise<BudgetSubject>): void {
  describe(`${name} as the account's budget`, () => {
    let subject: BudgetSubject;
    const take = (id: string, isCounted = true) => subject.takeToken(id, isCounted, LIMIT);

    beforeEach(async () => {
      subject = await create();
    });

    it('grants as many remediations as the limit allows, then trips the breaker', async () => {
      expect(await take('a')).toEqual(GRANTED);
      expect(await take('b')).toEqual(GRANTED);
      expect(await take('c')).toEqual(TRIPPED);
    });

    it('spends a remediation once, however often it asks', async () => {
      await take('a');
      await take('a');

      expect(await take('a')).toEqual(GRANTED);
      expect(await take('b')).toEqual(GRANTED);
    });

    it('grants again what was spent before the breaker tripped', async () => {
      await take('a');
      await take('b');
      await take('c');

      expect(await take('a')).toEqual(GRANTED);
      expect(await take('c')).toEqual(TRIPPED);
    });

    it('makes room again when the window has passed', async () => {
      await take('a');
      subject.passMinutes(8);
      await take('b');
      subject.passMinutes(8);

      expect(await take('c')).toEqual(GRANTED);
      expect(await take('d')).toEqual(TRIPPED);
    });

    it('keeps the breaker tripped after the window until an operator resets it', async () => {
      await take('a');
      await take('b');
      await take('c');
      subject.passMinutes(60);

      expect(await take('d')).toEqual(TRIPPED);

      await subject.resetBreaker();

      expect(await take('d')).toEqual(GRANTED);
    });

    it('withholds everything under the kill switch, spent or counted or not', async () => {
      await take('a');
      await subject.setMode('audit');

      expect(await take('a')).toEqual(KILLED);
      expect(await take('b')).toEqual(KILLED);
      expect(await take('b', false)).toEqual(KILLED);
    });

    it('obeys a kill switch that was thrown before anything was spent, and its end', async () => {
      await subject.setMode('audit');

      expect(await take('a')).toEqual(KILLED);

      await subject.setMode('enforce');

      expect(await take('a')).toEqual(GRANTED);
      expect(await take('a')).toEqual(GRANTED);
    });

    it('grants what is not counted beside a tripped breaker, and keeps the window for the rest', async () => {
      await take('x', false);
      await take('y', false);

      expect(await take('a')).toEqual(GRANTED);
      expect(await take('b')).toEqual(GRANTED);
      expect(await take('c')).toEqual(TRIPPED);
      expect(await take('z', false)).toEqual(GRANTED);
    });

    it('grants no more than the limit to handlers that ask at the same time', async () => {
      const answers = await Promise.all(['a', 'b', 'c', 'd'].map((id) => take(id)));

      expect(answers.filter(({ status }) => status === 'granted')).toHaveLength(2);
      expect(await take('e')).toEqual(TRIPPED);
    });

    it('withholds all that is counted under a limit of none', async () => {
      const answer = await subject.takeToken('a', true, { max: 0, perMinutes: 15 });

      expect(answer).toEqual(TRIPPED);
    });
  });
}
