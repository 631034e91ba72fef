import type { Fact } from '../core/facts.ts';
import { GuardrailError } from '../core/guardrail-error.ts';
import { isDenied } from './aws-errors.ts';

/**
 * Makes a fact of what is read: unknown where the guardrail's role may not read it.
 *
 * Everything else is thrown on: what is throttled or unreachable now may be known by the next delivery.
 */
export async function asFact<Value>(read: () => Promise<Value>): Promise<Fact<Value>> {
  try {
    return { value: await read() };
  } catch (error) {
    if (error instanceof GuardrailError && isDenied(error.cause)) return { unknown: error.message };
    throw error;
  }
}
