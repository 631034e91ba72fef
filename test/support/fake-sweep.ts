import type { ReportedFinding } from '../../functions/core/finding.ts';
import { GuardrailError } from '../../functions/core/guardrail-error.ts';
import { NEW_SWEEP, type SweepState } from '../../functions/core/sweep-state.ts';
import type {
  RescanProgress,
  SeenFunction,
  SweepPorts,
} from '../../functions/workflows/sweep-ports.ts';
import { createFakeListing, type FakeListing } from './fake-listing.ts';
import { createFakeWorld, type FakeWorld } from './fakes.ts';

/** What a sweep asks of an account in memory, and what it left there. */
export interface FakeSweep extends Omit<FakeWorld, 'ports'>, Omit<FakeListing, 'listPage'> {
  readonly ports: SweepPorts;
  /** When functions were last invoked, by name. */
  readonly lastInvocations: Map<string, number>;
  /** The heartbeats that were sent; their events come back when a test notes them. */
  readonly sentHeartbeats: number[];
  readonly reports: Map<string, readonly ReportedFinding[]>;
  /** How far rescans said that they have come. */
  readonly progress: RescanProgress[];
  /** What sweeps have listed, by sweep and part. */
  readonly seen: Map<string, readonly SeenFunction[]>;
  /** The state of sweeps as it is now. */
  readonly readState: () => SweepState;
}

/** Puts the ports of a sweep on top of an account in memory, which lists so many functions on a page. */
export function createFakeSweep(world: FakeWorld = createFakeWorld(), pageSize = 50): FakeSweep {
  const { listPage, ...listing } = createFakeListing(world, pageSize);
  const lastInvocations: FakeSweep['lastInvocations'] = new Map();
  const sentHeartbeats: number[] = [];
  const reports: FakeSweep['reports'] = new Map();
  const progress: RescanProgress[] = [];
  const { state, ...table } = createSweepTable();
  const { tap } = world;
  return {
    ...world,
    ...listing,
    lastInvocations,
    sentHeartbeats,
    reports,
    progress,
    seen: table.seen,
    readState: () => state.now,
    ports: {
      ...world.ports,
      listPage: tap('listPage', listPage),
      readRecords: tap('readRecords', async (functionArns) => {
        const wanted = new Set(functionArns);
        return new Map([...world.records].filter(([functionArn]) => wanted.has(functionArn)));
      }),
      listRecorded: async function* () {
        for (const { functionArn, isDeleted, current } of world.records.values()) {
          const vpcId = isDeleted ? undefined : current?.attachment.vpcId;
          if (vpcId !== undefined) yield functionArn;
        }
      },
      readAliases: tap('readAliases', async (functionArn) => ({
        value: aliasesOf(world, functionArn),
      })),
      readLastInvocations: tap('readLastInvocations', async (names) => ({
        value: new Map([...lastInvocations].filter(([name]) => names.includes(name))),
      })),
      readSweep: tap('readSweep', async () => state.now),
      writeSweep: tap('writeSweep', table.writeSweep),
      keepSeen: tap('keepSeen', table.keepSeen),
      readSeen: table.readSeen,
      sendHeartbeat: tap('sendHeartbeat', async (sentMs) => {
        sentHeartbeats.push(sentMs);
      }),
      readHeartbeat: tap('readHeartbeat', async () =>
        world.heartbeats.length === 0 ? undefined : Math.max(...world.heartbeats),
      ),
      keepReport: tap('keepReport', async (reportId, findings) => {
        reports.set(reportId, structuredClone(findings));
      }),
      noteProgress: tap('noteProgress', async (one) => {
        progress.push(one);
      }),
    },
  };
}

/** What the table keeps of sweeps. */
function createSweepTable() {
  const state = { now: NEW_SWEEP };
  const seen: FakeSweep['seen'] = new Map();
  return {
    state,
    seen,
    writeSweep: async (wanted: SweepState): Promise<SweepState> => {
      if (wanted.version !== state.now.version) {
        throw new GuardrailError('state of the sweep changed', { code: 'RECORD_STALE' });
      }
      state.now = structuredClone({ ...wanted, version: wanted.version + 1 });
      return state.now;
    },
    keepSeen: async (sweepId: string, part: number, list: readonly SeenFunction[]) => {
      seen.set(`${sweepId}#${part}`, structuredClone(list));
    },
    readSeen: async function* (sweepId: string, parts: number) {
      for (let part = 0; part < parts; part += 1) {
        const list = seen.get(`${sweepId}#${part}`);
        if (list === undefined) {
          throw new GuardrailError('it is not there', { code: 'OBSERVATION_FAILED' });
        }
        yield* list;
      }
    },
  };
}

function aliasesOf(
  { versions, snapshots }: FakeWorld,
  functionArn: string,
): ReadonlyMap<string, readonly string[]> {
  const published = snapshots.has(functionArn) ? (versions.get(functionArn) ?? []) : [];
  const pointedAt = published.filter(({ aliases }) => aliases.length > 0);
  return new Map(pointedAt.map(({ version, aliases }) => [version, aliases]));
}
