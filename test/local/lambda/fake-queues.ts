import type { VirtualClock } from '../../../lib/local/clock.ts';
import type { Queues, ReceivedMessage } from '../../../lib/local/sqs/queues.ts';

interface Held {
  readonly message: ReceivedMessage;
  visibleAtMs: number;
}

/** Queues in memory with a visibility timeout of 30 s. */
export interface FakeQueues extends Queues {
  readonly add: (queueArn: string) => void;
}

export function fakeQueues(clock: VirtualClock): FakeQueues {
  const queues = new Map<string, Held[]>();
  const listeners: ((queueArn: string) => void)[] = [];
  const tell = (queueArn: string): void => {
    for (const listener of listeners) listener(queueArn);
  };
  const hide = (queueArn: string, held: Held, forMs: number): void => {
    held.visibleAtMs = clock.nowMs() + forMs;
    clock.after(forMs, () => tell(queueArn));
  };
  let sent = 0;
  return {
    add: (queueArn) => {
      queues.set(queueArn, []);
    },
    exists: (queueArn) => queues.has(queueArn),
    send: (queueArn, { body, messageAttributes = {} }) => {
      sent += 1;
      const message: ReceivedMessage = {
        messageId: `message-${sent}`,
        receiptHandle: `receipt-${sent}`,
        body,
        attributes: { ApproximateReceiveCount: '1' },
        messageAttributes,
      };
      queues.get(queueArn)?.push({ message, visibleAtMs: clock.nowMs() });
      tell(queueArn);
      return message.messageId;
    },
    receive: (queueArn, max) => {
      const visible = (queues.get(queueArn) ?? [])
        .filter(({ visibleAtMs }) => visibleAtMs <= clock.nowMs())
        .slice(0, max);
      for (const held of visible) hide(queueArn, held, 30_000);
      return visible.map(({ message }) => message);
    },
    remove: (queueArn, receiptHandle) => {
      const left = queues.get(queueArn)?.filter(({ message }) => {
        return message.receiptHandle !== receiptHandle;
      });
      queues.set(queueArn, left ?? []);
    },
    changeVisibility: (queueArn, receiptHandle, seconds) => {
      const held = queues.get(queueArn)?.find(({ message }) => {
        return message.receiptHandle === receiptHandle;
      });
      if (held !== undefined) hide(queueArn, held, seconds * 1000);
    },
    onVisible: (listener) => {
      listeners.push(listener);
    },
    peek: (queueArn) => (queues.get(queueArn) ?? []).map(({ message }) => message),
  };
}
