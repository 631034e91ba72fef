import type { AccountCore } from './account-core.ts';
import type { Journal, JournaledCall } from './journal.ts';
import type { AccountQueues } from './sqs/account-queues.ts';

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

/** New TCP connections, by who opened them. */
export function describeConnections({ journal, principals }: AccountCore) {
  return [...journal.connections].map(([accessKeyId, count]) => {
    const key = principals.keys.get(accessKeyId);
    const name = key?.sessionName ?? key?.principal.name;
    return { accessKeyId, ...(name === undefined ? {} : { name }), count };
  });
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
