import { createControlContext } from '../../../functions/core/controls/evaluate-controls.ts';
import type { ReportedFinding } from '../../../functions/core/finding.ts';
import type { Home } from '../../../functions/core/function-name.ts';
import { toIsoTime } from '../../../functions/core/iso-time.ts';
import type { NetworkFacts } from '../../../functions/core/network.ts';
import type { CompiledPolicy } from '../../../functions/core/policy.ts';
import { matchesFunction, type RescanRequest } from '../../../functions/core/rescan-request.ts';
import type { FunctionSnapshot } from '../../../functions/core/snapshot.ts';
import type { ListedFunction } from '../../../functions/workflows/ports.ts';
import { rescanAccount } from '../../../functions/workflows/rescan-account.ts';
import type { RescanProgress } from '../../../functions/workflows/sweep-ports.ts';
import type { Report, ScanDetails } from '../report/report.ts';
import { describeFunctions } from './describe-functions.ts';
import { describeNetworks } from './describe-network.ts';
import { type ScanReads, withoutWrites } from './read-only-ports.ts';

/** What is scanned, and by which policy. */
export interface ScanAsked {
  readonly request: RescanRequest;
  readonly policy: CompiledPolicy;
  readonly home: Home;
  /** The guardrail's own functions: they are not looked at. */
  readonly ownFunctionArns: ReadonlySet<string>;
  readonly onProgress: (progress: RescanProgress) => void;
}

/** What a scan saw: the report, and what it was made of. */
export interface Scanned {
  readonly report: Report;
  readonly details: Pick<ScanDetails, 'functions' | 'networks' | 'observedAt'>;
}

/** Everything that the calls of a scan answered, for what its report does not tell. */
interface Notes {
  readonly listed: Map<string, ListedFunction>;
  readonly snapshots: Map<string, FunctionSnapshot>;
  /** Deleted between the list and the read. */
  readonly gone: Set<string>;
  network: NetworkFacts | undefined;
  /** Those with a baseline on record. */
  readonly guarded: Set<string>;
}

/** Judges an account as a rescan would, and writes nothing anywhere. */
export async function scanAccount(asked: ScanAsked, reads: ScanReads): Promise<Scanned> {
  const { request, policy, home, ownFunctionArns, onProgress } = asked;
  const notes: Notes = {
    listed: new Map(),
    snapshots: new Map(),
    gone: new Set(),
    guarded: new Set(),
    network: undefined,
  };
  const settings = {
    policy,
    controls: createControlContext(policy),
    deployment: { ...home, ownFunctionArns, ownRoleArns: new Set<string>() },
  };
  const report = await rescanAccount(request, withoutWrites(noting(reads, notes)), settings, {
    rescanId: `scan-${reads.nowMs()}`,
    untilMs: Number.POSITIVE_INFINITY,
    onProgress: async (progress) => onProgress(progress),
  });
  const { findings } = report;
  const functions = describeFunctions(report, {
    listed: [...notes.listed.values()].filter(
      ({ functionArn }) =>
        !ownFunctionArns.has(functionArn) &&
        !notes.gone.has(functionArn) &&
        matchesFunction(request.functions, functionArn),
    ),
    snapshots: notes.snapshots,
    ownerTag: policy.notify.ownerTag,
  });
  const details = {
    functions,
    networks: describeNetworks(functions, { network: notes.network, account: home.account }),
    observedAt: toIsoTime(reads.nowMs()),
  };
  return { report: { ...report, findings: findings.map(recorded(notes)) }, details };
}

/** What a scan finds good now is nobody's last good attachment before a guardrail has recorded it. */
function recorded({ guarded }: Notes): (finding: ReportedFinding) => ReportedFinding {
  return (finding) => {
    if (guarded.has(finding.functionArn)) return finding;
    const { baseline: _, ...rest } = finding;
    return rest;
  };
}

function noting(reads: ScanReads, notes: Notes): ScanReads {
  return {
    ...reads,
    listPage: async (...asked) => {
      const page = await reads.listPage(...asked);
      for (const one of page?.functions ?? []) {
        if (one.version === undefined) notes.listed.set(one.functionArn, one);
      }
      return page;
    },
    readRecords: async (functionArns) => {
      const records = await reads.readRecords(functionArns);
      for (const [functionArn, { baseline }] of records) {
        if (baseline !== undefined) notes.guarded.add(functionArn);
      }
      return records;
    },
    readSnapshot: async (functionArn) => {
      const snapshot = await reads.readSnapshot(functionArn);
      if (snapshot === undefined) notes.gone.add(functionArn);
      else notes.snapshots.set(functionArn, snapshot);
      return snapshot;
    },
    readNetwork: async (...asked) => {
      const fact = await reads.readNetwork(...asked);
      if (!('unknown' in fact)) notes.network = fact.value;
      return fact;
    },
  };
}
