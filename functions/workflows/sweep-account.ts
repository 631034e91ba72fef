import type { Digest } from '../core/digest.ts';
import { GuardrailError } from '../core/guardrail-error.ts';
import { heartbeatBackNotice, heartbeatNotice } from '../core/notices/heartbeat-notice.ts';
import { overdueNotice } from '../core/notices/overdue-notice.ts';
import type { RescanRequest } from '../core/rescan-request.ts';
import {
  dueSweep,
  type Heartbeat,
  isHeartbeatMissing,
  overdueSinceMs,
  type SweepState,
  type SweepUnderway,
} from '../core/sweep-state.ts';
import { NO_TOTALS, type SweepTotals } from '../core/sweep-totals.ts';
import { endSweep } from './end-sweep.ts';
import { openSweep } from './open-sweep.ts';
import type { Settings } from './settings.ts';
import type { Sweep } from './sweep-functions.ts';
import { checkpoint, sweepOn, type UnderwayState } from './sweep-on.ts';
import type { SweepPorts } from './sweep-ports.ts';
import { tellExpiringExemptions } from './tell-expiring-exemptions.ts';

/** What a tick came to. */
export interface SweepOutcome {
  readonly status: 'not-due' | 'busy' | 'handed-over' | 'ended';
  /** How far the sweep has come. */
  readonly sweepId?: string;
  readonly totals?: SweepTotals;
  /** What it has found; only once it has ended. */
  readonly digest?: Digest;
  /** The event of the last heartbeat should be here, and is not. */
  readonly isHeartbeatMissing: boolean;
}

/** How one tick runs. */
export interface SweepRun {
  /** Another name for each run: what the sweep is called that it may begin. */
  readonly runId: string;
  /** When it has to hand over. */
  readonly untilMs: number;
}

const EVERYTHING: RescanRequest = { functions: ['*'], wake: true, verdicts: false };

/**
 * Sweeps the account where a sweep is due, and goes on with one that somebody left.
 *
 * Called every few minutes: whatever stops a run, the next one goes on from where it was last written down.
 */
export async function sweepAccount(
  ports: SweepPorts,
  settings: Settings,
  run: SweepRun,
): Promise<SweepOutcome> {
  const heard = await tellHeartbeat(await ports.readSweep(), ports, settings);
  const state = await tellOverdue(heard, ports, settings);
  const isMissing = state.heartbeat?.isMissingTold === true;
  const due = dueSweep(state, settings.policy, ports.nowMs());
  if (due === 'busy' || due === 'not-due') return { status: due, isHeartbeatMissing: isMissing };
  const underway =
    due === 'go-on' && state.underway !== undefined
      ? state.underway
      : begin(run.runId, settings.policy.hash, ports.nowMs());
  const taken = await take({ ...state, underway }, ports);
  if (taken === undefined) return { status: 'busy', isHeartbeatMissing: isMissing };
  await tellExpiringExemptions(ports, settings);
  const opened = await openSweep(EVERYTHING, ports, settings);
  const sweep = await resume(
    { ...opened, newSinceMs: taken.digest?.atMs ?? 0 },
    taken.underway,
    ports,
  );
  const swept = await sweepOn(sweep, taken, { ports, settings, untilMs: run.untilMs });
  const { id: sweepId, totals } = swept.state.underway;
  if (!swept.isFinished) {
    return { status: 'handed-over', sweepId, totals, isHeartbeatMissing: isMissing };
  }
  const digest = await endSweep(sweep, swept.state, { ports, settings });
  return { status: 'ended', sweepId, totals, digest, isHeartbeatMissing: isMissing };
}

/** One of two ticks that come at once goes on; undefined for the other one. */
async function take(state: UnderwayState, ports: SweepPorts): Promise<UnderwayState | undefined> {
  try {
    return await checkpoint(state, ports);
  } catch (error) {
    if (error instanceof GuardrailError && error.code === 'RECORD_STALE') return undefined;
    throw error;
  }
}

function begin(id: string, policyHash: string, nowMs: number): SweepUnderway {
  return { id, policyHash, startedMs: nowMs, leaseUntilMs: 0, parts: 0, totals: NO_TOTALS };
}

/**
 * Tells that the event of a heartbeat did not come back, and that one came back again: once each.
 *
 * Published first: a crash tells twice rather than never.
 */
async function tellHeartbeat(
  state: SweepState,
  ports: SweepPorts,
  { deployment: { account, region }, policy }: Settings,
): Promise<SweepState> {
  const { heartbeat } = state;
  if (heartbeat === undefined) return state;
  const { sentMs, isMissingTold } = heartbeat;
  const nowMs = ports.nowMs();
  const seenMs = await ports.readHeartbeat();
  const isBack = seenMs !== undefined && seenMs >= sentMs;
  const isNews = isMissingTold ? isBack : isHeartbeatMissing(state, seenMs, nowMs);
  if (!isNews) return state;
  const isFirst = seenMs === undefined && heartbeat.isRepeated === undefined;
  if (isFirst) return ports.writeSweep({ ...state, heartbeat: await beatAgain(ports) });
  const { everyHours } = policy.sweep;
  const notice = isBack ? heartbeatBackNotice : heartbeatNotice;
  await ports.publish(notice({ account, region, sentMs, seenMs, everyHours, nowMs }));
  return ports.writeSweep({ ...state, heartbeat: { ...heartbeat, isMissingTold: !isBack } });
}

/** AWS: a new rule takes a while to work, so the first heartbeat of a deployment may be too early. */
async function beatAgain(ports: SweepPorts): Promise<Heartbeat> {
  const sentMs = ports.nowMs();
  await ports.sendHeartbeat(sentMs);
  return { sentMs, isRepeated: true, isMissingTold: false };
}

/** Tells once that no sweep ends; and sends the heartbeat that the end of one would have sent. */
async function tellOverdue(
  state: SweepState,
  ports: SweepPorts,
  { deployment: { account, region }, policy }: Settings,
): Promise<SweepState> {
  const nowMs = ports.nowMs();
  const { everyHours } = policy.sweep;
  const sinceMs = overdueSinceMs(state, everyHours, nowMs);
  if (sinceMs === undefined || state.isOverdueTold) return state;
  await ports.publish(overdueNotice({ account, region, sinceMs, everyHours, nowMs }));
  await ports.sendHeartbeat(nowMs);
  const isMissingTold = state.heartbeat?.isMissingTold ?? false;
  const heartbeat = { sentMs: nowMs, isMissingTold };
  return ports.writeSweep({ ...state, isOverdueTold: true, heartbeat });
}

/** Takes up what was listed before: who shares which interface, and whom not to look at again. */
async function resume(
  sweep: Sweep,
  { id, parts, marker }: SweepUnderway,
  ports: SweepPorts,
): Promise<Sweep> {
  if (parts === 0) return sweep;
  for await (const { functionName, attachments } of ports.readSeen(id, parts)) {
    sweep.seen.add(functionName);
    for (const attachment of attachments) sweep.interfaces.add(functionName, attachment);
  }
  return { ...sweep, marker };
}
