import { GuardrailError } from '../core/guardrail-error.ts';
import type { CompiledPolicy } from '../core/policy.ts';

/** What the deployment lays beside the bundle. Only text to the compiler and the bundler: neither is to look for it. */
const POLICY_MODULE: string = './policy.mjs';

interface Deployed {
  readonly policy?: CompiledPolicy;
  readonly cause?: unknown;
}

// One bundle serves every policy, which comes as code: nothing is parsed or fetched at run time.
const { policy, cause }: Deployed = await import(POLICY_MODULE).catch((error) => ({
  cause: error,
}));

/** Hands out the policy that lies beside this bundle. */
export function readCompiledPolicy(): CompiledPolicy {
  if (policy !== undefined) return policy;
  throw new GuardrailError('no policy lies beside the code of this function', {
    code: 'CONFIG_INVALID',
    cause,
  });
}
