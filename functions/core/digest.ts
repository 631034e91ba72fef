import type { Breaker } from './breaker.ts';
import type { InterfaceReport, SubnetReport } from './interface-report.ts';
import { type CompiledPolicy, lowerMode, type Mode } from './policy.ts';
import { stableId } from './stable-id.ts';
import type { SweepState } from './sweep-state.ts';
import type { Named, SweepTotals } from './sweep-totals.ts';

/** What people are told of one sweep. */
export interface Digest {
  readonly sweepId: string;
  readonly startedMs: number;
  readonly endedMs: number;
  readonly totals: SweepTotals;
  readonly interfaces: readonly InterfaceReport[];
  /** Exemptions that end soon. */
  readonly ending: number;
  /** Functions that the table knows and the list did not show. */
  readonly deleted: Named;
  readonly policyMode: Mode;
  /** What keeps the guardrail from acting at run time. */
  readonly breaker: Pick<Breaker, 'isTripped' | 'isKilled'>;
  readonly thresholds: Thresholds;
}

/** From where on a network is short of room; undefined where its control is off. */
export interface Thresholds {
  /** Of LVG.11. */
  readonly maximumPercent: number | undefined;
  /** Of LVG.10. */
  readonly minimumFreeAddresses: number | undefined;
}

/** Networks that soon have no room for more functions. */
export interface Shortage {
  readonly vpcs: readonly (InterfaceReport & { readonly quota: number })[];
  readonly subnets: readonly (SubnetReport & { readonly freeAddresses: number })[];
}

const DAY_MS = 24 * 3_600_000;

/** Tells what stands, not when or by which sweep it was found: the same has the same key. */
export function digestKey(digest: Digest): string {
  const { violations, unknown, idle, quarantined } = digest.totals;
  const { vpcs, subnets } = shortageOf(digest);
  const violated = Object.entries(violations).map(
    ([controlId, { severity, functions, names, heldNames }]) =>
      `${controlId} ${severity} ${inOneLine({ functions, names: [...names, ...heldNames] })}`,
  );
  return stableId(
    modeOf(digest),
    String(digest.breaker.isTripped),
    ...violated.toSorted(),
    ...[unknown, idle, quarantined].map(inOneLine),
    `${idle.listed} ${idle.stuck} ${digest.ending}`,
    ...vpcs.map(({ vpcId }) => vpcId),
    ...subnets.map(({ subnetId }) => subnetId),
  );
}

/** Tells whether people are to hear of a sweep: of what is new or over at once, of what stands once a day. */
export function isDigestDue(
  last: SweepState['digest'] | undefined,
  digest: Digest,
  nowMs: number,
): boolean {
  const { violations, resolved } = digest.totals;
  const isAnythingNew = Object.values(violations).some(({ fresh }) => fresh > 0);
  if (isAnythingNew || resolved.functions > 0) return true;
  const stands = isAnythingStanding(digest);
  if (last === undefined) return stands;
  return last.key !== digestKey(digest) || (stands && nowMs - last.atMs >= DAY_MS);
}

/** Tells whether there is something that somebody should look at. */
export function isAnythingStanding(digest: Digest): boolean {
  const { violations, idle } = digest.totals;
  return Object.keys(violations).length > 0 || idle.functions > 0 || isAnythingOpen(digest);
}

/** Tells whether there is something beside violations and what is idle; a tripped breaker waits for somebody. */
export function isAnythingOpen(digest: Digest): boolean {
  if (digest.breaker.isTripped) return true;
  const { quarantined, unknown } = digest.totals;
  const { vpcs, subnets } = shortageOf(digest);
  const counts = [
    quarantined.functions,
    unknown.functions,
    digest.ending,
    vpcs.length,
    subnets.length,
  ];
  return counts.some((count) => count > 0);
}

/** The mode at run time. */
export function modeOf({ policyMode, breaker }: Pick<Digest, 'policyMode' | 'breaker'>): Mode {
  return lowerMode(policyMode, breaker.isKilled ? 'audit' : undefined);
}

/** What the controls of a policy say of room in networks. */
export function thresholdsOf({ controls }: Pick<CompiledPolicy, 'controls'>): Thresholds {
  const read = (controlId: string, name: string): number | undefined => {
    const control = controls[controlId];
    const value = control?.enabled === true ? control.parameters[name] : undefined;
    return typeof value === 'number' ? value : undefined;
  };
  return {
    maximumPercent: read('LVG.11', 'maximumPercent'),
    minimumFreeAddresses: read('LVG.10', 'minimumFreeAddresses'),
  };
}

/** The VPCs that LVG.11 speaks against, and the subnets that LVG.10 does. */
export function shortageOf({
  interfaces,
  thresholds: { maximumPercent = Number.POSITIVE_INFINITY, minimumFreeAddresses = 0 },
}: Pick<Digest, 'interfaces' | 'thresholds'>): Shortage {
  const vpcs = interfaces.flatMap((report) => {
    const { quota } = report;
    const isShort = quota !== undefined && report.interfaces * 100 > maximumPercent * quota;
    return isShort ? [{ ...report, quota }] : [];
  });
  const subnets = interfaces.flatMap((report) =>
    report.subnets.flatMap((subnet) => {
      const { freeAddresses } = subnet;
      const isShort = freeAddresses !== undefined && freeAddresses < minimumFreeAddresses;
      return isShort ? [{ ...subnet, freeAddresses }] : [];
    }),
  );
  return { vpcs, subnets };
}

function inOneLine({ functions, names }: Named): string {
  return `${functions} ${names.toSorted().join(' ')}`;
}
