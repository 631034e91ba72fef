import { type Attachment, attachmentKey } from '../../functions/core/attachment.ts';
import type { HistoryEntry } from '../../functions/core/history.ts';
import type { Notice } from '../../functions/core/notice.ts';
import type { FunctionSnapshot } from '../../functions/core/snapshot.ts';
import { isEffective, isWrite, type Step, type WriteStep } from './chaos-step.ts';

/** What is true of a function, whatever the guardrail believes. */
interface Truth {
  /** Whether anybody ever asked for where it is, or moved it. */
  isMoved: boolean;
  /**
   * Who ever asked for a place in this life of it, by attachment.
   *
   * Of two who asked for the same place, lost and late events do not tell who was the last to move it there.
   */
  readonly askers: Map<string, Set<string>>;
  /** The life before, until the guardrail heard of this one's create. */
  former?: Pick<Truth, 'askers' | 'former'> | undefined;
  /** Where AWS runs it: an update that fails leaves it there. */
  runs: Attachment;
  /** Counts what anybody but the guardrail did to it. */
  touches: number;
}

/** A quarantine of the guardrail, and what its owner had reserved. */
interface Hold {
  readonly previous: number | undefined;
}

/** What a chaos run remembers, to compare the next step with. */
export interface Ledger {
  readonly truths: Map<string, Truth>;
  readonly holds: Map<string, Hold>;
  /** By remediation: how often its function had been touched when it was done. */
  readonly done: Map<string, number>;
  /** By remediation: when it was last taken from the budget. */
  readonly spentMs: Map<string, number>;
  /** By notice: when it was decided that was published first. */
  readonly toldAtMs: Map<string, number>;
  /** By subject: the id of an exemption's notice. */
  readonly exemptionIds: Map<string, string>;
  /** By function: when it was last told of. */
  readonly toldMs: Map<string, number>;
  /** When people were last told of everything that stands. */
  digestMs: number;
  /** By notice: the function whose remediation it has to tell of, and how often that was touched. */
  readonly owed: Map<string, { readonly functionArn: string; readonly touches: number }>;
  /** By function: when a handler that worked on it last died or failed. */
  readonly failedMs: Map<string, number>;
  /** What the history has, by place. */
  readonly kept: Set<string>;
  readonly note: (step: Step) => void;
}

/** Creates a ledger of nothing. */
export function createLedger(): Ledger {
  const ledger: Ledger = {
    truths: new Map(),
    holds: new Map(),
    done: new Map(),
    spentMs: new Map(),
    toldAtMs: new Map(),
    exemptionIds: new Map(),
    toldMs: new Map(),
    digestMs: -1,
    owed: new Map(),
    failedMs: new Map(),
    kept: new Set(),
    note: (step) => noteStep(ledger, step),
  };
  return ledger;
}

function noteStep(ledger: Ledger, step: Step): void {
  const { deed } = step;
  if (isWrite(step) && isEffective(step)) noteWrite(ledger, step);
  if (deed.kind === 'token') noteToken(ledger, step);
  if (deed.kind === 'publish') notePublished(ledger, deed.notice, step.nowMs);
  if (deed.kind !== 'history') return;
  for (const entry of deed.entries) ledger.kept.add(placeOf(entry));
}

/** Who ever asked for where a function is. */
export function askersOf(
  { truths }: Ledger,
  { functionArn, attachment }: Pick<FunctionSnapshot, 'functionArn' | 'attachment'>,
): readonly string[] {
  const askers = new Set<string>();
  let life: Truth['former'] = truths.get(functionArn);
  while (life !== undefined) {
    for (const asker of life.askers.get(attachmentKey(attachment)) ?? []) askers.add(asker);
    life = life.former;
  }
  return [...askers];
}

/** Where an entry of the history is kept. */
export function placeOf({ functionArn, generation, version, id }: HistoryEntry): string {
  return `${functionArn}#${generation}#${version}#${id}`;
}

/** Tells whether a remediation is counted by the account's budget. */
export function isCounted({ before: { record } }: Step): boolean {
  const kind = record?.intent?.kind;
  if (kind === 'revert' || kind === 'fallback') return true;
  return kind === 'quarantine' && record?.violation?.cause !== 'create';
}

function noteWrite(ledger: Ledger, { handler, functionArn, deed, before }: WriteStep): void {
  const truth = ledger.truths.get(functionArn);
  const intent = before.record?.intent;
  if (truth !== undefined && intent !== undefined) {
    const { touches } = truth;
    const { remediationId, noticeId } = intent;
    ledger.done.set(remediationId, touches);
    const isOwed = noticeId !== undefined && !ledger.toldAtMs.has(noticeId);
    if (isOwed) ledger.owed.set(noticeId, { functionArn, touches });
  }
  if (deed.kind !== 'reserve') return;
  if (deed.value !== 0) ledger.holds.delete(functionArn);
  else {
    // AWS takes no revision here: what an owner sets between the read and the write is lost to anybody.
    const previous = handler.snapshots.get(functionArn)?.reservedConcurrency;
    ledger.holds.set(functionArn, { previous });
  }
}

function noteToken(ledger: Ledger, step: Step): void {
  const { deed, before, nowMs, handler } = step;
  if (deed.kind !== 'token' || deed.answer.status !== 'granted' || !isCounted(step)) return;
  const { remediationId } = deed.request;
  if (before.record?.intent?.remediationId !== remediationId) return;
  const { perMinutes } = handler.deployed.policy.limits.accountRemediations;
  const spentMs = ledger.spentMs.get(remediationId) ?? 0;
  if (nowMs - spentMs >= perMinutes * 60_000) ledger.spentMs.set(remediationId, nowMs);
}

function notePublished(ledger: Ledger, notice: Notice, nowMs: number): void {
  const { id, functionArn, kind, subject, at } = notice;
  ledger.owed.delete(id);
  if (!ledger.toldAtMs.has(id)) ledger.toldAtMs.set(id, Date.parse(at));
  if (functionArn !== undefined) ledger.toldMs.set(functionArn, nowMs);
  if (kind === 'digest') ledger.digestMs = nowMs;
  if (kind === 'exemption') ledger.exemptionIds.set(subject, id);
}
