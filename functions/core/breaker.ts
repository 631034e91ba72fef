import type { Limit } from './policy.ts';
import type { Intent, OpenViolation } from './record.ts';
import { stableId } from './stable-id.ts';

/** Why the breaker is tripped. */
export interface Trip {
  /** Stable: made of when it tripped. */
  readonly id: string;
  readonly atMs: number;
  /** `new-policy`: nobody had approved the policy, and a rescan by it planned more than the limit. */
  readonly reason: 'limit' | 'new-policy';
  /** Of the policy that was at work. */
  readonly policyHash: string;
  readonly limit: Limit;
  /** How many remediations were wanted, the first that was too many included. */
  readonly count: number;
}

/** What the account says before anything is remedied by a policy. */
export interface Breaker {
  readonly isTripped: boolean;
  /** Whether an operator switched the guardrail off. */
  readonly isKilled: boolean;
  /** Hash of the last policy that is known not to exceed the limit, or that an operator approved. */
  readonly approvedPolicy?: string;
}

/** Names a trip by when it happened. */
export function newTrip(trip: Omit<Trip, 'id'>): Trip {
  return { id: stableId('trip', String(trip.atMs)), ...trip };
}

/** Nothing relies yet on a function that was just created, so its quarantine costs no budget. */
export function isCounted({
  intent,
  violation,
}: {
  readonly intent: Pick<Intent, 'kind'>;
  readonly violation?: Pick<OpenViolation, 'cause'>;
}): boolean {
  if (intent.kind === 'release' || intent.kind === 'wake') return false;
  return intent.kind !== 'quarantine' || violation?.cause !== 'create';
}
