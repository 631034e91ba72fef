import { GuardrailError } from '../core/guardrail-error.ts';
import { redact } from '../core/redact.ts';
import type { LogFields } from './logger.ts';

/** Says of an error what one log line needs; only one that nobody expected brings its trace. */
export function describeFault(error: unknown): LogFields & { readonly fault: string } {
  if (error instanceof GuardrailError) return { code: error.code, fault: error.message };
  if (!(error instanceof Error)) return { code: 'UNEXPECTED', fault: 'no error object was thrown' };
  const { name, message, stack = '' } = error;
  return { code: 'UNEXPECTED', fault: redact(`${name}: ${message}`), trace: redact(stack) };
}

/** Builds the error that answers a payload; every fault is named in one line. */
export function malformedPayload(faults: readonly string[]): GuardrailError {
  const message = `payload is malformed: ${faults.join('; ')}`;
  return new GuardrailError(message, { code: 'INPUT_MALFORMED' });
}

/** Empties an error's trace: Lambda answers with it, and callers need the message only. */
export function withoutTrace<Fault>(error: Fault): Fault {
  if (error instanceof Error) error.stack = '';
  return error;
}
