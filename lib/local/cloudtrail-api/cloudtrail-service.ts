import type { Service } from '../wire/operation.ts';
import { loggingOperations } from './logging-operations.ts';
import { selectorOperations } from './selector-operations.ts';
import { trailOperations } from './trail-operations.ts';
import type { Trails } from './trails.ts';

/** Creates CloudTrail as far as it says what is logged: whether EventBridge hears of calls. */
export function createCloudtrailService(trails: Trails): Service {
  return {
    name: 'cloudtrail',
    protocol: 'json',
    jsonVersion: '1.1',
    target: 'CloudTrail_20131101',
    denied: { code: 'AccessDeniedException', status: 400 },
    operations: [
      ...trailOperations(trails),
      ...loggingOperations(trails),
      ...selectorOperations(trails),
    ],
  };
}
