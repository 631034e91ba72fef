import type { HistoryEvent } from '../../../functions/core/history.ts';
import { toIsoTime } from '../../../functions/core/iso-time.ts';
import { matchesFunction } from '../../../functions/core/rescan-request.ts';
import type { ReportedRemediation } from '../report/report.ts';
import type { ScanTable } from './scan-table.ts';

const DAYS = 30;
const MS_PER_DAY = 86_400_000;
/** More are of no use in a report: each function's own history has them all. */
const MOST = 1_000;

/** What the guardrail did, and what it found no way to do. */
const TOLD: ReadonlySet<HistoryEvent> = new Set([
  'done',
  'landed',
  'failed',
  'refused',
  'withheld',
  'lifted',
  'resolved',
]);

/** Reads what the guardrail did within the last month; undefined where its table may not be read. */
export async function readTimeline(
  { readHistory }: Pick<ScanTable, 'readHistory'>,
  patterns: readonly string[],
  nowMs: number,
): Promise<readonly ReportedRemediation[] | undefined> {
  const entries = await readHistory(nowMs - DAYS * MS_PER_DAY);
  return entries
    ?.filter(({ event, functionArn }) => TOLD.has(event) && matchesFunction(patterns, functionArn))
    .slice(-MOST)
    .map(({ atMs, functionArn, event, why, remediation, controlIds, who }) => ({
      at: toIsoTime(atMs),
      functionArn,
      event,
      why,
      ...(remediation === undefined ? {} : { remediation }),
      ...(controlIds === undefined ? {} : { controlIds }),
      ...(who === undefined ? {} : { who }),
    }));
}
