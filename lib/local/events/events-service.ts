import type { AccountCore } from '../account-core.ts';
import type { Service } from '../wire/operation.ts';
import type { EventBus } from './event-bus.ts';
import { eventOperations } from './event-operations.ts';
import { ruleOperations } from './rule-operations.ts';
import { targetOperations } from './target-operations.ts';

/** Creates EventBridge around the default event bus. */
export function createEventsService(core: AccountCore, bus: EventBus): Service {
  return {
    name: 'events',
    protocol: 'json',
    jsonVersion: '1.1',
    target: 'AWSEvents',
    denied: { code: 'AccessDeniedException', status: 400 },
    operations: [...ruleOperations(bus), ...targetOperations(bus), ...eventOperations(core, bus)],
  };
}
