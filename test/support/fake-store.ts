import { newTrip, type Trip } from '../../functions/core/breaker.ts';
import type { MetExemption } from '../../functions/core/exemption.ts';
import { GuardrailError } from '../../functions/core/guardrail-error.ts';
import type { HistoryEntry } from '../../functions/core/history.ts';
import { isApproved, type Plan } from '../../functions/core/plan.ts';
import type { Limit } from '../../functions/core/policy.ts';
import type { FunctionRecord } from '../../functions/core/record.ts';
import type { TokenAnswer, TokenRequest } from '../../functions/core/token.ts';
import type { Ports } from '../../functions/workflows/ports.ts';

/** The ports that the table stands behind. */
type StorePorts = Pick<
  Ports,
  'readRecord' | 'writeRecord' | 'meetExemptions' | 'claimEnd' | 'noteEndTold' | 'keepHistory'
> &
  BudgetPorts;

/** The ports that the account item stands behind. */
type BudgetPorts = Pick<
  Ports,
  'takeToken' | 'readBreaker' | 'tripBreaker' | 'noteTripTold' | 'approvePolicy'
>;

/** The account item: kill switch, breaker and what was spent. */
interface FakeAccount {
  mode: 'enforce' | 'audit';
  breaker: 'closed' | 'tripped';
  spentMs: Map<string, number>;
  trip?: Trip;
  /** When somebody took it upon himself to tell of the trip. */
  tellingMs?: number;
  toldTrip?: string;
  approvedPolicy?: string;
  plan?: Plan;
  planSpent: Set<string>;
}

/** A table that lives in memory. */
export interface FakeStore {
  readonly ports: StorePorts;
  readonly records: Map<string, FunctionRecord>;
  readonly account: FakeAccount;
  /** What was kept, by place and id. */
  readonly history: Map<string, HistoryEntry>;
}

/** Creates a table that lives in memory. */
export function createFakeStore(nowMs: () => number): FakeStore {
  const records = new Map<string, FunctionRecord>();
  const history = new Map<string, HistoryEntry>();
  const met = new Map<string, MetExemption>();
  const tellingMs = new Map<string, number>();
  const account: FakeAccount = {
    mode: 'enforce',
    breaker: 'closed',
    spentMs: new Map(),
    planSpent: new Set(),
  };
  return {
    records,
    account,
    history,
    ports: {
      keepHistory: async (entries) => {
        for (const entry of entries) {
          const { functionArn, generation, version, id } = entry;
          const place = `${functionArn}#${generation}#${version}#${id}`;
          if (!history.has(place)) history.set(place, entry);
        }
      },
      meetExemptions: async (ids) => {
        const nowMet = { metMs: nowMs(), isEndTold: false };
        for (const id of ids) met.set(id, met.get(id) ?? nowMet);
        return new Map(met);
      },
      claimEnd: async (id) => {
        if (nowMs() - (tellingMs.get(id) ?? 0) < 30_000) return false;
        tellingMs.set(id, nowMs());
        return true;
      },
      noteEndTold: async (id) => {
        met.set(id, { metMs: nowMs(), ...met.get(id), isEndTold: true });
      },
      readRecord: async (functionArn) => records.get(functionArn),
      writeRecord: async (record) => {
        const { functionArn, version } = record;
        if ((records.get(functionArn)?.version ?? 0) !== version) {
          throw new GuardrailError(`record of \`${functionArn}\` changed`, {
            code: 'RECORD_STALE',
          });
        }
        const written = { ...record, version: version + 1 };
        // As the table keeps it, and dearer copies would make thousands of played crashes slow.
        records.set(functionArn, JSON.parse(JSON.stringify(written)));
        return written;
      },
      ...createBudget(account, nowMs),
    },
  };
}

/** What a remediation is held against. */
interface Moment {
  readonly limit: Limit;
  readonly nowMs: number;
}

function createBudget(account: FakeAccount, nowMs: () => number): BudgetPorts {
  return {
    takeToken: async (request, limit) => takeToken(account, request, { limit, nowMs: nowMs() }),
    readBreaker: async () => {
      const { breaker, mode, approvedPolicy } = account;
      const status = { isTripped: breaker === 'tripped', isKilled: mode === 'audit' };
      return { ...status, ...(approvedPolicy === undefined ? {} : { approvedPolicy }) };
    },
    tripBreaker: async (trip) =>
      account.breaker === 'tripped'
        ? undefined
        : tripNow(account, newTrip({ ...trip, atMs: nowMs() })),
    noteTripTold: async (tripId) => {
      if (account.trip?.id === tripId) account.toldTrip = tripId;
    },
    approvePolicy: async (policyHash) => {
      account.approvedPolicy = policyHash;
    },
  };
}

function takeToken(account: FakeAccount, request: TokenRequest, at: Moment): TokenAnswer {
  const { remediationId, isCounted } = request;
  if (account.mode === 'audit') return { status: 'withheld', reason: 'mode-audit' };
  if (!isCounted || account.spentMs.has(remediationId)) return { status: 'granted' };
  return account.breaker === 'closed'
    ? spend(account, request, at)
    : spendByPlan(account, request, at);
}

function spend(
  account: FakeAccount,
  { remediationId, policyHash }: TokenRequest,
  { limit, nowMs }: Moment,
): TokenAnswer {
  const earliestMs = nowMs - limit.perMinutes * 60_000;
  const recent = [...account.spentMs].filter(([, atMs]) => atMs > earliestMs);
  if (recent.length < limit.max) {
    account.spentMs = new Map(recent).set(remediationId, nowMs);
    return { status: 'granted' };
  }
  const count = recent.length + 1;
  const trip = newTrip({ atMs: nowMs, reason: 'limit', policyHash, limit, count });
  return untold(tripNow(account, trip));
}

function spendByPlan(
  account: FakeAccount,
  { remediationId, functionArn, policyHash }: TokenRequest,
  { nowMs }: Moment,
): TokenAnswer {
  const { plan, planSpent } = account;
  if (plan !== undefined && isApproved(plan, { functionArn, policyHash, nowMs })) {
    if (planSpent.size < plan.max) planSpent.add(remediationId);
    if (planSpent.has(remediationId)) return { status: 'granted' };
  }
  return untold(claimTelling(account, nowMs));
}

function untold(trip: Trip | undefined): TokenAnswer {
  const reason = 'breaker-tripped';
  return { status: 'withheld', reason, ...(trip === undefined ? {} : { untold: trip }) };
}

/** Whoever trips it tells of it. */
function tripNow(account: FakeAccount, trip: Trip): Trip {
  delete account.plan;
  account.planSpent.clear();
  account.breaker = 'tripped';
  account.trip = trip;
  account.tellingMs = trip.atMs;
  return trip;
}

function claimTelling(account: FakeAccount, nowMs: number): Trip | undefined {
  const { trip, toldTrip, tellingMs = 0 } = account;
  if (trip === undefined || trip.id === toldTrip || nowMs - tellingMs < 60_000) return undefined;
  account.tellingMs = nowMs;
  return trip;
}
