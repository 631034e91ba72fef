import type { AdvancedEventSelector, EventSelector } from '@aws-sdk/client-cloudtrail';
import type { AccountCore } from '../account-core.ts';
import { cloudtrailFault, trailNotFound } from './cloudtrail-faults.ts';

/** A trail of the account; it writes no log files, and EventBridge hears of what it logs. */
export interface Trail {
  readonly name: string;
  readonly arn: string;
  readonly bucketName: string;
  readonly keyPrefix?: string;
  readonly isMultiRegion: boolean;
  readonly hasGlobalEvents: boolean;
  readonly isValidated: boolean;
  readonly isLogging: boolean;
  /** When logging was started last; absent where it never was. */
  readonly startedMs?: number;
  readonly stoppedMs?: number;
  /** Absent where nobody chose what is logged. */
  readonly selectors?: Selectors;
}

/** What a trail logs: selectors of the one kind or of the other. */
export type Selectors =
  | { readonly basic: readonly EventSelector[] }
  | { readonly advanced: readonly AdvancedEventSelector[] };

/** The trails of an account, by name. */
export interface Trails {
  readonly accountId: string;
  readonly region: string;
  readonly byName: Map<string, Trail>;
}

/** Whoever hears of events here had a trail all along: this one. */
export const SEEDED_TRAIL = 'management-events';

const NAME = /^[a-z0-9](?:[._-]?[a-z0-9])+$/i;
const IP_ADDRESS = /^\d+\.\d+\.\d+\.\d+$/;
const ARN = /^arn:aws[\w-]*:cloudtrail:[a-z0-9-]+:\d{12}:trail\/(.+)$/;

/** Creates the trails of an account: one of every region that logs all management events. */
export function createTrails({
  accountId,
  region,
  clock,
}: Pick<AccountCore, 'accountId' | 'region' | 'clock'>): Trails {
  const trails: Trails = { accountId, region, byName: new Map() };
  trails.byName.set(SEEDED_TRAIL, {
    name: SEEDED_TRAIL,
    arn: trailArnOf(trails, SEEDED_TRAIL),
    bucketName: `aws-cloudtrail-logs-${accountId}`,
    isMultiRegion: true,
    hasGlobalEvents: true,
    isValidated: true,
    isLogging: true,
    startedMs: clock.nowMs(),
  });
  return trails;
}

/** Finds a trail by its name or ARN, or says what is wrong with it. */
export function findTrail(trails: Trails, asked: string): Trail {
  const trail = lookUp(trails, asked);
  if (trail === undefined) throw trailNotFound(asked, trails.accountId);
  return trail;
}

/** Finds a trail by its name or ARN; undefined where there is none. */
export function lookUp(trails: Trails, asked: string): Trail | undefined {
  const trail = trails.byName.get(nameIn(asked));
  return !asked.startsWith('arn:') || trail?.arn === asked ? trail : undefined;
}

/** The ARN of a trail that may not exist: what somebody wrote instead of a name stays as it is. */
export function trailArnOf({ accountId, region }: Trails, asked: string): string {
  if (asked.startsWith('arn:')) return asked;
  return `arn:aws:cloudtrail:${region}:${accountId}:trail/${asked}`;
}

/**
 * Refuses what cannot be the name of a trail.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html
 */
export function checkName(name: string): void {
  const isGood =
    name.length >= 3 && name.length <= 128 && NAME.test(name) && !IP_ADDRESS.test(name);
  if (isGood) return;
  throw cloudtrailFault('InvalidTrailNameException', `Trail name is not valid: ${name}`);
}

function nameIn(asked: string): string {
  if (!asked.startsWith('arn:')) {
    checkName(asked);
    return asked;
  }
  const [, name] = ARN.exec(asked) ?? [];
  if (name !== undefined) return name;
  throw cloudtrailFault('CloudTrailARNInvalidException', `Trail ARN is not valid: ${asked}`);
}
