import type { AdvancedEventSelector, EventSelector } from '@aws-sdk/client-cloudtrail';
import type { TrailRecord } from '../journal.ts';
import type { Trail, Trails } from './trails.ts';

/** What a trail logs where nobody chose. */
export const DEFAULT_SELECTORS: readonly EventSelector[] = [
  {
    ReadWriteType: 'All',
    IncludeManagementEvents: true,
    DataResources: [],
    ExcludeManagementEventSources: [],
  },
];

/**
 * Tells whether any trail logs a call that changed something: EventBridge hears of no other.
 *
 * AWS: event history alone is not enough. What becomes of the record of the call that stops the last trail is
 * not documented: here EventBridge does not hear of it.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */
export function isLogged({ byName }: Trails, { eventSource }: TrailRecord): boolean {
  return [...byName.values()].some(
    (trail) => trail.isLogging && admits(trail, String(eventSource)),
  );
}

function admits({ selectors = { basic: DEFAULT_SELECTORS } }: Trail, source: string): boolean {
  return 'basic' in selectors
    ? selectors.basic.some((selector) => admitsBasic(selector, source))
    : selectors.advanced.some((selector) => admitsAdvanced(selector, source));
}

function admitsBasic(
  {
    ReadWriteType = 'All',
    IncludeManagementEvents = true,
    ExcludeManagementEventSources: excluded = [],
  }: EventSelector,
  source: string,
): boolean {
  return IncludeManagementEvents && ReadWriteType !== 'ReadOnly' && !excluded.includes(source);
}

function admitsAdvanced({ FieldSelectors = [] }: AdvancedEventSelector, source: string): boolean {
  return FieldSelectors.every(({ Field, Equals, NotEquals = [] }) => {
    if (Field === 'readOnly') return Equals?.includes('false') === true;
    return Field !== 'eventSource' || !NotEquals.includes(source);
  });
}
