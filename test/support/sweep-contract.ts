import { describe, expect, it } from 'vitest';
import { NEW_SWEEP, type SweepState } from '../../functions/core/sweep-state.ts';
import { NO_TOTALS } from '../../functions/core/sweep-totals.ts';
import type { SeenFunction, SweepPorts } from '../../functions/workflows/sweep-ports.ts';

/** Where the state of sweeps is kept. */
export type SweepSubject = Pick<
  SweepPorts,
  'readSweep' | 'writeSweep' | 'keepSeen' | 'readSeen' | 'noteHeartbeat' | 'readHeartbeat'
>;

/** A state with every field. */
export const FULL_SWEEP: SweepState = {
  version: 0,
  underway: {
    id: 'sweep-2',
    policyHash: 'hash-2',
    startedMs: 3,
    leaseUntilMs: 4,
    marker: 'marker-1',
    parts: 2,
    totals: {
      ...NO_TOTALS,
      scanned: 7,
      violations: {
        'LVG.1': {
          functions: 1,
          names: ['"stray" \u{1F512}'],
          severity: 'high',
          fresh: 1,
          freshNames: ['"stray" \u{1F512}'],
          heldNames: [],
        },
      },
      planned: { revert: 1 },
    },
  },
  last: { id: 'sweep-1', policyHash: 'hash-1', startedMs: 1, endedMs: 2 },
  digest: { key: 'LVG.1', atMs: 2 },
  isOverdueTold: true,
  heartbeat: { sentMs: 2, isMissingTold: true },
};

/** A function that a sweep has listed. */
export function seenOf(functionName: string): SeenFunction {
  const attachment = {
    vpcId: 'vpc-1',
    subnetIds: ['subnet-1'],
    securityGroupIds: ['sg-1'],
    ipv6AllowedForDualStack: false,
  };
  return { functionName, attachments: [attachment] };
}

/** What every keeper of sweeps does. */
export function describeSweepContract(name: string, create: () => Promise<SweepSubject>): void {
  describe(`${name} as the keeper of the state of sweeps`, () => {
    it('knows of no sweep in an account that nobody has swept', async () => {
      const { readSweep } = await create();

      expect(await readSweep()).toEqual(NEW_SWEEP);
    });

    it('reads a state back as it was written, with the next version', async () => {
      const { readSweep, writeSweep } = await create();

      const written = await writeSweep(FULL_SWEEP);

      expect(written).toStrictEqual({ ...FULL_SWEEP, version: 1 });
      expect(await readSweep()).toStrictEqual(written);
    });

    it('writes over the version that was read, what is absent included', async () => {
      const { readSweep, writeSweep } = await create();
      const { underway: _, ...ended } = await writeSweep(FULL_SWEEP);

      await writeSweep(ended);

      expect(await readSweep()).toStrictEqual({ ...ended, version: 2 });
    });

    it.each([0, 1, 3])('refuses to write over version %s where 2 stands', async (version) => {
      const { readSweep, writeSweep } = await create();
      await writeSweep(await writeSweep(NEW_SWEEP));

      await expect(writeSweep({ ...FULL_SWEEP, version })).rejects.toMatchObject({
        code: 'RECORD_STALE',
      });
      expect(await readSweep()).toEqual({ version: 2 });
    });

    it('lets one of two workers write that read the same version', async () => {
      const { writeSweep } = await create();

      const outcomes = await Promise.allSettled([writeSweep(NEW_SWEEP), writeSweep(FULL_SWEEP)]);

      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    });
  });

  describe(`${name} as the keeper of what sweeps have listed`, () => {
    it('reads the first parts in their order, and none of another sweep', async () => {
      const { keepSeen, readSeen } = await create();
      const parts = Array.from({ length: 12 }, (_, part) => [seenOf(`a-${part}`), seenOf('b')]);
      for (const [part, seen] of parts.entries()) await keepSeen('one', part, seen);
      await keepSeen('two', 0, [seenOf('other')]);

      expect(await all(readSeen('one', 0))).toEqual([]);
      expect(await all(readSeen('one', 11))).toEqual(parts.slice(0, 11).flat());
      expect(await all(readSeen('two', 1))).toEqual([seenOf('other')]);
    });

    it('keeps what was kept last of a part that is kept again, be it nothing', async () => {
      const { keepSeen, readSeen } = await create();
      await keepSeen('one', 0, [seenOf('a'), seenOf('b')]);
      await keepSeen('one', 1, [seenOf('c')]);

      await keepSeen('one', 0, []);

      expect(await all(readSeen('one', 2))).toEqual([seenOf('c')]);
    });

    it('says so where a part is not there, or not any more', async () => {
      const { keepSeen, readSeen } = await create();
      await keepSeen('one', 0, [seenOf('a')]);

      await expect(all(readSeen('one', 2))).rejects.toMatchObject({ code: 'OBSERVATION_FAILED' });
    });
  });

  describe(`${name} as the keeper of heartbeats`, () => {
    it('knows of none before one came back, and then of the one that was sent last', async () => {
      const { noteHeartbeat, readHeartbeat } = await create();

      expect(await readHeartbeat()).toBeUndefined();
      await noteHeartbeat(2000);
      expect(await readHeartbeat()).toBe(2000);
      await noteHeartbeat(1000);
      await noteHeartbeat(2000);
      expect(await readHeartbeat()).toBe(2000);
      await noteHeartbeat(3000);
      expect(await readHeartbeat()).toBe(3000);
    });
  });
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}
