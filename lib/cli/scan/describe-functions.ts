import { isDetached } from '../../../functions/core/attachment.ts';
import type { RescanReport } from '../../../functions/core/rescan-report.ts';
import type { FunctionSnapshot } from '../../../functions/core/snapshot.ts';
import type { ListedFunction } from '../../../functions/workflows/ports.ts';
import type { ReportedFunction, Standing } from '../report/report.ts';

/** What a scan noted of functions. */
export interface SeenFunctions {
  /** Those that were asked for. */
  readonly listed: readonly ListedFunction[];
  /** By ARN, as far as they were read. */
  readonly snapshots: ReadonlyMap<string, FunctionSnapshot>;
  readonly ownerTag: string | undefined;
}

/** Lists every function with how it stands, in order of its ARN. */
export function describeFunctions(
  report: RescanReport,
  { listed, snapshots, ownerTag }: SeenFunctions,
): readonly ReportedFunction[] {
  const standings = standingsOf(report);
  return listed
    .map(({ functionArn, attachment: listedAt }) => {
      const snapshot = snapshots.get(functionArn);
      const attachment = snapshot?.attachment ?? listedAt;
      const owner = ownerTag === undefined ? undefined : snapshot?.tags[ownerTag];
      return {
        functionArn,
        standing: standings.get(functionArn) ?? 'compliant',
        ...(isDetached(attachment) ? {} : { attachment }),
        ...stateOf(snapshot),
        ...(owner === undefined ? {} : { owner }),
      };
    })
    .toSorted((left, right) => (left.functionArn < right.functionArn ? -1 : 1));
}

function stateOf(
  snapshot: FunctionSnapshot | undefined,
): Pick<ReportedFunction, 'state' | 'isStopped'> {
  if (snapshot === undefined || snapshot.unread !== undefined) return {};
  const { state, reservedConcurrency } = snapshot;
  return { state, ...(reservedConcurrency === 0 ? { isStopped: true } : {}) };
}

/** The worst that is said of each function counts; those of which nothing is said are left out. */
function standingsOf({ findings, unknown }: RescanReport): ReadonlyMap<string, Standing> {
  const standings = new Map<string, Standing>();
  for (const { functionArn, exemption } of findings) {
    if (exemption !== undefined) standings.set(functionArn, 'exempt');
  }
  for (const { functionArn } of unknown) standings.set(functionArn, 'unknown');
  for (const { functionArn, verdict, exemption } of findings) {
    if (verdict === 'violation' && exemption === undefined) standings.set(functionArn, 'violation');
  }
  return standings;
}
