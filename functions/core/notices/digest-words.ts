import { CONTROLS } from '../controls/registry.ts';
import { type Digest, shortageOf } from '../digest.ts';
import { nameSome } from '../name-some.ts';
import { SEVERITIES } from '../policy.ts';
import type { ControlTotals, Named, SweepTotals } from '../sweep-totals.ts';

const MOST_NAMED = 5;

/** How many pairs of function and violated control there are, and how many of them are new. */
export function countViolations({ violations }: SweepTotals): {
  readonly all: number;
  readonly fresh: number;
} {
  const controls = Object.values(violations);
  return {
    all: controls.reduce((sum, { functions }) => sum + functions, 0),
    fresh: controls.reduce((sum, { fresh }) => sum + fresh, 0),
  };
}

/** What violates the policy, the worst first, a line for each control. */
export function whatViolates({ violations }: SweepTotals): readonly string[] {
  const lines = CONTROLS.flatMap(({ id, title }) => {
    const found = violations[id];
    return found === undefined ? [] : [{ id, title, found }];
  })
    .toSorted((left, right) => rankOf(right.found) - rankOf(left.found))
    .map(({ id, title, found }) => {
      const count = `${counted(found.functions, 'function')}${howNew(found)}`;
      return `- ${id} (${found.severity}; ${title}): ${count}: ${nameViolating(found)}`;
    });
  return lines.length === 0 ? [] : [['These violate the policy:', ...lines].join('\n')];
}

/** What else stands, and what came of the last time. */
export function whatElse(digest: Digest): readonly string[] {
  const { deleted } = digest;
  const { quarantined, unknown, resolved } = digest.totals;
  return [
    ...tell(quarantined, 'is in quarantine', 'are in quarantine'),
    ...tell(unknown, 'could not be judged in full'),
    ...whatIsIdle(digest.totals),
    ...whatIsShort(digest),
    ...(digest.ending === 0
      ? []
      : [
          `${counted(digest.ending, 'exemption')} will end soon; a notice of its own tells of each.`,
        ]),
    ...tell(resolved, 'is no longer in violation', 'are no longer in violation'),
    ...(deleted.functions === 0
      ? []
      : [
          `${counted(deleted.functions, 'function that the table knows is', 'functions that the table knows are')} not in the list, and looked at again: ${nameThem(deleted)}.`,
        ]),
    ...whatIsPlanned(digest.totals),
  ];
}

/** What keeps the guardrail from acting. */
export function whatHolds({ policyMode, breaker }: Digest): readonly string[] {
  const isKilled = policyMode === 'enforce' && breaker.isKilled;
  return [
    ...(policyMode === 'audit' ? ['The mode is audit: nothing is changed.'] : []),
    ...(isKilled
      ? [
          'An operator has switched the guardrail to audit: nothing is changed until that is undone.',
        ]
      : []),
    ...(breaker.isTripped
      ? [
          'The breaker is tripped: reverts, fallbacks and quarantines are withheld until an operator says go on, but for the quarantine of a function that was just created.',
        ]
      : []),
  ];
}

/** Writes a number and what it counts. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

function rankOf({ severity }: ControlTotals): number {
  return SEVERITIES.indexOf(severity);
}

function howNew({ functions, fresh }: ControlTotals): string {
  if (fresh === 0) return '';
  return fresh === functions ? ', new' : `, ${fresh} of them new`;
}

function tell(named: Named, one: string, many = one): readonly string[] {
  const { functions } = named;
  if (functions === 0) return [];
  const what = functions === 1 ? one : many;
  return [`${counted(functions, 'function')} ${what}: ${nameThem(named)}.`];
}

function whatIsIdle({ idle }: SweepTotals): readonly string[] {
  const { functions, listed, stuck } = idle;
  if (functions === 0) return [];
  const about = 'AWS has reclaimed what is needed to run, and the next call of each fails';
  return [
    `${counted(functions, 'function or version is', 'functions and versions are')} idle: ${nameThem(idle)}. ${about}. Of them \`idle.wake\` lists ${listed}, and ${stuck} cannot be woken as things are.`,
  ];
}

function whatIsShort(digest: Digest): readonly string[] {
  const { vpcs, subnets } = shortageOf(digest);
  const nearQuota = vpcs.map(({ vpcId, interfaces, quota, couldShare }) => {
    const sharing =
      couldShare.length === 0
        ? ''
        : `; with the security groups of others these would share: ${nameSome(couldShare, MOST_NAMED)}`;
    return `${vpcId} (${interfaces} of ${quota}${sharing})`;
  });
  const nearlyFull = subnets.map(({ subnetId, freeAddresses }) => `${subnetId} (${freeAddresses})`);
  return [
    ...(nearQuota.length === 0
      ? []
      : [`VPCs near their quota of network interfaces: ${nameSome(nearQuota, MOST_NAMED)}.`]),
    ...(nearlyFull.length === 0
      ? []
      : [`Subnets with few free addresses: ${nameSome(nearlyFull, MOST_NAMED)}.`]),
  ];
}

function whatIsPlanned({ planned }: SweepTotals): readonly string[] {
  const kinds = Object.entries(planned).map(([kind, count]) => `${kind} (${count})`);
  if (kinds.length === 0) return [];
  const list = kinds.toSorted().join(', ');
  return [`Enqueued for enforcement: ${list}. Notices of their own tell what comes of it.`];
}

/** What is new first, then what anybody can work on, then what is held anyway. */
function nameViolating({ functions, names, fresh, freshNames, heldNames }: ControlTotals): string {
  const isAllNew = fresh === functions;
  const inOrder = [
    ...freshNames.map((name) => (isAllNew ? name : `${name} (new)`)),
    ...[...names, ...heldNames].filter((name) => !freshNames.includes(name)),
  ];
  return nameThem({ functions, names: inOrder.slice(0, MOST_NAMED) });
}

/** The totals hold some names and count the rest. */
function nameThem({ functions, names }: Named): string {
  const rest = functions - names.length;
  return `${names.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
