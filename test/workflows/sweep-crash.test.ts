import { describe, expect, it } from 'vitest';
import { playSweep } from '../support/sweep-crash.ts';

describe('sweepAccount whose process dies', () => {
  it('covers every kind of call that a sweep makes', async () => {
    const { calls, error, end } = await playSweep(true);

    expect(error).toBeUndefined();
    expect(new Set(calls)).toEqual(
      new Set([
        'readSweep',
        'readHeartbeat',
        'writeSweep',
        'readBreaker',
        'readNetwork',
        'readSeen',
        'listPage',
        'readRecords',
        'readSnapshot',
        'readAliases',
        'keepHistory',
        'writeRecord',
        'enqueue',
        'approvePolicy',
        'listRecorded',
        'readInterfaceQuota',
        'publish',
        'sendHeartbeat',
      ]),
    );
    expect(end.orders.size).toBe(5);
    expect(end.totals).toMatchObject({
      scanned: 12,
      compliant: 9,
      violations: { 'LVG.1': { functions: 2, fresh: 1 }, 'LVG.6': { functions: 3, fresh: 2 } },
      idle: { functions: 3, listed: 1 },
      planned: { wake: 1, quarantine: 1 },
      quarantined: { functions: 1 },
      resolved: { functions: 1 },
      deleted: { functions: 1, names: ['gone'] },
    });
    expect(end.told).toEqual([1]);
  });

  it.each([
    { how: 'before', isBegun: false },
    { how: 'after', isBegun: false },
    { how: 'before', isBegun: true },
    { how: 'after', isBegun: true },
  ] as const)(
    'ends the same by the next tick, wherever it dies $how a call (gone on with: $isBegun)',
    async ({ how, isBegun }) => {
      const undisturbed = await playSweep(isBegun);
      expect(undisturbed.calls.length).toBeGreaterThan(30);

      for (let at = 1; at <= undisturbed.calls.length; at += 1) {
        const { end, error } = await playSweep(isBegun, { at, how });

        const place = `${how} call ${at}, ${undisturbed.calls[at - 1]}`;
        expect(error, place).toBeInstanceOf(Error);
        const { told, account, ...left } = end;
        const { told: _, account: expected, ...wanted } = undisturbed.end;
        expect(left, place).toEqual(wanted);
        expect(account, place).toMatchObject({
          ...(expected as object),
          startedMs: expect.any(Number) as number,
          endedMs: expect.any(Number) as number,
        });
        expect(Math.max(...told), place).toBeLessThanOrEqual(2);
      }
    },
  );
});
