import { describe, expect, it } from 'vitest';
import { newTrip } from '../../../functions/core/breaker.ts';
import { breakerNotice } from '../../../functions/core/notices/breaker-notice.ts';
import { toChatMessage, toFindingsMessage } from '../../../functions/core/render-notice.ts';
import { NOW_MS } from '../../support/builders.ts';

const HOME = { account: '123456789012', region: 'us-east-1' };
const why = {
  atMs: NOW_MS,
  policyHash: 'abc123',
  limit: { max: 25, perMinutes: 15 },
  count: 26,
};
const byLimit = breakerNotice(newTrip({ ...why, reason: 'limit' }), HOME);
const byPolicy = breakerNotice(newTrip({ ...why, reason: 'new-policy' }), HOME);

describe('breakerNotice', () => {
  it('says how many remediations in which window tripped it, and what is withheld now', () => {
    expect(byLimit).toMatchObject({
      kind: 'breaker',
      severity: 'critical',
      remediation: 'withheld',
      subject: '[critical] the breaker tripped in 123456789012, us-east-1: 26 remediations',
      findings: [],
      at: '2026-11-22T09:00:00.000Z',
    });
    expect(byLimit.text).toContain('tripped at 2026-11-22 09:00:00 UTC');
    expect(byLimit.text).toContain('26 remediations were wanted within 15 min');
    expect(byLimit.text).toContain('`limits.accountRemediations` allows 25 within 15 min');
    expect(byLimit.text).toContain('every revert, fallback and quarantine is withheld');
  });

  it('says of a new policy which one, and that nothing was done by it', () => {
    expect(byPolicy.subject).toMatch(/us-east-1: a new policy wants 26 or more/);
    expect(byPolicy.text).toContain('with the hash abc123');
    expect(byPolicy.text).toContain('None of them was done.');
  });

  it('says how to look, to approve and to reset', () => {
    expect(byLimit.nextSteps).toEqual([
      expect.stringMatching(/explain FUNCTION.*`\{"mode":"audit"\}`/),
      expect.stringContaining('breaker approve --plan FILE'),
      expect.stringContaining('breaker reset --reason TEXT'),
    ]);
  });

  it('has one id a trip and account, and one thread an account', () => {
    const later = breakerNotice(newTrip({ ...why, atMs: NOW_MS + 1, reason: 'limit' }), HOME);
    const elsewhere = breakerNotice(newTrip({ ...why, reason: 'limit' }), {
      ...HOME,
      region: 'eu-west-1',
    });

    expect(new Set([byLimit.id, later.id, elsewhere.id]).size).toBe(3);
    expect(later.threadId).toBe(byLimit.threadId);
    expect(elsewhere.threadId).not.toBe(byLimit.threadId);
  });

  it('tells machines what it says', () => {
    const machine = JSON.parse(JSON.parse(toFindingsMessage(byPolicy)).default);
    const { atMs: _, ...facts } = why;

    expect(machine.breaker).toEqual({ ...HOME, ...facts, reason: 'new-policy' });
  });

  it('is about no single function', () => {
    expect(JSON.parse(JSON.parse(toFindingsMessage(byLimit)).default)).not.toHaveProperty(
      'functionArn',
    );
    expect(JSON.parse(toChatMessage(byLimit)).metadata.relatedResources).toEqual([]);
  });
});
