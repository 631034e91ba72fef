import type { Home } from '../function-name.ts';
import { toIsoTime } from '../iso-time.ts';
import type { Notice } from '../notice.ts';
import { stableId } from '../stable-id.ts';
import { moment, toSubject } from './frame-notice.ts';

/** What a notice about sweeps that do not end rests on. */
export interface OverdueSweep extends Home {
  /** When the last sweep began that ended, or the one that never did. */
  readonly sinceMs: number;
  /** So many hours lie between two sweeps. */
  readonly everyHours: number;
  readonly nowMs: number;
}

/** Tells people that sweeps fail: nobody else would, for what a sweep tells it tells at its end. */
export function overdueNotice({
  account,
  region,
  sinceMs,
  everyHours,
  nowMs,
}: OverdueSweep): Notice {
  return {
    id: stableId(account, region, `${sinceMs}`, 'sweep overdue'),
    kind: 'heartbeat',
    threadId: stableId(account, region, 'sweep overdue'),
    severity: 'critical',
    remediation: 'none',
    subject: toSubject(`[critical] no sweep has ended in ${account}, ${region}`),
    text: [
      `No sweep of account ${account}, ${region}, that began after ${moment(sinceMs)} has ended, and one should every ${everyHours} h.`,
      'Changes are still judged when they happen. What makes no event is not found until sweeps end again: idle functions, full subnets, roles that lost rights, and events that were lost.',
    ].join('\n\n'),
    nextSteps: [
      'See why the runs fail: the log of `sweep-on-schedule` has a line `invocation failed` for each, with what AWS refused',
      'See that the role of `sweep-on-schedule` may do what docs/permissions.md lists, and that nobody else uses up the quota of `ListFunctions`',
    ],
    findings: [],
    facts: { sweep: { account, region, since: toIsoTime(sinceMs), everyHours } },
    at: toIsoTime(nowMs),
  };
}
