import type { Attachment } from '../../functions/core/attachment.ts';
import type { Fact } from '../../functions/core/facts.ts';
import type { HistoryEntry } from '../../functions/core/history.ts';
import type { NetworkFacts } from '../../functions/core/network.ts';
import type { Notice } from '../../functions/core/notice.ts';
import type { Mode } from '../../functions/core/policy.ts';
import type { FunctionRecord } from '../../functions/core/record.ts';
import type { FunctionSnapshot } from '../../functions/core/snapshot.ts';
import type { TokenAnswer, TokenRequest } from '../../functions/core/token.ts';
import type { ChaosPolicy } from './chaos-policies.ts';

/** One start of the guardrail, and what it was told so far. */
export interface Handler {
  readonly id: number;
  readonly kind: 'enforce' | 'release' | 'rescan';
  /** Absent for a rescan. */
  readonly functionArn?: string;
  readonly deployed: ChaosPolicy;
  /** The lower of what is deployed and what was asked for. */
  readonly mode: Mode;
  /** False once it died or ended. */
  isAlive: boolean;
  /** What it read last, by function. */
  readonly snapshots: Map<string, FunctionSnapshot>;
  /** Who had ever asked for where it was then, by function. */
  readonly askers: Map<string, readonly string[]>;
  readonly networks: Fact<NetworkFacts>[];
  readonly tokens: Map<string, TokenAnswer>;
  /** The version of each record that it wrote last. */
  readonly versions: Map<string, number>;
}

/** What the world says of a function. */
export interface Around {
  readonly snapshot?: FunctionSnapshot | undefined;
  readonly record?: FunctionRecord | undefined;
}

/** What one call of the guardrail does. */
export type Deed =
  | { readonly kind: 'attach'; readonly target: Attachment }
  | { readonly kind: 'reserve'; readonly value: number | undefined }
  | { readonly kind: 'wake' }
  | { readonly kind: 'token'; readonly request: TokenRequest; readonly answer: TokenAnswer }
  | { readonly kind: 'record'; readonly written: FunctionRecord }
  | { readonly kind: 'publish'; readonly notice: Notice }
  | { readonly kind: 'history'; readonly entries: readonly HistoryEntry[] }
  | { readonly kind: 'end'; readonly outcome: unknown }
  | { readonly kind: 'other' };

/** One call that reached AWS or the table, or the end of a handler. */
export interface Step {
  readonly handler: Handler;
  readonly port: string;
  /** What left the guardrail. */
  readonly args: readonly unknown[];
  readonly functionArn?: string | undefined;
  readonly nowMs: number;
  /** The client asked again by itself: the answer to the first call was lost. */
  readonly isRetry: boolean;
  readonly deed: Deed;
  readonly before: Around;
  readonly after: Around;
}

/** A call that changes a function, or tries to. */
export interface WriteStep extends Step {
  readonly functionArn: string;
  readonly deed: Extract<Deed, { readonly kind: 'attach' | 'reserve' | 'wake' }>;
}

/** Tells whether a step changes a function, or tries to. */
export function isWrite(step: Step): step is WriteStep {
  const { kind } = step.deed;
  return kind === 'attach' || kind === 'reserve' || kind === 'wake';
}

/** Tells whether AWS took a write and the function is another one since. */
export function isEffective({ deed, before, after }: WriteStep): boolean {
  if (deed.kind !== 'reserve') return after.snapshot !== before.snapshot;
  return after.snapshot?.reservedConcurrency !== before.snapshot?.reservedConcurrency;
}

/** Tells whether a handler was the last who wrote a record. */
export function isHandledBy(
  { versions }: Handler,
  {
    functionArn,
    record,
  }: { readonly functionArn: string; readonly record: FunctionRecord | undefined },
): boolean {
  return record !== undefined && versions.get(functionArn) === record.version;
}

/** Names a step in one line. */
export function describeStep({ handler, port, deed, after, nowMs }: Step): string {
  const { record, snapshot } = after;
  const what = JSON.stringify(deed, (key, value: unknown) =>
    ['written', 'notice', 'entries', 'outcome'].includes(key) ? undefined : value,
  );
  const where = snapshot?.attachment.subnetIds.join(',');
  const is = `${where} r${snapshot?.reservedConcurrency} ${snapshot?.state} ${snapshot?.lastUpdateStatus}`;
  const by = record?.current?.principalArn?.split('/').at(-1);
  const knows = `by ${by} v${record?.version} g${record?.generation} ${record?.intent?.kind ?? ''} ${record?.violation?.id ?? ''} ${record?.quarantine ? 'Q' : ''} out:${record?.outbox.length} ${record?.isDeleted ? 'deleted' : ''}`;
  return `${new Date(nowMs).toISOString().slice(11, 23)} h${handler.id} ${handler.kind} ${port} ${what} | ${is} | ${knows}`;
}
