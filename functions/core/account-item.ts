import type { Breaker, Trip } from './breaker.ts';
import type { Plan } from './plan.ts';
import type { Mode } from './policy.ts';

/** What one operator's command, or one full window, changes for every function of the account. */
export interface AccountItem {
  /** As it is written, mistyped or not; absent until somebody wrote it. */
  readonly mode?: string;
  /** As it is written; absent until somebody wrote it. */
  readonly breaker?: string;
  /** When each remediation was spent, by its id; the oldest are dropped when room is needed. */
  readonly spentMs: Readonly<Record<string, number>>;
  /** Why it is tripped; absent where an operator did it by hand. */
  readonly trip?: Trip;
  /** When somebody last took it upon himself to tell of the trip. */
  readonly tellingMs?: number;
  /** The last trip that people were told of. */
  readonly toldTrip?: string;
  /** Hash of the last policy that is known not to exceed the limit, or that an operator approved. */
  readonly approvedPolicy?: string;
  /** What an operator approves while the breaker is tripped. */
  readonly plan?: Plan;
  /** What is wrong with a plan that is written and cannot be read; never written. */
  readonly planFaults?: readonly string[];
  /** The ids of the remediations that were spent by the plan. */
  readonly planSpent: readonly string[];
  /** Who last set the mode. */
  readonly modeSet?: OperatorAct;
  /** Who last reset the breaker or approved a plan. */
  readonly breakerSet?: OperatorAct;
}

/** What an operator did, and why. */
export interface OperatorAct {
  readonly command: string;
  /** The ARN of the caller. */
  readonly by: string;
  readonly atMs: number;
  readonly reason: string;
}

/** What is answered to somebody who asked the account item, and what it becomes by that. */
export interface Step<Answer> {
  readonly answer: Answer;
  /** Absent where it stays as it is. */
  readonly item?: AccountItem;
}

/** The account item that nobody has written. */
export const NEW_ACCOUNT: AccountItem = { spentMs: {}, planSpent: [] };

/** Tells whether an operator switched the guardrail off: only the exact word lets it act. */
export function isKilled({ mode = 'enforce' }: AccountItem): boolean {
  return mode !== 'enforce';
}

/** Tells whether remediations are withheld: only the exact word lets them pass. */
export function isTripped({ breaker = 'closed' }: AccountItem): boolean {
  return breaker !== 'closed';
}

/** What the account says before anything is remedied. */
export function breakerOf(item: AccountItem): Breaker {
  const { approvedPolicy } = item;
  const status = { isTripped: isTripped(item), isKilled: isKilled(item) };
  return { ...status, ...(approvedPolicy && { approvedPolicy }) };
}

/** Trips the breaker: whoever does so tells of it, and what was approved of an earlier trip is not any more. */
export function trip({ plan, ...item }: AccountItem, why: Trip): AccountItem {
  return { ...item, breaker: 'tripped', trip: why, tellingMs: why.atMs, planSpent: [] };
}

/** Trips the breaker and answers why; undefined where it is tripped already. */
export function tripOnce(item: AccountItem, why: Trip): Step<Trip | undefined> {
  return isTripped(item) ? { answer: undefined } : { answer: why, item: trip(item, why) };
}

/** Notes that people were told of a trip; where it was reset meanwhile, nobody asks any more. */
export function noteTold(item: AccountItem, tripId: string): Step<void> {
  return item.trip?.id === tripId
    ? { answer: undefined, item: { ...item, toldTrip: tripId } }
    : { answer: undefined };
}

/** Closes the breaker, and approves a policy where one is named; answers false where it is closed already. */
export function resetBreaker(
  item: AccountItem,
  act: OperatorAct,
  policyHash: string | undefined,
): Step<boolean> {
  if (!isTripped(item)) return { answer: false };
  const { trip: why, tellingMs, toldTrip, plan, ...rest } = item;
  const approved = policyHash ?? why?.policyHash;
  return {
    answer: true,
    item: {
      ...rest,
      breaker: 'closed',
      spentMs: {},
      planSpent: [],
      breakerSet: act,
      ...(approved === undefined ? {} : { approvedPolicy: approved }),
    },
  };
}

/** Approves some of what the breaker holds back; answers false where it is closed. */
export function approvePlan(item: AccountItem, act: OperatorAct, plan: Plan): Step<boolean> {
  if (!isTripped(item)) return { answer: false };
  return { answer: true, item: { ...item, plan, planSpent: [], breakerSet: act } };
}

/** Sets the mode at run time, and keeps who wants it so; answers false where it is set already. */
export function setMode(item: AccountItem, act: OperatorAct, mode: Mode): Step<boolean> {
  return { answer: item.mode !== mode, item: { ...item, mode, modeSet: act } };
}
