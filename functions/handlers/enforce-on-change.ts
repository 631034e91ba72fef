import { GuardrailError } from '../core/guardrail-error.ts';
import type { NetworkOrder } from '../core/network-order.ts';
import { type Order, type ParsedMessage, parseMessage } from '../core/order.ts';
import { composeEnforce, type EnforceComposition } from '../runtime/compose.ts';
import { describeFault, malformedPayload } from '../runtime/fault.ts';
import { deploy } from '../runtime/middleware.ts';
import { enforceFunction } from '../workflows/enforce-function.ts';
import { enforceNetwork } from '../workflows/enforce-network.ts';
import type { Outcome } from '../workflows/outcome.ts';

/** One message as the event source mapping delivers it. */
interface QueueRecord {
  readonly messageId: string;
  readonly body: string;
}

/** The messages that are to be delivered again. */
interface BatchAnswer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

interface Delivery {
  readonly record: QueueRecord;
  readonly message: ParsedMessage;
}

/** One message that asks for work, and what it is about. */
interface Task {
  readonly record: QueueRecord;
  readonly about: Readonly<Record<string, string>>;
  readonly composed: EnforceComposition;
}

/** Builds the handler of batches: one message's failure never touches another. */
export function createHandler(composed: EnforceComposition) {
  return async (payload: unknown): Promise<BatchAnswer> => {
    const deliveries = parseBatch(payload).map((record) => ({
      record,
      message: parseMessage(record.body),
    }));
    const failed = await Promise.all(
      groupByFunction(deliveries).map((group) => handleGroup(group, composed)),
    );
    return { batchItemFailures: failed.flat().map((itemIdentifier) => ({ itemIdentifier })) };
  };
}

/** Looks at every function that the queue names. */
export const handler = deploy(createHandler(composeEnforce()));

/** Messages of one function one after the other, in their order; functions at the same time. */
function groupByFunction(deliveries: readonly Delivery[]): readonly (readonly Delivery[])[] {
  const groups = new Map<string, Delivery[]>();
  for (const delivery of deliveries) {
    const { record, message } = delivery;
    const key = message.status === 'order' ? message.order.functionArn : record.messageId;
    groups.set(key, [...(groups.get(key) ?? []), delivery]);
  }
  return [...groups.values()];
}

/** Answers the ids of the messages to be delivered again. */
async function handleGroup(
  group: readonly Delivery[],
  composed: EnforceComposition,
): Promise<readonly string[]> {
  const failed: string[] = [];
  for (const delivery of group) {
    if (!(await isHandled(delivery, composed))) failed.push(delivery.record.messageId);
  }
  return failed;
}

/** False where the message is to be delivered again. */
async function isHandled(
  { record, message }: Delivery,
  composed: EnforceComposition,
): Promise<boolean> {
  const { messageId } = record;
  switch (message.status) {
    case 'ignored':
      composed.log.info('message ignored', { messageId, reason: message.reason });
      return true;
    case 'malformed': {
      const fault = message.faults.join('; ');
      return isSetAside(record, { code: 'INPUT_MALFORMED', fault }, composed);
    }
    case 'order': {
      const { functionArn } = message.order;
      const task = { record, about: { functionArn }, composed };
      return isDone(task, () => enforceOrder(message.order, messageId, composed));
    }
    case 'network': {
      const { resourceId } = message.order.change;
      const task = { record, about: { resourceId }, composed };
      return isDone(task, () => enforceChange(message.order, messageId, composed));
    }
  }
}

async function enforceOrder(
  order: Order,
  messageId: string,
  composed: EnforceComposition,
): Promise<void> {
  const outcome = await enforceFunction(order, composed.ports, composed.settings);
  composed.log.info('function judged', { messageId, ...outcome });
  countOutcome(outcome, composed);
}

async function enforceChange(
  order: NetworkOrder,
  messageId: string,
  { networkChange, log }: EnforceComposition,
): Promise<void> {
  const outcome = await enforceNetwork(order, networkChange);
  log.info('network change handled', { messageId, ...outcome });
}

/** False where the work failed in a way that another delivery may cure. */
async function isDone(
  { record, about, composed }: Task,
  work: () => Promise<void>,
): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    const fault = { ...about, ...describeFault(error) };
    if (error instanceof GuardrailError && !error.retryable) {
      return isSetAside(record, fault, composed);
    }
    composed.log.warn('message returned to the queue', { messageId: record.messageId, ...fault });
    return false;
  }
}

async function isSetAside(
  { messageId, body }: QueueRecord,
  fault: { readonly code?: unknown; readonly fault: string },
  { setAside, log, count }: EnforceComposition,
): Promise<boolean> {
  try {
    await setAside(body, fault.fault);
    log.error('message set aside', { messageId, ...fault });
    count('SetAside');
    return true;
  } catch (error) {
    const { fault: sendFault } = describeFault(error);
    log.error('message could not be set aside', { messageId, ...fault, sendFault });
    return false;
  }
}

function countOutcome({ verdict, remediation }: Outcome, { count }: EnforceComposition): void {
  count('Decisions');
  if (verdict === 'violation') count('Violations');
  if (remediation.startsWith('withheld')) count('Withheld');
  else if (remediation !== 'none') count('Remediations');
}

function parseBatch(payload: unknown): readonly QueueRecord[] {
  const { Records } = (payload ?? {}) as { readonly Records?: unknown };
  if (!Array.isArray(Records) || !Records.every(isQueueRecord)) {
    throw malformedPayload(['expected a batch of queue messages in `Records`']);
  }
  return Records;
}

function isQueueRecord(record: unknown): record is QueueRecord {
  const { messageId, body } = (record ?? {}) as Partial<Record<string, unknown>>;
  return typeof messageId === 'string' && typeof body === 'string';
}
