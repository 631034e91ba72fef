import { beforeEach, describe, expect, it } from 'vitest';
import type { Trip } from '../../functions/core/breaker.ts';
import type { Plan } from '../../functions/core/plan.ts';
import type { TokenAnswer } from '../../functions/core/token.ts';
import type { BudgetSubject } from './budget-contract.ts';

const LIMIT = { max: 2, perMinutes: 15 };
const POLICY_HASH = 'a'.repeat(64);
const NEW_POLICY = {
  reason: 'new-policy',
  policyHash: POLICY_HASH,
  limit: LIMIT,
  count: 3,
} as const;
const GRANTED: TokenAnswer = { status: 'granted' };
const KILLED: TokenAnswer = { status: 'withheld', reason: 'mode-audit' };
const TRIPPED: TokenAnswer = { status: 'withheld', reason: 'breaker-tripped' };

const arnOf = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

/** What every keeper of the account's breaker does. */
export function describeBreakerContract(name: string, create: () => Promise<BudgetSubject>): void {
  let subject: BudgetSubject;
  const ask = (remediationId: string, functionName = 'any') => {
    const functionArn = arnOf(functionName);
    const request = { remediationId, functionArn, policyHash: POLICY_HASH, isCounted: true };
    return subject.takeToken(request, LIMIT);
  };
  const askAtOnce = (ids: readonly string[]) => Promise.all(ids.map((id) => ask(id, 'one')));

  beforeEach(async () => {
    subject = await create();
  });

  describe(`${name} as the account's breaker`, () => {
    it('has the one who trips it tell why', async () => {
      await ask('a');
      await ask('b');

      const first = await ask('c');

      const at = { id: expect.any(String), atMs: subject.nowMs() };
      const why = { reason: 'limit', policyHash: POLICY_HASH, limit: LIMIT, count: 3 };
      expect(first).toEqual({ ...TRIPPED, untold: { ...at, ...why } });
      expect(await ask('d')).toEqual(TRIPPED);
    });

    it('has exactly one of many who meet it tell of it', async () => {
      const answers = await askAtOnce(['a', 'b', 'c', 'd', 'e', 'f']);

      expect(tripsOf(answers)).toHaveLength(1);
    });

    it('has one other tell after a minute, under the same id, where nobody noted that he did', async () => {
      const trip = await subject.tripBreaker(NEW_POLICY);
      expect(await ask('a')).toEqual(TRIPPED);
      subject.passMinutes(1);

      expect(tripsOf(await askAtOnce(['b', 'c']))).toEqual([trip]);
      expect(await ask('d')).toEqual(TRIPPED);
    });

    it('has nobody tell of what is told', async () => {
      const trip = await subject.tripBreaker(NEW_POLICY);
      await subject.noteTripTold(`${trip?.id}`);
      subject.passMinutes(60);

      expect(await ask('a')).toEqual(TRIPPED);
    });

    it('tells of the next trip by another id, whatever is noted of the one before', async () => {
      const first = await subject.tripBreaker(NEW_POLICY);
      await subject.resetBreaker();
      subject.passMinutes(5);
      const second = await subject.tripBreaker(NEW_POLICY);
      await subject.noteTripTold(`${first?.id}`);
      subject.passMinutes(1);

      expect(second?.id).not.toBe(first?.id);
      expect(tripsOf([await ask('a')])).toEqual([second]);
    });

    it('tells nothing of what an operator did by hand', async () => {
      await subject.tripByHand();
      subject.passMinutes(5);

      expect(await ask('a')).toEqual(TRIPPED);
    });

    it('is tripped once, before anything was spent, and says so', async () => {
      expect(await subject.readBreaker()).toEqual({ isTripped: false, isKilled: false });

      const trip = await subject.tripBreaker(NEW_POLICY);

      expect(trip).toMatchObject(NEW_POLICY);
      expect(await subject.tripBreaker(NEW_POLICY)).toBeUndefined();
      expect(await subject.readBreaker()).toEqual({ isTripped: true, isKilled: false });
      expect(await ask('a')).toEqual(TRIPPED);
    });

    it('is tripped under the kill switch too, and leaves that one as it is', async () => {
      await subject.setMode('audit');
      await subject.tripBreaker(NEW_POLICY);

      expect(await ask('a')).toEqual(KILLED);
      expect(await subject.readBreaker()).toEqual({ isTripped: true, isKilled: true });

      await subject.setMode('enforce');

      expect(await ask('a')).toEqual(TRIPPED);
    });

    it('remembers which policy was approved last, and goes on counting', async () => {
      await subject.approvePolicy('one');
      await ask('a');

      expect(await subject.readBreaker()).toEqual({
        isTripped: false,
        isKilled: false,
        approvedPolicy: 'one',
      });

      await subject.approvePolicy('two');

      expect(await subject.readBreaker()).toEqual({
        isTripped: false,
        isKilled: false,
        approvedPolicy: 'two',
      });
      expect(await ask('b')).toEqual(GRANTED);
      expect(await ask('c')).toMatchObject(TRIPPED);
    });
  });

  describe(`${name} under a tripped breaker with a plan`, () => {
    const approve = (given: Partial<Plan> = {}) =>
      subject.approvePlan({
        policyHash: POLICY_HASH,
        functionArns: [arnOf('one'), arnOf('two')],
        max: 2,
        expiresMs: subject.nowMs() + 30 * 60_000,
        ...given,
      });

    beforeEach(async () => {
      await subject.tripBreaker(NEW_POLICY);
    });

    it('grants what it names, and withholds the rest', async () => {
      await approve();

      expect(await ask('a', 'one')).toEqual(GRANTED);
      expect(await ask('b', 'other')).toEqual(TRIPPED);
      expect(await ask('c', 'two')).toEqual(GRANTED);
    });

    it('grants no more than its number, and one remediation once', async () => {
      await approve();
      await ask('a', 'one');
      await ask('a', 'one');
      await ask('b', 'one');

      expect(await ask('c', 'one')).toEqual(TRIPPED);
      expect(await ask('a', 'one')).toEqual(GRANTED);
    });

    it('grants no more than its number to handlers that ask at the same time', async () => {
      await approve({ max: 1 });

      const answers = await askAtOnce(['a', 'b', 'c']);

      expect(answers.filter(({ status }) => status === 'granted')).toHaveLength(1);
    });

    it.each([
      ['for another policy', { policyHash: 'b'.repeat(64) }],
      ['that has expired', { expiresMs: 0 }],
    ])('%s withholds', async (_, given) => {
      await approve(given);

      expect(await ask('a', 'one')).toEqual(TRIPPED);
    });

    it('obeys the kill switch', async () => {
      await approve();
      await subject.setMode('audit');

      expect(await ask('a', 'one')).toEqual(KILLED);
    });

    it('approves nothing of the next trip', async () => {
      await approve();
      await subject.resetBreaker();
      await subject.tripBreaker(NEW_POLICY);

      expect(await ask('a', 'one')).toEqual(TRIPPED);
    });

    it('begins anew with a new one', async () => {
      await approve({ max: 1 });
      await ask('a', 'one');
      await approve({ max: 1 });

      expect(await ask('b', 'one')).toEqual(GRANTED);
    });
  });
}

function tripsOf(answers: readonly TokenAnswer[]): readonly Trip[] {
  return answers.flatMap((answer) => ('untold' in answer ? [answer.untold] : []));
}
