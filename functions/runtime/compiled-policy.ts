import { GuardrailError } from '../core/guardrail-error.ts';
import type { CompiledPolicy } from '../core/policy.ts';

/** Put in by the bundler: no parsing and no fetch at run time. */
declare const COMPILED_POLICY: CompiledPolicy;

/** Hands out the policy that this bundle was built with. */
export function readCompiledPolicy(): CompiledPolicy {
  if (typeof COMPILED_POLICY === 'undefined') {
    throw new GuardrailError('no policy is bundled into this function', { code: 'CONFIG_INVALID' });
  }
  return COMPILED_POLICY;
}
