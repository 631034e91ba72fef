import type { CompiledPolicy } from '../../../functions/core/policy.ts';
import type { NamedPolicy } from '../scan/read-policy.ts';
import { countActs, type Met, shareOut } from './blast-radius.ts';
import { compareStandings } from './compare-standings.ts';
import { listActs } from './list-acts.ts';
import type { PlanSeen } from './plan-account.ts';
import type { Change, FunctionChange, PlannedPolicy, PlanReport } from './plan-report.ts';

/** What a plan is described from. */
export interface PlanGround {
  readonly named: NamedPolicy;
  readonly against: NamedPolicy | undefined;
  readonly seen: PlanSeen;
  /** Of the deployed policy; undefined where none is known. */
  readonly deployedHash: string | undefined;
}

/** Where the account was read, and how far. */
export type PlanPlace = Pick<
  PlanReport,
  'account' | 'region' | 'notSeen' | 'apiCalls' | 'asked' | 'tableName'
>;

/** Puts together what would change. */
export function describePlan(
  { named, against, seen, deployedHash }: PlanGround,
  place: PlanPlace,
): PlanReport {
  const { policy } = named;
  const { report, details } = seen.after;
  const { scanned, unknown, unmatched, durationMs = 0 } = report;
  const { functions, observedAt } = details;
  const before = seen.before && { ...seen.before.report, ...seen.before.details };
  const changes = compareStandings({ ...report, functions }, before);
  const otherwise = before?.remediations ?? [];
  const acts = listActs({ functions, report, otherwise });
  const { remediations, waiting } = acts;
  const { account, region, asked, tableName, notSeen, apiCalls } = place;
  return {
    account,
    region,
    observedAt,
    policy: toPlannedPolicy(named, deployedHash),
    ...(against === undefined ? {} : { against: toPlannedPolicy(against, deployedHash) }),
    ...(asked === undefined ? {} : { asked }),
    ...(tableName === undefined ? {} : { tableName }),
    scanned,
    counts: { ...countChanges(changes), ...countActs(remediations), waiting: waiting.length },
    breaker: forecast(remediations.filter(({ isCounted }) => isCounted).length, policy),
    changes,
    remediations,
    waiting,
    blastRadius: toRadius({ changes, ...acts }, policy),
    unknown,
    ...(unmatched === undefined ? {} : { unmatched }),
    notSeen,
    apiCalls,
    durationMs,
  };
}

function countChanges(changes: readonly FunctionChange[]) {
  const countOf = (change: Change) => changes.filter((one) => one.change === change).length;
  return {
    newlyViolating: countOf('newly-violating'),
    newlyCompliant: countOf('newly-compliant'),
    newlyExempt: countOf('newly-exempt'),
    newlyUnknown: countOf('newly-unknown'),
    fewerViolations: countOf('fewer-violations'),
  };
}

function toRadius(met: Met, { notify: { ownerTag } }: CompiledPolicy): PlanReport['blastRadius'] {
  return {
    ...(ownerTag === undefined ? {} : { ownerTag }),
    byOwner: shareOut(met, ({ owner }) => owner).map(({ name, ...share }) => {
      return name === undefined ? share : { owner: name, ...share };
    }),
    byVpc: shareOut(met, ({ vpcId }) => vpcId).map(({ name, ...share }) => {
      return name === undefined ? share : { vpcId: name, ...share };
    }),
  };
}

function toPlannedPolicy(
  { file, policy: { hash, mode } }: NamedPolicy,
  deployedHash: string | undefined,
): PlannedPolicy {
  const policy = { file, hash, mode };
  return deployedHash === undefined ? policy : { ...policy, isDeployed: hash === deployedHash };
}

/** A rescan of every function by a policy that nobody has approved trips the breaker over that limit. */
function forecast(counted: number, { limits }: CompiledPolicy): PlanReport['breaker'] {
  const { max, perMinutes } = limits.accountRemediations;
  return { max, perMinutes, counted, trips: counted > max };
}
