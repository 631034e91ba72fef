import { randomUUID } from 'node:crypto';
import {
  PutEvents$,
  type PutEventsRequest,
  type PutEventsRequestEntry,
  type PutEventsResponse,
  type PutEventsResultEntry,
  TestEventPattern$,
  type TestEventPatternRequest,
  type TestEventPatternResponse,
} from '@aws-sdk/client-eventbridge';
import type { AccountCore } from '../account-core.ts';
import { parseJson } from '../identity/resource-policy.ts';
import type { Given } from '../wire/given.ts';
import { type Operation, operation } from '../wire/operation.ts';
import { checkBus } from './bus-name.ts';
import type { EventBus } from './event-bus.ts';
import { compilePattern } from './event-pattern.ts';
import { invalid } from './events-faults.ts';

type TestInput = Given<TestEventPatternRequest, 'EventPattern' | 'Event'>;

const NEEDED_FIELDS = ['id', 'detail-type', 'source', 'account', 'time', 'region', 'resources'];

/** The operations on events: send them, and try a pattern on one. */
export function eventOperations(core: AccountCore, bus: EventBus): readonly Operation[] {
  return [
    operation<Given<PutEventsRequest, 'Entries'>, PutEventsResponse>(PutEvents$, {
      needs: () => [{ action: 'events:PutEvents', resource: bus.arn }],
      handle: ({ Entries }, { nowMs }) => {
        if (Entries.length < 1 || Entries.length > 10) {
          throw invalid(
            `1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length between 1 and 10, not ${Entries.length}`,
          );
        }
        const results = Entries.map((entry) => putEvent(core, bus, { entry, nowMs }));
        const failed = results.filter(({ ErrorCode }) => ErrorCode !== undefined);
        return { FailedEntryCount: failed.length, Entries: results };
      },
    }),
    operation<TestInput, TestEventPatternResponse>(TestEventPattern$, {
      needs: () => [{ action: 'events:TestEventPattern', resource: '*' }],
      handle: ({ EventPattern, Event }) => {
        const test = compilePattern(EventPattern);
        return { Result: test(readEvent(Event)) };
      },
    }),
  ];
}

function putEvent(
  { accountId, region }: AccountCore,
  bus: EventBus,
  { entry, nowMs }: { readonly entry: PutEventsRequestEntry; readonly nowMs: number },
): PutEventsResultEntry {
  const fault = findFault(entry);
  if (fault !== undefined) return fault;
  checkBus(bus, entry.EventBusName);
  const id = randomUUID();
  const time = (entry.Time ?? new Date(nowMs)).toISOString();
  bus.deliver({
    version: '0',
    id,
    'detail-type': entry.DetailType ?? '',
    source: entry.Source ?? '',
    account: accountId,
    time: `${time.slice(0, 19)}Z`,
    region,
    resources: entry.Resources ?? [],
    detail: parseJson(entry.Detail ?? ''),
  });
  return { EventId: id };
}

function findFault(entry: PutEventsRequestEntry): PutEventsResultEntry | undefined {
  for (const name of ['Source', 'DetailType', 'Detail'] as const) {
    if (entry[name]) continue;
    return {
      ErrorCode: 'InvalidArgument',
      ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
    };
  }
  // AWS: only its own services send events of its own services.
  if (entry.Source?.startsWith('aws.')) {
    return {
      ErrorCode: 'NotAuthorizedForSourceException',
      ErrorMessage: 'Not authorized for the source.',
    };
  }
  const detail = parseJson(entry.Detail ?? '');
  if (typeof detail === 'object' && detail !== null && !Array.isArray(detail)) return undefined;
  return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
}

/** AWS: an event without its envelope is none. */
function readEvent(text: string): unknown {
  const event = parseJson(text);
  if (typeof event !== 'object' || event === null || Array.isArray(event)) {
    throw invalid('Parameter Event is not valid. Reason: it must be a JSON object.');
  }
  const missing = NEEDED_FIELDS.find((name) => !Object.hasOwn(event, name));
  if (missing === undefined) return event;
  throw invalid(`Parameter Event is not valid. Reason: ${missing} is missing.`);
}
