import type { Finding } from '../finding.ts';
import { compileAccess, hasAllowFor } from '../iam/evaluate.ts';
import type { CompiledPolicy } from '../policy.ts';
import { ATTACHMENT_CALLS, type ControlContext, type Subject } from './control.ts';
import { CONTROLS } from './registry.ts';

/** Makes what the controls judge by, once for a policy. */
export function createControlContext({ access }: CompiledPolicy): ControlContext {
  return {
    judgeAccess: compileAccess(access),
    hasAccessDocuments: access.length > 0,
    allowedCalls: new Set(ATTACHMENT_CALLS.filter((call) => hasAllowFor(access, `lambda:${call}`))),
  };
}

/** Answers one finding for every control that the policy enables. */
export function evaluateControls(
  subject: Subject,
  policy: CompiledPolicy,
  context: ControlContext,
): readonly Finding[] {
  return CONTROLS.flatMap((control) => {
    const { enabled, severity } = policy.controls[control.id] ?? control.defaults;
    if (!enabled) return [];
    return [{ controlId: control.id, severity, verdict: control.evaluate(subject, context) }];
  });
}
