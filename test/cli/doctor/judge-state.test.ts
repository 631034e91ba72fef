import { describe, expect, it } from 'vitest';
import { NEW_ACCOUNT } from '../../../functions/core/account-item.ts';
import type { SweepState } from '../../../functions/core/sweep-state.ts';
import { NO_TOTALS } from '../../../functions/core/sweep-totals.ts';
import { judgeBreaker, judgeMode } from '../../../lib/cli/doctor/check-operators.ts';
import { judgeHeartbeat, judgeSweep } from '../../../lib/cli/doctor/check-sweep.ts';
import { judgeProtection, judgeRecovery, judgeTable } from '../../../lib/cli/doctor/check-table.ts';
import type { Deployed } from '../../../lib/cli/doctor/doctor-account.ts';

const NOW_MS = Date.UTC(2026, 10, 22, 12);
const HOUR = 3_600_000;

const DEPLOYED: Deployed = {
  stackName: 'LambdaVpcGuardrail',
  status: 'CREATE_COMPLETE',
  mode: 'enforce',
  policyHash: 'a',
  name: 'shop',
  functionNames: { enforce: 'e', rescan: 'r', sweep: 's', release: 'l' },
  queueUrl: 'q',
  deadLetterQueueUrl: 'd',
  tableName: 't',
  findingsTopicArn: 'f',
  chatTopicArn: 'c',
};
const PLACE = { stack: 'LambdaVpcGuardrail', tableName: 't', deployed: DEPLOYED };
const AUDIT = { ...PLACE, deployed: { ...DEPLOYED, mode: 'audit' } } as const;
const { deployed: _, ...TABLE_ONLY } = PLACE;

describe('judgeMode', () => {
  const killed = {
    ...NEW_ACCOUNT,
    mode: 'audit',
    modeSet: { command: 'mode audit', by: 'ann', atMs: NOW_MS, reason: 'password=hunter2 leaked' },
  };

  it.each([
    ['enforce', NEW_ACCOUNT, PLACE, 'good'],
    ['enforce, killed', killed, PLACE, 'bad'],
    ['a mistyped mode', { ...NEW_ACCOUNT, mode: 'Enforce' }, PLACE, 'bad'],
    ['audit', NEW_ACCOUNT, AUDIT, 'off'],
    ['audit, killed', killed, AUDIT, 'off'],
    ['what is not known', NEW_ACCOUNT, TABLE_ONLY, 'good'],
    ['what is not known, killed', killed, TABLE_ONLY, 'bad'],
  ])('says of %s what it comes to', (_, item, place, answer) => {
    expect(judgeMode(item, place).answer).toBe(answer);
  });

  it('says who did it and why, without secrets, and what undoes it', () => {
    const { seen, fix } = judgeMode(killed, PLACE);

    expect(seen).toContain('mode audit at 2026-11-22T12:00:00.000Z by ann');
    expect(seen).not.toContain('hunter2');
    expect(fix).toBe('npx lambda-vpc-guardrail mode enforce --reason TEXT');
    expect(judgeMode(killed, { ...PLACE, stack: 'Own' }).fix).toContain('--stack Own');
    expect(judgeMode(killed, TABLE_ONLY).fix).toContain('--table t');
  });
});

describe('judgeBreaker', () => {
  const limit = { max: 25, perMinutes: 15 };
  const why = { id: 'i', atMs: NOW_MS, policyHash: 'a', limit, count: 26 };

  it('is good where it is closed', () => {
    expect(judgeBreaker(NEW_ACCOUNT, PLACE).answer).toBe('good');
  });

  it.each([
    ['limit', '26 remediations were wanted, and 25 in 15 minutes are allowed'],
    ['new-policy', 'a new policy wants 26 remediations or more, and 25 are allowed'],
  ] as const)('says that %s tripped it, and how it is reset', (reason, words) => {
    const item = { ...NEW_ACCOUNT, breaker: 'tripped', trip: { ...why, reason } };

    expect(judgeBreaker(item, PLACE)).toMatchObject({
      answer: 'bad',
      seen: expect.stringContaining(words) as string,
      fix: expect.stringContaining('breaker reset --reason TEXT') as string,
    });
  });

  it('says that somebody tripped it by hand', () => {
    expect(judgeBreaker({ ...NEW_ACCOUNT, breaker: 'tripped' }, PLACE).seen).toContain('by hand');
  });
});

describe('judgeSweep', () => {
  const around = { nowMs: NOW_MS, policyHash: 'a', functionName: 's' };
  const lastAt = (agoMs: number, policyHash = 'a'): SweepState => ({
    version: 1,
    last: { id: 'i', policyHash, startedMs: NOW_MS - agoMs - 60_000, endedMs: NOW_MS - agoMs },
  });
  const underwaySince = (agoMs: number): SweepState => ({
    version: 1,
    underway: {
      id: 'i',
      policyHash: 'a',
      startedMs: NOW_MS - agoMs,
      leaseUntilMs: NOW_MS,
      parts: 0,
      totals: NO_TOTALS,
    },
  });

  it.each([
    ['one ended lately', lastAt(HOUR), 'good'],
    ['one ended days ago', lastAt(72 * HOUR), 'unknown'],
    ['one ended weeks ago', lastAt(400 * HOUR), 'bad'],
    ['one ended by another policy', lastAt(HOUR, 'b'), 'unknown'],
    ['one is overdue, and people know', { ...lastAt(13 * HOUR), isOverdueTold: true }, 'bad'],
    ['none was ever', { version: 0 }, 'bad'],
    ['the first is under way', underwaySince(60_000), 'good'],
    ['one does not end', underwaySince(30 * HOUR), 'bad'],
  ] as const)('where %s', (_, state, answer) => {
    expect(judgeSweep(state, around).answer).toBe(answer);
  });

  it('does not mind another policy where only the table is known', () => {
    expect(judgeSweep(lastAt(HOUR, 'b'), { nowMs: NOW_MS }).answer).toBe('good');
  });
});

describe('judgeHeartbeat', () => {
  const sentAt = (agoMs: number): SweepState => ({
    version: 1,
    heartbeat: { sentMs: NOW_MS - agoMs, isMissingTold: false },
  });

  it.each([
    ['came back', sentAt(HOUR), NOW_MS - HOUR, 'good'],
    ['is on its way', sentAt(60_000), NOW_MS - HOUR, 'unknown'],
    ['did not come back', sentAt(HOUR), NOW_MS - 2 * HOUR, 'bad'],
    ['never came back', sentAt(HOUR), undefined, 'bad'],
    ['was never sent', { version: 0 }, undefined, 'unknown'],
  ])('that %s', (_, state, seenMs, answer) => {
    expect(judgeHeartbeat(state, seenMs, NOW_MS).answer).toBe(answer);
  });
});

describe('the table', () => {
  it.each([
    ['ACTIVE', 'good'],
    ['UPDATING', 'good'],
    ['CREATING', 'unknown'],
    ['DELETING', 'bad'],
    ['INACCESSIBLE_ENCRYPTION_CREDENTIALS', 'bad'],
  ])('that is %s: %s', (status, answer) => {
    expect(judgeTable('t', status).answer).toBe(answer);
  });

  it('has to be recoverable, and need not be protected', () => {
    expect([true, false].map((isOn) => judgeRecovery('t', isOn).answer)).toEqual(['good', 'bad']);
    expect([true, false].map((isOn) => judgeProtection('t', isOn).answer)).toEqual(['good', 'off']);
  });
});
