import type { Actor } from '../../functions/core/actor.ts';
import type { Attachment } from '../../functions/core/attachment.ts';
import type { Severity } from '../../functions/core/policy.ts';
import type { Standing, SubnetEgress } from '../cli/report/report.ts';

/** Worst first. */
export const WORST_FIRST: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

/** In the order in which people want to know. */
export const STANDINGS: readonly Standing[] = ['violation', 'unknown', 'exempt', 'compliant'];

/** How a function stands, to follow «n functions». */
export const STANDING_WORDS: Readonly<Record<Standing, string>> = {
  violation: 'in violation',
  unknown: 'unknown',
  exempt: 'exempt',
  compliant: 'compliant',
};

/** What a subnet's way out means for who is in it, nearest to the internet first. */
export const EGRESS_WORDS: Readonly<
  Record<SubnetEgress, { readonly tier: string; readonly badge: string; readonly means: string }>
> = {
  'internet-gateway': {
    tier: 'Public',
    badge: 'Internet gateway',
    means:
      'routes lead straight to the internet; functions have no public address, so they reach none from here',
  },
  nat: {
    tier: 'Private, out through NAT',
    badge: 'NAT',
    means: 'reach the internet through a NAT gateway',
  },
  other: {
    tier: 'Private, out another way',
    badge: 'Other way out',
    means: 'a transit gateway, peering, an instance or the like',
  },
  none: { tier: 'Isolated', badge: 'No way out', means: 'no route leaves the VPC' },
  unknown: { tier: 'Not seen', badge: 'Unknown', means: 'where the routes lead could not be read' },
};

/** The bare name in a function's ARN. */
export function nameOf(functionArn: string): string {
  return functionArn.slice(functionArn.lastIndexOf(':') + 1);
}

/** Says how many of something there are. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${grouped(count)} ${count === 1 ? noun : plural}`;
}

/** Writes a number for people. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** Writes a part of a whole: never 0 % of something, nor 100 % where anything is missing. */
export function percentOf(part: number, whole: number): string {
  if (whole === 0 || part === 0) return '0 %';
  const percent = (100 * part) / whole;
  if (percent < 1) return '< 1 %';
  return percent > 99 && percent < 100 ? '> 99 %' : `${Math.round(percent)} %`;
}

/** Writes a moment for people, always in UTC. */
export function momentOf(iso: string): string {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(iso)
    ? `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`
    : iso;
}

/** Writes how long something took. */
export function durationOf(ms: number): string {
  return ms < 120_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 60_000)} min`;
}

/** Names an actor for people. */
export function actorWords({ principalArn, sessionName, invokedBy }: Actor): string {
  const session = sessionName === undefined ? '' : ` (session ${sessionName})`;
  const via = invokedBy === undefined ? '' : ` through ${invokedBy}`;
  return `${principalArn ?? 'somebody unknown'}${session}${via}`;
}

/** Says where a function is. */
export function placeWords({ vpcId = 'a VPC', subnetIds, securityGroupIds }: Attachment): string {
  if (subnetIds.length === 0) return 'no VPC';
  return `${vpcId} · ${subnetIds.join(', ')} · ${securityGroupIds.join(', ')}`;
}
