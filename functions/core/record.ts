import type { Attachment } from './attachment.ts';
import type { Beginning } from './beginning.ts';
import type { Containment } from './containment.ts';
import type { AttachmentCall } from './controls/control.ts';
import type { HistoryEntry } from './history.ts';
import type { Notice } from './notice.ts';
import type { TagWrites } from './trusted-tags.ts';

/** An attachment and where it comes from, as far as the guardrail saw it. */
export interface AttachmentOrigin {
  readonly attachment: Attachment;
  readonly call: AttachmentCall;
  /** Who last changed the attachment; absent when nobody knows. */
  readonly principalArn?: string;
}

/** A violation that stands, from when it was first seen. */
export interface OpenViolation extends Omit<Beginning, 'atMs'>, Containment {
  /** Stable: the same violation of the same function is recognised when it is met again. */
  readonly id: string;
  /** Attachment and controls: another violation has another key. */
  readonly key: string;
  readonly controlIds: readonly string[];
  /** Time of the event that began it, or of the look that found it. */
  readonly sinceMs: number;
  /** The controls that came to say no otherwise than the violation began: by other events, or before. */
  readonly others?: Readonly<Record<string, Beginning>>;
  /** How it came about. */
  readonly cause: Cause;
  /** How each of its controls came to say no, which decides what the policy wants: they may come one by one. */
  readonly causes: Readonly<Record<string, Cause>>;
  /** How often AWS refused the revert because the function was busy or had moved on. */
  readonly conflicts: number;
  /** What AWS refused for good, with its words: a revert by its target's key, the others by their kind. */
  readonly refused: readonly { readonly target: string; readonly error: string }[];
  /** How often it was answered with a quarantine: owners end one, and operators release by force. */
  readonly quarantines: number;
  /** When a revert was first wanted; absent where none was. */
  readonly revertWantedMs?: number;
  /** Whether people are told of it. */
  readonly isTold: boolean;
}

/** `create`, `change` (the attachment changed since the record) or `found`. */
export type Cause = 'create' | 'change' | 'found';

/** A remediation that was written down before it is done. */
export type Intent = AttachIntent | ConcurrencyIntent | WakeIntent;

interface CommonIntent {
  /** Hash of function, kind and occasion: the same intent is recognised when it is met again. */
  readonly remediationId: string;
  /** The revision of the function that it was decided on. */
  readonly revisionId: string;
  readonly startedAtMs: number;
  /** `sent` once AWS accepted the call. */
  readonly status: 'open' | 'sent';
  /** How to undo it: the attachment and the reserved concurrency from before. */
  readonly undo: {
    readonly attachment: Attachment;
    /** Absent when nothing was reserved. */
    readonly reservedConcurrency?: number;
  };
  /** The notice that tells of it, once it is done. */
  readonly noticeId?: string;
}

/** An attachment that is set: the last good one, or the policy's fallback. */
export interface AttachIntent extends CommonIntent {
  readonly kind: 'revert' | 'fallback';
  readonly target: AttachmentOrigin;
}

interface ConcurrencyIntent extends CommonIntent {
  readonly kind: 'quarantine' | 'release';
  /** Absent: nothing stays reserved. */
  readonly reservedConcurrency?: number;
}

interface WakeIntent extends CommonIntent {
  readonly kind: 'wake';
}

/** Tells whether an intent is to set an attachment. */
export function isAttaching(intent: Intent): intent is AttachIntent {
  return intent.kind === 'revert' || intent.kind === 'fallback';
}

/** Reserved concurrency 0, set by the guardrail. */
export interface Quarantine {
  readonly remediationId: string;
  readonly sinceMs: number;
  /** What was reserved before; absent when nothing was. */
  readonly previous?: number;
  /** Whether people know that its end is withheld. */
  readonly isWithheldTold?: true;
}

/** What the table knows of one function. */
export interface FunctionRecord {
  readonly functionArn: string;
  /** Counts writes: every write is conditional on the one it was read at. */
  readonly version: number;
  /** Counts lives of the name: a delete ends one, a create begins one. */
  readonly generation: number;
  /** Event time, or the read time of a look, of the newest thing known. */
  readonly changedAtMs: number;
  /** The event that `changedAtMs` comes from. */
  readonly lastEventId?: string;
  readonly isDeleted: boolean;
  /** When it was first not found; absent while it is there. */
  readonly missingSinceMs?: number;
  /** What happened before this happened to another function of that name; absent in the first generation. */
  readonly bornMs?: number;
  /** It is proved that the function existed by then. */
  readonly existedAtMs?: number;
  /** Who wrote the tags that the policy trusts, as far as events told. */
  readonly tagWrites?: TagWrites;
  /** Hash of the policy that found nothing to say against what is current. */
  readonly judgedBy?: string;
  /** The attachment as last seen, and the role it ran under. */
  readonly current?: AttachmentOrigin & { readonly role: string };
  /** A compliant attachment that was requested. */
  readonly candidate?: AttachmentOrigin;
  /** A compliant attachment that AWS was seen to run. */
  readonly baseline?: AttachmentOrigin;
  readonly violation?: OpenViolation;
  /** The exempt violations that the history tells of: where, which control, who answers for it how long. */
  readonly exempted?: readonly string[];
  readonly intent?: Intent;
  readonly quarantine?: Quarantine;
  /** How somebody else ended the last quarantine, while the violation stands that it was for. */
  readonly lift?: Beginning;
  /** A forced release: a violation with this attachment is left alone until then. */
  readonly hold?: {
    readonly untilMs: number;
    readonly attachment: Attachment;
    readonly reason: string;
  };
  /** How many violations were met: what tells two of a kind apart. */
  readonly violations: number;
  /** How many wakes have ended. */
  readonly wakes: number;
  /** Why AWS would not wake it, as people were told; absent once it could be woken. */
  readonly wakeRefusal?: string;
  /** Times of the reverts within the limit's window. */
  readonly revertsMs: readonly number[];
  /** When the next delayed look is due; in the past where none is. */
  readonly recheckAtMs: number;
  /** Notices that are decided and perhaps not yet published. */
  readonly outbox: readonly Notice[];
  /** Since when a handler is publishing them; absent where none is. */
  readonly tellingSinceMs?: number;
  /** Entries of the history that are decided and perhaps not yet kept. */
  readonly unkept: readonly HistoryEntry[];
}

/** The record of a function that nobody has looked at. */
export function newRecord(functionArn: string): FunctionRecord {
  return {
    functionArn,
    version: 0,
    generation: 1,
    changedAtMs: 0,
    isDeleted: false,
    violations: 0,
    wakes: 0,
    revertsMs: [],
    recheckAtMs: 0,
    outbox: [],
    unkept: [],
  };
}

/** Tells whether two records say the same, in whatever order. */
export function isSameRecord(left: FunctionRecord, right: FunctionRecord): boolean {
  return isSame(left, right);
}

/** A member that is undefined is one that is not there. */
function isSame(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  if (!isObject(left) || !isObject(right) || Array.isArray(left) !== Array.isArray(right)) {
    return false;
  }
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys].every((key) => isSame(left[key], right[key]));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
