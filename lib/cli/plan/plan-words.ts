import { counted } from '../operator/counted.ts';
import {
  ACTS,
  type Act,
  type ActCounts,
  type PlannedPolicy,
  type PlanReport,
} from './plan-report.ts';

/** Says which policy it is about, and what it is compared with. */
export function titleOf({ policy, against, account, region }: PlanReport): string {
  const compared = against === undefined ? 'nothing' : describePolicy(against);
  return `policy ${describePolicy(policy)}, compared with ${compared}, in account ${account}, ${region}`;
}

/** Says how many functions change how. */
export function changesOf({ scanned, counts }: PlanReport): string {
  const { newlyViolating, newlyCompliant, newlyExempt, newlyUnknown, fewerViolations } = counts;
  const said = [
    `${newlyViolating} newly violating`,
    `${newlyCompliant} newly compliant`,
    ...(newlyExempt === 0 ? [] : [`${newlyExempt} newly exempt`]),
    ...(fewerViolations === 0 ? [] : [`${fewerViolations} with fewer violations`]),
    ...(newlyUnknown === 0 ? [] : [`${newlyUnknown} newly unknown`]),
  ];
  return `of ${counted(scanned, 'function')}: ${said.join(', ')}`;
}

/** Says how often what would be done. */
export function actsOf({ counts }: PlanReport): string {
  const said = sayActs(counts);
  const waiting =
    counts.waiting === 0
      ? ''
      : `; ${counted(counts.waiting, 'function')} would be reverted or quarantined once AWS is done with ${counts.waiting === 1 ? 'it' : 'them'}`;
  if (said === '') return `enforced, nothing would be done now${waiting}`;
  return `enforced, it would ${said}${waiting}`;
}

/** Lists what would be done, and how often; empty where nothing would. */
export function sayActs(counts: ActCounts): string {
  const some = ACTS.filter((act) => counts[act] > 0).map((act) => `${VERBS[act]} ${counts[act]}`);
  const last = some.at(-1) ?? '';
  return some.length < 2 ? last : `${some.slice(0, -1).join(', ')} and ${last}`;
}

/** Says whether it is more than the policy allows at once. */
export function breakerOf({ breaker, counts }: PlanReport): string {
  const { max, perMinutes, counted: spent, trips } = breaker;
  const all = ACTS.reduce((sum, act) => sum + counts[act], 0);
  const limit = `the limit of ${max} within ${perMinutes} minutes`;
  if (all === 0) return `${limit} is not touched`;
  const said = `${spent} of ${all} ${spent === 1 ? 'counts' : 'count'} against ${limit}`;
  return trips
    ? `${said}: the breaker would trip, and hold them back until an operator approves them`
    : `${said}: the breaker would not trip by them alone`;
}

/** Says what one has to know of a plan to read it rightly. */
export function remarksOf(plan: PlanReport): readonly string[] {
  const { policy, against, tableName, asked, blastRadius, counts } = plan;
  const isIdle = ACTS.every((act) => counts[act] === 0) && counts.waiting === 0;
  return [
    ...(policy.mode === 'enforce'
      ? []
      : [
          `the policy ${policy.file} says mode audit: nothing of this is done until it says enforce, and its hash is another one then`,
        ]),
    ...(against === undefined ? ['compared with no policy, everything that it says is new'] : []),
    ...(tableName === undefined
      ? [
          'without the records of a guardrail nothing has a baseline: what would be reverted goes to the fallback, or into quarantine',
        ]
      : []),
    ...(isIdle && counts.newlyViolating > 0
      ? [
          'what stands already is answered as `onFound` says, often with no more than a notice, and what is in quarantine stays there',
        ]
      : []),
    ...(asked === undefined
      ? []
      : ['only some functions were asked for: what others need counts against the limit, too']),
    ...(blastRadius.ownerTag === undefined
      ? ['whose functions they are nobody knows: the policy names no `notify.ownerTag`']
      : []),
  ];
}

const VERBS = {
  quarantine: 'quarantine',
  fallback: 'send to the fallback',
  revert: 'revert',
  release: 'release',
  wake: 'wake',
} as const satisfies Record<Act, string>;

function describePolicy({ file, mode, isDeployed }: PlannedPolicy): string {
  return `${file} (mode ${mode}${isDeployed === true ? ', deployed' : ''})`;
}
