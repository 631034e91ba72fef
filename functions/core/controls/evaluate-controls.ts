import type { FactKind } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { compileAccess, hasAllowFor } from '../iam/evaluate.ts';
import type { CompiledPolicy } from '../policy.ts';
import {
  ATTACHMENT_CALLS,
  type Control,
  type ControlContext,
  type ControlScope,
  type Inquiry,
} from './control.ts';
import { CONTROLS } from './registry.ts';

/** Makes what the controls judge by, once for a policy. */
export function createControlContext({ access }: CompiledPolicy): ControlContext {
  return {
    judgeAccess: compileAccess(access),
    hasAccessDocuments: access.length > 0,
    allowedCalls: new Set(ATTACHMENT_CALLS.filter((call) => hasAllowFor(access, `lambda:${call}`))),
  };
}

/** Answers one finding for every enabled control whose facts were asked for. */
export function evaluateControls(
  inquiry: Inquiry,
  policy: CompiledPolicy,
  scopes: readonly ControlScope[] = ['event', 'function', 'account'],
): readonly Finding[] {
  return enabledControls(policy).flatMap((control) => {
    if (!scopes.includes(control.scope)) return [];
    const { severity, parameters } = policy.controls[control.id] ?? control.defaults;
    const verdict = control.judge(inquiry, parameters);
    return verdict === undefined ? [] : [{ controlId: control.id, severity, verdict }];
  });
}

/** The facts that the enabled controls of some scopes need. */
export function neededFacts(
  policy: CompiledPolicy,
  scopes: readonly ControlScope[],
): ReadonlySet<FactKind> {
  const asking = enabledControls(policy).filter(({ scope }) => scopes.includes(scope));
  return new Set(asking.flatMap(({ needs }) => needs));
}

function enabledControls(policy: CompiledPolicy): readonly Control[] {
  return CONTROLS.filter(({ id, defaults }) => (policy.controls[id] ?? defaults).enabled);
}
