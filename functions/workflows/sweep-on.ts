import { LEASE_MS, type SweepState, type SweepUnderway } from '../core/sweep-state.ts';
import { addSwept } from '../core/sweep-totals.ts';
import type { Settings } from './settings.ts';
import { type Sweep, type SweepStep, sweepFunctions } from './sweep-functions.ts';
import type { SeenFunction, SweepPorts } from './sweep-ports.ts';

/** A sweep that is under way, in the state that says so. */
export type UnderwayState = SweepState & { readonly underway: SweepUnderway };

/** How far a run has come with a sweep. */
export interface SweptOn {
  readonly state: UnderwayState;
  /** False: the time was not enough, and the next run goes on. */
  readonly isFinished: boolean;
}

interface Means {
  readonly ports: SweepPorts;
  readonly settings: Settings;
  readonly untilMs: number;
}

/** Whoever takes over repeats no more than this. */
const CHECKPOINT_MS = 20_000;
const MOST_UNKEPT = 4000;

/** Goes on with a sweep until every function was looked at or the time is over, and writes down how far it comes. */
export async function sweepOn(
  sweep: Sweep,
  from: UnderwayState,
  { ports, settings, untilMs }: Means,
): Promise<SweptOn> {
  let state = from;
  let unkept: SeenFunction[] = [];
  let savedMs = ports.nowMs();
  const save = async (leaseMs?: number): Promise<void> => {
    const { id, parts } = state.underway;
    await ports.keepSeen(id, parts, unkept);
    unkept = [];
    const underway = { ...state.underway, parts: parts + 1 };
    state = await checkpoint({ ...state, underway }, ports, leaseMs);
    savedMs = ports.nowMs();
  };
  let isFinished = true;
  const isOver = (): boolean => {
    isFinished &&= ports.nowMs() < untilMs;
    return !isFinished;
  };
  for await (const step of sweepFunctions({ sweep, isOver }, ports, settings)) {
    unkept.push(step.seen);
    state = goneOn(state, step);
    const isDue = ports.nowMs() - savedMs >= CHECKPOINT_MS || unkept.length >= MOST_UNKEPT;
    // What the gate holds would be lost with this run.
    if (isDue && !sweep.gate.isHolding()) await save();
  }
  const isWhole = from.underway.parts === 0 || isWithinLimit(state, settings);
  await sweep.gate.close(isFinished && isWhole);
  if (!isFinished) await save(0);
  return { state, isFinished };
}

/** Writes down how far the sweep has come, and keeps others from going on with it for a while. */
export async function checkpoint(
  state: UnderwayState,
  ports: Pick<SweepPorts, 'nowMs' | 'writeSweep'>,
  leaseMs = LEASE_MS,
): Promise<UnderwayState> {
  const underway = { ...state.underway, leaseUntilMs: ports.nowMs() + leaseMs };
  return { ...(await ports.writeSweep({ ...state, underway })), underway };
}

function goneOn(state: UnderwayState, { marker, swept }: SweepStep): UnderwayState {
  const { marker: _, totals, ...underway } = state.underway;
  return {
    ...state,
    underway: {
      ...underway,
      totals: swept === undefined ? totals : addSwept(totals, swept.report),
      ...(marker === undefined ? {} : { marker }),
    },
  };
}

/** A run that goes on knows by itself no more than its own share of what the policy plans: the totals know all. */
function isWithinLimit({ underway: { totals } }: UnderwayState, { policy }: Settings): boolean {
  const { planned, unknown } = totals;
  const { revert = 0, fallback = 0, quarantine = 0 } = planned;
  const { max } = policy.limits.accountRemediations;
  return unknown.functions === 0 && revert + fallback + quarantine <= max;
}
