import { randomUUID } from 'node:crypto';
import { shortestChain } from '../lineage.ts';
import type { ReceivedMessage } from '../sqs/queues.ts';
import { admit } from './admission.ts';
import { failedMessages } from './batch-failures.ts';
import type { LambdaContext } from './lambda-context.ts';
import { cannotCall, missingQueueCall } from './mapping-request.ts';
import { isStopped } from './recursion.ts';
import { runFunction } from './run-function.ts';
import { toSqsEvent } from './sqs-event.ts';
import type { Deployment, StoredFunction } from './stored-function.ts';
import type { StoredMapping } from './stored-mapping.ts';

/** How many batches Lambda works on at once where a mapping sets no maximum. */
const INITIAL_CONCURRENCY = 5;
/** When Lambda looks again at a queue that it could not read. */
const RETRY_MS = 60_000;

/** What is known of the mappings beyond what people see. */
interface Consumption {
  readonly context: LambdaContext;
  /** Batches that are worked on, by mapping. */
  readonly active: Map<string, number>;
  /** Mappings that are looked at again later. */
  readonly waiting: Set<string>;
}

/** Makes the functions consume their queues, whenever a message or a function becomes available. */
export function consumeQueues(context: LambdaContext): void {
  const consumption: Consumption = { context, active: new Map(), waiting: new Set() };
  const consume = (isConcerned: (mapping: StoredMapping) => boolean): void => {
    // Deferred: whoever announces something is still in the middle of it.
    const looked = Promise.resolve().then(() => {
      for (const mapping of [...context.mappings.values()].filter(isConcerned)) {
        consumeQueue(consumption, mapping.uuid);
      }
    });
    void context.core.clock.track(looked);
  };
  context.queues.onVisible((queueArn) => consume((mapping) => mapping.queueArn === queueArn));
  context.capacityListeners.push((name) => consume((mapping) => mapping.functionName === name));
}

/** Takes as many batches as queue, function and mapping allow now. */
function consumeQueue(consumption: Consumption, uuid: string): void {
  const { context, active } = consumption;
  for (;;) {
    const mapping = context.mappings.get(uuid);
    if (mapping?.state !== 'Enabled' || !context.queues.exists(mapping.queueArn)) return;
    const count = active.get(uuid) ?? 0;
    if (count >= (mapping.maximumConcurrency ?? INITIAL_CONCURRENCY)) return;
    const batch = takeBatch(consumption, mapping);
    if (batch === undefined) return;
    active.set(uuid, count + 1);
    const ended = work(context, mapping, batch).finally(() => {
      active.set(uuid, (active.get(uuid) ?? 1) - 1);
      consumeQueue(consumption, uuid);
    });
    void context.core.clock.track(ended);
  }
}

interface Batch {
  readonly messages: readonly ReceivedMessage[];
  readonly stored: StoredFunction;
  readonly serving: Deployment;
}

/** Messages and a function that takes them; undefined where one of them is lacking. */
function takeBatch(consumption: Consumption, mapping: StoredMapping): Batch | undefined {
  const { context } = consumption;
  const { functions, queues } = context;
  const stored = functions.get(mapping.functionName);
  if (stored === undefined) return undefined;
  const missing = missingQueueCall(context, mapping.queueArn, stored);
  if (missing !== undefined) {
    noteResult(context, mapping, `PROBLEM: ${cannotCall(missing)}`);
    lookLater(consumption, mapping);
    return undefined;
  }
  if (isIdle(stored) && queues.peek(mapping.queueArn).length === 0) return undefined;
  const admission = admit(context, stored);
  if (admission.kind !== 'admitted') return undefined;
  const messages = queues.receive(mapping.queueArn, mapping.batchSize);
  return messages.length === 0 ? undefined : { messages, stored, serving: admission.serving };
}

/** An idle function is woken by messages only. */
function isIdle({ configuration }: StoredFunction): boolean {
  return configuration.State === 'Inactive';
}

async function work(context: LambdaContext, mapping: StoredMapping, batch: Batch): Promise<void> {
  const { messages, stored, serving } = batch;
  const { queueArn, reportsItemFailures } = mapping;
  const traceHeader = shortestChain(
    stored.arn,
    messages.map(({ attributes }) => attributes['AWSTraceHeader']),
  );
  // AWS: what is stopped stays in the queue, until it was received too often for it.
  if (isStopped(context, { version: stored, traceHeader, source: queueArn })) {
    noteResult(context, mapping, 'PROBLEM: Recursive invocation detected');
    return;
  }
  const outcome = await runFunction(context, {
    version: stored,
    serving,
    traceHeader,
    requestId: randomUUID(),
    payload: toSqsEvent(messages, { queueArn, region: context.core.region }),
  });
  const ids = messages.map(({ messageId }) => messageId);
  const failed = failedMessages(ids, { ...outcome, reportsItemFailures });
  for (const { messageId, receiptHandle } of messages) {
    if (!failed.has(messageId)) context.queues.remove(queueArn, receiptHandle);
  }
  noteResult(context, mapping, failed.size === 0 ? 'OK' : 'PROBLEM: Function call failed');
}

/** No message tells that a role was mended: so look again after a while. */
function lookLater(consumption: Consumption, { uuid }: StoredMapping): void {
  const { context, waiting } = consumption;
  if (waiting.has(uuid)) return;
  waiting.add(uuid);
  context.core.clock.after(RETRY_MS, () => {
    waiting.delete(uuid);
    consumeQueue(consumption, uuid);
  });
}

function noteResult(
  { mappings }: LambdaContext,
  { uuid }: StoredMapping,
  lastResult: string,
): void {
  const present = mappings.get(uuid);
  if (present !== undefined) mappings.set(uuid, { ...present, lastResult });
}
