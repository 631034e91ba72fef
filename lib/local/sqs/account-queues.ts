import { randomUUID } from 'node:crypto';
import type { AccountCore } from '../account-core.ts';
import { allowsService } from '../identity/resource-policy.ts';
import {
  changeVisibility,
  expire,
  hold,
  type Notify,
  remove,
  take,
  toReceived,
} from './deliver.ts';
import type { Queue } from './queue-state.ts';
import type { Queues } from './queues.ts';
import { queueMissing } from './sqs-faults.ts';

/** Who sends by itself: a service, and what it acts for. */
export interface ServiceSender {
  /** Such as `events.amazonaws.com`. */
  readonly service: string;
  /** Such as the ARN of a rule or a topic. */
  readonly sourceArn: string;
}

/** The queues of the account, with what their own service and other senders need. */
export interface AccountQueues extends Queues {
  readonly byName: Map<string, Queue>;
  /** Undefined where there is no such queue. */
  readonly find: (queueArn: string) => Queue | undefined;
  /** Whether the queue's own policy lets a service send to it. */
  readonly allowsService: (queueArn: string, sender: ServiceSender) => boolean;
  /** Tells the listeners that a queue has something. */
  readonly notify: Notify;
}

/** Creates the queues of an account: none. */
export function createQueues(core: AccountCore): AccountQueues {
  const byName = new Map<string, Queue>();
  const listeners: ((queueArn: string) => void)[] = [];
  const prefix = `arn:aws:sqs:${core.region}:${core.accountId}:`;
  const find = (arn: string) =>
    arn.startsWith(prefix) ? byName.get(arn.slice(prefix.length)) : undefined;
  const get = (arn: string) => {
    const queue = find(arn);
    if (queue === undefined) throw queueMissing();
    expire(queue, core.clock.nowMs());
    return queue;
  };
  const notify: Notify = (queue) => {
    for (const listener of listeners) listener(queue.arn);
  };
  const engine = { clock: core.clock, find, notify };
  return {
    byName,
    find,
    notify,
    exists: (arn) => find(arn) !== undefined,
    send: (arn, message) => {
      const messageId = randomUUID();
      hold(engine, get(arn), { ...message, messageId, senderId: core.accountId });
      return messageId;
    },
    receive: (arn, max) => take(engine, get(arn), { max }),
    remove: (arn, handle) => remove(get(arn), handle),
    changeVisibility: (arn, handle, seconds) => {
      changeVisibility(engine, get(arn), { handle, seconds });
    },
    onVisible: (listener) => {
      listeners.push(listener);
    },
    peek: (arn) => [...get(arn).messages.values()].map((message) => toReceived(get(arn), message)),
    allowsService: (arn, { service, sourceArn }) =>
      allowsService(find(arn)?.policy, {
        service,
        sourceArn,
        sourceAccount: core.accountId,
        action: 'sqs:SendMessage',
        resource: arn,
      }),
  };
}
