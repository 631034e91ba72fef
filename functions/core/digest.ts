import type { InterfaceReport, SubnetReport } from './interface-report.ts';
import type { Mode } from './policy.ts';
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
  readonly deleted: number;
  readonly policyMode: Mode;
}

/** Networks that soon have no room for more functions. */
export interface Shortage {
  readonly vpcs: readonly (InterfaceReport & { readonly quota: number })[];
  readonly subnets: readonly (SubnetReport & { readonly freeAddresses: number })[];
}

const DAY_MS = 24 * 3_600_000;
/** As LVG.11 and LVG.10 have it by default. */
const MOST_PERCENT = 90;
const FEWEST_ADDRESSES = 16;

/** Tells what stands, not when or by which sweep it was found: the same has the same key. */
export function digestKey(digest: Digest): string {
  const { violations, unknown, idle, quarantined } = digest.totals;
  const { vpcs, subnets } = shortageOf(digest);
  const violated = Object.entries(violations).map(
    ([controlId, { severity, ...named }]) => `${controlId} ${severity} ${inOneLine(named)}`,
  );
  return stableId(
    digest.policyMode,
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

/** Tells whether there is something beside violations and what is idle. */
export function isAnythingOpen(digest: Digest): boolean {
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

/** The VPCs that are close to their quota, and the subnets with few free addresses. */
export function shortageOf({ interfaces }: Pick<Digest, 'interfaces'>): Shortage {
  const vpcs = interfaces.flatMap((report) => {
    const { quota } = report;
    const isShort = quota !== undefined && report.interfaces * 100 > MOST_PERCENT * quota;
    return isShort ? [{ ...report, quota }] : [];
  });
  const subnets = interfaces.flatMap((report) =>
    report.subnets.flatMap((subnet) => {
      const { freeAddresses } = subnet;
      const isShort = freeAddresses !== undefined && freeAddresses < FEWEST_ADDRESSES;
      return isShort ? [{ ...subnet, freeAddresses }] : [];
    }),
  );
  return { vpcs, subnets };
}

function inOneLine({ functions, names }: Named): string {
  return `${functions} ${names.toSorted().join(' ')}`;
}
