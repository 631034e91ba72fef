import type { EventBus } from './event-bus.ts';
import { eventsFault } from './events-faults.ts';

/** Refuses every event bus but the default one, given by name or ARN. */
export function checkBus(bus: EventBus, name: string | undefined): void {
  if (name === undefined || name === 'default' || name === bus.arn) return;
  throw eventsFault('ResourceNotFoundException', `Event bus ${name} does not exist.`);
}
