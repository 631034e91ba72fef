import { createColors } from 'picocolors';
import { type AccountItem, isTripped } from '../../../functions/core/account-item.ts';
import type { Trip } from '../../../functions/core/breaker.ts';
import { toIsoTime } from '../../../functions/core/iso-time.ts';
import { counted } from './counted.ts';
import { type DescribedAct, describeAct, sayAct } from './describe-act.ts';
import { type DescribedPlan, describePlan, sayPlan } from './describe-plan.ts';
import type { OperatorAccount } from './operator-account.ts';

/** The breaker of a deployment. */
export interface DescribedBreaker {
  readonly table: string;
  readonly breaker: 'closed' | 'tripped';
  /** Absent where it is closed, or was tripped by hand. */
  readonly trip?: Pick<Trip, 'reason' | 'policyHash' | 'limit' | 'count'> & {
    readonly at: string;
    readonly isTold: boolean;
  };
  /** What is approved although it is tripped. */
  readonly plan?: DescribedPlan;
  /** What is wrong with a plan that somebody wrote by hand: it approves nothing. */
  readonly planFaults?: readonly string[];
  /** What the window holds, older remediations than its minutes included; the newest last. */
  readonly spent: readonly { readonly remediationId: string; readonly at: string }[];
  /** Absent where only the table was named. */
  readonly deployedPolicy?: string;
  readonly approvedPolicy?: string;
  readonly lastSet?: DescribedAct;
}

/** Says whether the breaker is tripped, why, and what is approved. */
export function describeBreaker(
  item: AccountItem,
  { budget, deployed }: OperatorAccount,
): DescribedBreaker {
  const { approvedPolicy, breakerSet } = item;
  const spent = Object.entries(item.spentMs).sort(([, left], [, right]) => left - right);
  return {
    table: budget.tableName,
    breaker: isTripped(item) ? 'tripped' : 'closed',
    ...describeTrip(item),
    ...describeApproved(item, budget.nowMs()),
    spent: spent.map(([remediationId, atMs]) => ({ remediationId, at: toIsoTime(atMs) })),
    ...(deployed === undefined ? {} : { deployedPolicy: deployed.policyHash }),
    ...(approvedPolicy === undefined ? {} : { approvedPolicy }),
    ...(breakerSet === undefined ? {} : { lastSet: describeAct(breakerSet) }),
  };
}

/** What is left of an older trip says nothing of a breaker that was closed by hand. */
function describeTrip(item: AccountItem): Pick<DescribedBreaker, 'trip'> {
  const { trip, toldTrip } = item;
  if (trip === undefined || !isTripped(item)) return {};
  const { id, atMs, ...why } = trip;
  return { trip: { at: toIsoTime(atMs), ...why, isTold: toldTrip === id } };
}

/** What is left of a plan approves nothing of a breaker that was closed by hand, either. */
function describeApproved(
  item: AccountItem,
  nowMs: number,
): Pick<DescribedBreaker, 'plan' | 'planFaults'> {
  const { plan, planFaults, planSpent } = item;
  if (!isTripped(item)) return {};
  return {
    ...(plan === undefined ? {} : { plan: describePlan(plan, planSpent.length, nowMs) }),
    ...(planFaults === undefined ? {} : { planFaults }),
  };
}

/** Says it for people. */
export function renderBreaker(
  described: DescribedBreaker,
  { hasColors }: { readonly hasColors: boolean },
): string {
  const colors = createColors(hasColors);
  const { breaker, trip, plan, planFaults, spent, deployedPolicy, approvedPolicy, lastSet } =
    described;
  const last = spent.at(-1);
  const rows: readonly (readonly [string, string] | undefined)[] = [
    ['breaker', breaker === 'tripped' ? colors.red(breaker) : breaker],
    trip && ['because', sayTrip(trip)],
    trip && ['people', trip.isTold ? 'were told' : 'were not told yet'],
    plan && ['plan', sayPlan(plan)],
    planFaults && ['plan', `approves nothing: ${planFaults.join('; ')}`],
    ['spent', last === undefined ? 'nothing' : `${spent.length}, the last at ${last.at}`],
    deployedPolicy === undefined ? undefined : ['deployed', deployedPolicy],
    ['approved', approvedPolicy ?? 'no policy yet'],
    lastSet && ['last set', sayAct(lastSet)],
  ];
  return rows
    .filter((row) => row !== undefined)
    .map(([label, line]) => `${colors.cyan(label.padEnd(10))}${line}\n`)
    .join('');
}

function sayTrip({ at, reason, count, limit }: NonNullable<DescribedBreaker['trip']>): string {
  const wanted =
    reason === 'limit'
      ? `${counted(count, 'remediation')} ${count === 1 ? 'was' : 'were'} wanted within ${limit.perMinutes} min`
      : `a policy that nobody had approved wanted ${count} remediations or more at once`;
  return `${wanted}, and ${limit.max} are allowed; at ${at}`;
}
