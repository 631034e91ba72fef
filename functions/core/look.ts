import { isSameAttachment } from './attachment.ts';
import type { ChangeEvent } from './change-event.ts';
import type { Finding, Verdict } from './finding.ts';
import type { NetworkCause } from './network-change.ts';
import { type CompiledPolicy, isEnforced, type Mode } from './policy.ts';
import type { AttachmentOrigin, Cause, FunctionRecord } from './record.ts';
import type { FunctionSnapshot } from './snapshot.ts';

/** Everything that a decision about one function rests on. */
export interface Look {
  readonly snapshot: FunctionSnapshot;
  /** What every enabled control says of the present attachment. */
  readonly findings: readonly Finding[];
  /** As it was read. */
  readonly known: FunctionRecord;
  /** As `observe` left it. */
  readonly record: FunctionRecord;
  readonly cause: Cause;
  readonly policy: CompiledPolicy;
  /** The lower of what is deployed and what was asked for. */
  readonly mode: Mode;
  readonly nowMs: number;
  /** The event that provably made the present attachment, where one asked for the look. */
  readonly origin?: ChangeEvent;
  /** The event that asked for the look, where nobody heard of it before. */
  readonly news?: ChangeEvent;
  /** The event that asked for the look, however late, where the guardrail did not make it itself. */
  readonly asked?: ChangeEvent;
  /** The change of the network that asked for the look. */
  readonly after?: NetworkCause;
  /** How many delayed looks led here. */
  readonly hops: number;
  readonly isWakeRequested: boolean;
  /** Present when the record has a baseline that a revert may go to. */
  readonly target?: RevertTarget;
  /** Present when the policy has a fallback that the function may go to. */
  readonly fallback?: RevertTarget;
}

/** Where a function may be attached, judged by today's policy and looked up in today's network. */
export interface RevertTarget {
  readonly origin: AttachmentOrigin;
  readonly findings: readonly Finding[];
  /** Its subnets and security groups that do not exist. */
  readonly missing: readonly string[];
  /** Why it could not be looked up. */
  readonly doubt?: string;
}

/** A finding that says no, and for which nobody answers. */
export interface Violation extends Finding {
  readonly verdict: Extract<Verdict, { readonly status: 'violation' }>;
}

/** The findings that say no, but for those that are exempt. */
export function violationsOf(findings: readonly Finding[]): readonly Violation[] {
  return findings.filter(
    (finding): finding is Violation =>
      finding.verdict.status === 'violation' && finding.exemption === undefined,
  );
}

/** The violations that the policy may act on. */
export function violationsToActOn(
  findings: readonly Finding[],
  policy: Pick<CompiledPolicy, 'controls'>,
): readonly Violation[] {
  return violationsOf(findings).filter(({ controlId }) => isEnforcedControl(controlId, policy));
}

/** Tells whether every control that applies says yes. */
export function isCompliant(findings: readonly Finding[]): boolean {
  return findings.every(saysYes);
}

/**
 * Tells whether no control stands against an attachment that the policy would act on.
 *
 * A control that only ever notifies does not keep an attachment from being good, nor does an exempt finding.
 */
export function isAcceptable(
  findings: readonly Finding[],
  policy: Pick<CompiledPolicy, 'controls'>,
): boolean {
  return findings.every(
    (finding) =>
      saysYes(finding) ||
      finding.exemption !== undefined ||
      !isEnforcedControl(finding.controlId, policy),
  );
}

/** Tells whether the policy may act on a violation of a control. */
export function isEnforcedControl(
  controlId: string,
  { controls }: Pick<CompiledPolicy, 'controls'>,
): boolean {
  const settings = controls[controlId];
  return settings !== undefined && isEnforced(settings);
}

function saysYes({ verdict: { status } }: Finding): boolean {
  return status === 'compliant' || status === 'not-applicable';
}

/** Tells whether an operator's forced release still holds this violation off. */
export function isHeld({ record: { hold }, snapshot, nowMs }: Look): boolean {
  return (
    hold !== undefined &&
    nowMs < hold.untilMs &&
    isSameAttachment(hold.attachment, snapshot.attachment)
  );
}
