import type { Home } from '../../../functions/core/function-name.ts';
import { parseRescanRequest, type RescanRequest } from '../../../functions/core/rescan-request.ts';
import { UsageError } from '../usage-error.ts';

/** Reads which functions are to be looked at, by name, ARN or pattern; none named are all. */
export function toRequest(functions: readonly string[], home: Home): RescanRequest {
  const payload = { ...(functions.length === 0 ? {} : { functions }), mode: 'audit', wake: false };
  const parsed = parseRescanRequest(payload, home);
  if (parsed.ok) return parsed.request;
  throw new UsageError(
    parsed.faults.map((fault) => fault.replaceAll('functions[', 'function[')).join('; '),
  );
}
