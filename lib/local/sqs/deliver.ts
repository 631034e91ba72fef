import type { VirtualClock } from '../clock.ts';
import { type HeldMessage, numberOf, type Queue } from './queue-state.ts';
import type { ReceivedMessage, SentMessage } from './queues.ts';
import { badParameter, sqsFault } from './sqs-faults.ts';

/** Called whenever a queue has something for its consumers. */
export type Notify = (queue: Queue) => void;

/** What moving messages needs. */
export interface Engine {
  readonly clock: VirtualClock;
  readonly find: (queueArn: string) => Queue | undefined;
  readonly notify: Notify;
}

/** Puts a message into a queue; it becomes visible after its delay or the queue's. */
export function hold(
  engine: Engine,
  queue: Queue,
  message: SentMessage & { readonly messageId: string; readonly senderId: string },
): void {
  const sentAtMs = engine.clock.nowMs();
  const delaySeconds = message.delaySeconds ?? numberOf(queue, 'DelaySeconds');
  const held: HeldMessage = {
    messageId: message.messageId,
    body: message.body,
    messageAttributes: message.messageAttributes ?? {},
    senderId: message.senderId,
    sentAtMs,
    ...(message.traceHeader === undefined ? {} : { traceHeader: message.traceHeader }),
    visibleAtMs: sentAtMs,
    receiveCount: 0,
  };
  queue.messages.set(held.messageId, held);
  showAfter(engine, queue, { held, seconds: delaySeconds });
}

/** Takes visible messages, oldest first; those that were received too often move on instead. */
export function take(
  engine: Engine,
  queue: Queue,
  { max, visibilitySeconds }: { readonly max: number; readonly visibilitySeconds?: number },
): readonly ReceivedMessage[] {
  const nowMs = engine.clock.nowMs();
  const seconds = visibilitySeconds ?? numberOf(queue, 'VisibilityTimeout');
  const taken: ReceivedMessage[] = [];
  for (const held of queue.messages.values()) {
    if (taken.length >= max) break;
    if (held.visibleAtMs > nowMs) continue;
    if (moveToDeadLetters(engine, queue, held)) continue;
    held.receiveCount += 1;
    held.firstReceivedAtMs ??= nowMs;
    // Not at once, even for no time at all: whoever listens would take it again from within.
    hideFor(engine, queue, { held, seconds });
    taken.push(toReceived(queue, held));
  }
  return taken;
}

/** Removes a message; one that was received again since stays. */
export function remove(queue: Queue, handle: string): void {
  const { messageId, count } = readHandle(queue, handle);
  const held = queue.messages.get(messageId);
  if (held?.receiveCount !== count) return;
  held.cancel?.();
  queue.messages.delete(messageId);
}

/** Makes a message that was received visible after so many seconds. */
export function changeVisibility(
  engine: Engine,
  queue: Queue,
  { handle, seconds }: { readonly handle: string; readonly seconds: number },
): void {
  const { messageId, count } = readHandle(queue, handle);
  const held = queue.messages.get(messageId);
  if (held === undefined || held.receiveCount !== count) {
    const reason = 'Message does not exist or is not available for visibility timeout change.';
    throw badParameter('ReceiptHandle', handle, reason);
  }
  if (held.visibleAtMs <= engine.clock.nowMs()) {
    throw sqsFault('MessageNotInflight', "The specified message isn't in flight.", {
      queryCode: 'AWS.SimpleQueueService.MessageNotInflight',
    });
  }
  showAfter(engine, queue, { held, seconds });
}

/** Drops what lay in a queue longer than it keeps messages. */
export function expire(queue: Queue, nowMs: number): void {
  const oldestMs = nowMs - numberOf(queue, 'MessageRetentionPeriod') * 1000;
  for (const held of queue.messages.values()) {
    if (held.sentAtMs >= oldestMs) continue;
    held.cancel?.();
    queue.messages.delete(held.messageId);
  }
}

/** Drops everything. */
export function purge(queue: Queue): void {
  for (const held of queue.messages.values()) held.cancel?.();
  queue.messages.clear();
}

/** A message as a consumer receives it. */
export function toReceived(queue: Queue, held: HeldMessage): ReceivedMessage {
  const { messageId, body, messageAttributes, receiveCount, firstReceivedAtMs } = held;
  const handle = `${queue.arn} ${messageId} ${receiveCount}`;
  return {
    messageId,
    receiptHandle: Buffer.from(handle).toString('base64'),
    body,
    messageAttributes,
    attributes: {
      SenderId: held.senderId,
      SentTimestamp: String(held.sentAtMs),
      ApproximateReceiveCount: String(receiveCount),
      ...(firstReceivedAtMs === undefined
        ? {}
        : { ApproximateFirstReceiveTimestamp: String(firstReceivedAtMs) }),
      ...(held.traceHeader === undefined ? {} : { AWSTraceHeader: held.traceHeader }),
      ...(held.sourceArn === undefined ? {} : { DeadLetterQueueSourceArn: held.sourceArn }),
    },
  };
}

interface Hiding {
  readonly held: HeldMessage;
  readonly seconds: number;
}

function showAfter(engine: Engine, queue: Queue, hiding: Hiding): void {
  if (hiding.seconds > 0) {
    hideFor(engine, queue, hiding);
    return;
  }
  hiding.held.cancel?.();
  hiding.held.visibleAtMs = engine.clock.nowMs();
  engine.notify(queue);
}

function hideFor({ clock, notify }: Engine, queue: Queue, { held, seconds }: Hiding): void {
  held.cancel?.();
  held.visibleAtMs = clock.nowMs() + seconds * 1000;
  held.cancel = clock.at(held.visibleAtMs, () => notify(queue));
}

function moveToDeadLetters(engine: Engine, queue: Queue, held: HeldMessage): boolean {
  const { redrive } = queue;
  if (redrive === undefined || held.receiveCount < redrive.maxReceiveCount) return false;
  const target = engine.find(redrive.deadLetterArn);
  if (target === undefined) return false;
  held.cancel?.();
  queue.messages.delete(held.messageId);
  // AWS: a message keeps the time at which it was first sent, and its own id.
  const { cancel: _cancelled, ...kept } = held;
  const moved: HeldMessage = {
    ...kept,
    sourceArn: queue.arn,
    visibleAtMs: engine.clock.nowMs(),
    receiveCount: 0,
  };
  target.messages.set(moved.messageId, moved);
  engine.notify(target);
  return true;
}

function readHandle(
  queue: Queue,
  handle: string,
): { readonly messageId: string; readonly count: number } {
  const [arn, messageId, count] = Buffer.from(handle, 'base64').toString('utf8').split(' ');
  if (arn !== queue.arn || messageId === undefined || count === undefined) {
    throw sqsFault(
      'ReceiptHandleIsInvalid',
      `The input receipt handle "${handle}" is not a valid receipt handle.`,
      { status: 404 },
    );
  }
  return { messageId, count: Number(count) };
}
