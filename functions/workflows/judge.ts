import type { ControlScope } from '../core/controls/control.ts';
import { evaluateControls } from '../core/controls/evaluate-controls.ts';
import { coverFindings, type MetExemptions } from '../core/exemption.ts';
import type { Facts } from '../core/facts.ts';
import type { Finding } from '../core/finding.ts';
import type { AttachmentOrigin, FunctionRecord } from '../core/record.ts';
import type { FunctionSnapshot } from '../core/snapshot.ts';
import type { Settings } from './settings.ts';

/** What is judged, beside the attachment and who made it. */
export interface Judged {
  readonly snapshot: Pick<FunctionSnapshot, 'functionArn' | 'hasCapacityProvider' | 'tags'>;
  readonly record: Pick<FunctionRecord, 'current' | 'existedAtMs' | 'tagWrites'>;
  readonly facts: Facts;
  /** Absent: every scope of which the facts are there. */
  readonly scopes?: readonly ControlScope[];
  readonly met: MetExemptions;
  readonly nowMs: number;
}

/** Judges an attachment as the call that produced it would have been judged, and marks what is exempt. */
export function judge(
  { snapshot, record, facts, scopes, met, nowMs }: Judged,
  { attachment, call, principalArn }: AttachmentOrigin,
  { policy, controls }: Settings,
): readonly Finding[] {
  const { functionArn, hasCapacityProvider, tags } = snapshot;
  const subject = {
    functionArn,
    hasCapacityProvider,
    attachment,
    call,
    ...(principalArn === undefined ? {} : { principalArn }),
  };
  const { tagWrites = {}, existedAtMs = nowMs } = record;
  const findings = evaluateControls({ subject, facts, context: controls }, policy, scopes);
  return coverFindings(findings, policy, {
    functionArn,
    tags,
    tagWrites,
    existedAtMs,
    met,
    nowMs,
  });
}
