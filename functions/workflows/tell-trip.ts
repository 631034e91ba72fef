import type { Trip } from '../core/breaker.ts';
import type { Home } from '../core/function-name.ts';
import { breakerNotice } from '../core/notices/breaker-notice.ts';
import type { Ports } from './ports.ts';

/**
 * Tells people that the breaker is tripped.
 *
 * Published first and noted then: a crash in between tells twice rather than never.
 */
export async function tellTrip(
  trip: Trip,
  home: Home,
  ports: Pick<Ports, 'publish' | 'noteTripTold'>,
): Promise<void> {
  await ports.publish(breakerNotice(trip, home));
  await ports.noteTripTold(trip.id);
}
