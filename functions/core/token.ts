import { type AccountItem, isKilled, isTripped, type Step, trip } from './account-item.ts';
import { newTrip, type Trip } from './breaker.ts';
import { isApproved } from './plan.ts';
import type { Limit } from './policy.ts';

/** A remediation that asks the account's budget. */
export interface TokenRequest {
  readonly remediationId: string;
  readonly functionArn: string;
  readonly policyHash: string;
  /** What is not counted, only the kill switch withholds. */
  readonly isCounted: boolean;
}

/** What the account item answers to a remediation that asks to be spent. */
export type TokenAnswer =
  /** Spent now, or earlier by the same id. */
  | { readonly status: 'granted' }
  | {
      readonly status: 'withheld';
      readonly reason: 'mode-audit' | 'breaker-tripped';
      /** A trip of which nobody was told: whoever gets this has it to himself to tell, for a minute. */
      readonly untold?: Trip;
    };

/** What a remediation is held against. */
export interface Budgeted {
  readonly limit: Limit;
  readonly nowMs: number;
}

/** Whoever took it upon himself to tell of a trip, and has not noted that he did, is not waited for any longer. */
const TELLING_MS = 60_000;

const GRANTED: TokenAnswer = { status: 'granted' };
const KILLED: TokenAnswer = { status: 'withheld', reason: 'mode-audit' };

/** Spends a remediation once, or says why it is withheld. */
export function spendToken(
  item: AccountItem,
  request: TokenRequest,
  budgeted: Budgeted,
): Step<TokenAnswer> {
  const { remediationId, isCounted } = request;
  if (isKilled(item)) return { answer: KILLED };
  if (!isCounted || item.spentMs[remediationId] !== undefined) return { answer: GRANTED };
  return isTripped(item)
    ? spendByPlan(item, request, budgeted)
    : spendInWindow(item, request, budgeted);
}

function spendInWindow(
  item: AccountItem,
  { remediationId, policyHash }: TokenRequest,
  { limit, nowMs }: Budgeted,
): Step<TokenAnswer> {
  const windowMs = limit.perMinutes * 60_000;
  const recent = Object.entries(item.spentMs).filter(([, atMs]) => nowMs - atMs < windowMs);
  const inForce = { ...item, mode: 'enforce' };
  if (recent.length < limit.max) {
    const spentMs = Object.fromEntries([...recent, [remediationId, nowMs]]);
    return { answer: GRANTED, item: { ...inForce, breaker: 'closed', spentMs } };
  }
  const count = recent.length + 1;
  const why = newTrip({ atMs: nowMs, reason: 'limit', policyHash, limit, count });
  return { answer: withheld(why), item: trip(inForce, why) };
}

/** Under a tripped breaker only an operator's plan grants anything. */
function spendByPlan(
  item: AccountItem,
  request: TokenRequest,
  { nowMs }: Budgeted,
): Step<TokenAnswer> {
  const { plan, planSpent } = item;
  if (plan === undefined || !isApproved(plan, { ...request, nowMs })) return meetTrip(item, nowMs);
  const { remediationId } = request;
  if (planSpent.includes(remediationId)) return { answer: GRANTED };
  if (planSpent.length >= plan.max) return meetTrip(item, nowMs);
  return { answer: GRANTED, item: { ...item, planSpent: [...planSpent, remediationId] } };
}

/** The first who meets a trip of which nobody was told takes it upon himself. */
function meetTrip(item: AccountItem, nowMs: number): Step<TokenAnswer> {
  const { trip: why, toldTrip, tellingMs = 0 } = item;
  const isClaimed = nowMs - tellingMs < TELLING_MS;
  if (why === undefined || why.id === toldTrip || isClaimed) return { answer: withheld() };
  return { answer: withheld(why), item: { ...item, tellingMs: nowMs } };
}

function withheld(untold?: Trip): TokenAnswer {
  const reason = 'breaker-tripped';
  return { status: 'withheld', reason, ...(untold === undefined ? {} : { untold }) };
}
