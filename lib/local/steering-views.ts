import type { AccountCore } from './account-core.ts';
import type { Journal, JournaledCall } from './journal.ts';
import type { AccountQueues } from './sqs/account-queues.ts';
import { type Answer, bad, ok } from './steering-route.ts';

/** The operations that the account offers, by the signing name of their service. */
export function listOperations({ services }: Pick<AccountCore, 'services'>) {
  const offered = [...services.values()].map(
    ({ name, operations }) => [name, operations.map((operation) => operation.name).sort()] as const,
  );
  return Object.fromEntries(offered.sort(([one], [other]) => one.localeCompare(other)));
}

/** Calls of one operation by one caller. */
export interface CallCount {
  readonly service: string;
  readonly operation: string;
  readonly caller: string;
  readonly count: number;
  /** How many of them were refused, by the error's name. */
  readonly errors: Readonly<Record<string, number>>;
}

/** Counts the calls of a journal by service, operation and caller, in the order of their first. */
export function countCalls({ calls }: Pick<Journal, 'calls'>): readonly CallCount[] {
  const groups = Map.groupBy(
    calls,
    ({ service, operation, caller }) => `${service} ${operation} ${caller}`,
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { service, operation, caller } = first;
    return [{ service, operation, caller, count: group.length, errors: countErrors(group) }];
  });
}

function countErrors(calls: readonly JournaledCall[]): Readonly<Record<string, number>> {
  const failed = calls.flatMap(({ errorCode }) => (errorCode === undefined ? [] : [errorCode]));
  const groups = Map.groupBy(failed, (code) => code);
  return Object.fromEntries([...groups].map(([code, all]) => [code, all.length]));
}

const MOST_LISTED = 1000;

/** Lists single calls, the last ones where there are more than the limit. */
export function listCalls({ calls }: Pick<Journal, 'calls'>, query: URLSearchParams): Answer {
  const { limit = '100', since = '1970-01-01' } = Object.fromEntries(query);
  const most = Number(limit);
  const sinceMs = Date.parse(since);
  if (!Number.isInteger(most) || most < 1 || most > MOST_LISTED || Number.isNaN(sinceMs)) {
    return bad(`expected a limit from 1 to ${MOST_LISTED}, and an instant as \`since\``);
  }
  const wanted = calls.filter((call) => call.atMs >= sinceMs && isAsked(call, query));
  return ok(
    wanted.slice(-most).map(({ atMs, ...call }) => ({ at: new Date(atMs).toISOString(), ...call })),
  );
}

function isAsked(call: JournaledCall, query: URLSearchParams): boolean {
  return (
    (query.get('service') ?? call.service) === call.service &&
    (query.get('operation') ?? call.operation) === call.operation &&
    call.caller.includes(query.get('caller') ?? '')
  );
}

/** New TCP connections, those that were dropped and calls tried again, by who made them. */
export function describeConnections({ journal, principals }: AccountCore) {
  const retries = countRetries(journal);
  return [...journal.connections].map(([accessKeyId, count]) => {
    const key = principals.keys.get(accessKeyId);
    const name = key?.sessionName ?? key?.principal.name;
    return {
      accessKeyId,
      ...(name === undefined ? {} : { name }),
      count,
      dropped: journal.drops.get(accessKeyId) ?? 0,
      retries: retries.get(accessKeyId) ?? 0,
    };
  });
}

function countRetries({ calls }: Pick<Journal, 'calls'>): ReadonlyMap<string, number> {
  const again = calls.filter(({ attempt }) => attempt !== undefined);
  const groups = Map.groupBy(again, ({ accessKeyId }) => accessKeyId);
  return new Map([...groups].map(([key, all]) => [key, all.length]));
}

/** The virtual time, and when something is due next. */
export function describeClock({ clock }: AccountCore) {
  const nextAtMs = clock.nextAtMs();
  return {
    now: new Date(clock.nowMs()).toISOString(),
    ...(nextAtMs === undefined ? {} : { nextAt: new Date(nextAtMs).toISOString() }),
  };
}

/** Every queue with every message in it, those in flight or delayed included. */
export function describeQueues({ byName, peek }: AccountQueues) {
  return [...byName.values()].map(({ name, arn }) => ({
    name,
    arn,
    messages: peek(arn).map(({ messageId, body, attributes, messageAttributes }) => ({
      messageId,
      body,
      attributes,
      messageAttributes,
    })),
  }));
}
