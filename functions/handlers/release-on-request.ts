import { parseReleaseRequest } from '../core/release-request.ts';
import { type Composition, composeRelease } from '../runtime/compose.ts';
import { malformedPayload } from '../runtime/fault.ts';
import { deploy } from '../runtime/middleware.ts';
import { releaseFunction } from '../workflows/release-function.ts';

/** Builds the handler of releases. */
export function createHandler({ ports, settings, log }: Composition) {
  return async (payload: unknown) => {
    const parsed = parseReleaseRequest(payload, settings.deployment);
    if (!parsed.ok) throw malformedPayload(parsed.faults);
    const outcome = await releaseFunction(parsed.request, ports, settings);
    log.info('release decided', { ...outcome });
    return outcome;
  };
}

/** Releases one function from quarantine. */
export const handler = deploy(createHandler(composeRelease()));
