import type { AccountCore } from '../account-core.ts';
import type { Need } from '../wire/operation.ts';
import type { AccountQueues } from './account-queues.ts';
import { expire } from './deliver.ts';
import type { Queue } from './queue-state.ts';
import { queueMissing, sqsFault } from './sqs-faults.ts';

/** Where the service runs. */
export interface SqsContext {
  readonly core: AccountCore;
  readonly queues: AccountQueues;
  /** The server's address: known only once it listens. */
  readonly endpointOf: () => string;
  /** By name, when a queue was last deleted. */
  readonly deletedAtMs: Map<string, number>;
}

/** The address of a queue: SDKs use it as it is. */
export function urlOf({ core, endpointOf }: SqsContext, name: string): string {
  return `${endpointOf()}/${core.accountId}/${name}`;
}

/** The ARN of a queue that may not exist. */
export function arnOf({ accountId, region }: AccountCore, name: string): string {
  return `arn:aws:sqs:${region}:${accountId}:${name}`;
}

/** Finds the queue that an address means, whatever its host, or says that there is none. */
export function queueAt({ core, queues }: SqsContext, url: string): Queue {
  const { accountId, name } = parseUrl(url);
  const queue = accountId === core.accountId ? queues.byName.get(name) : undefined;
  if (queue === undefined) throw queueMissing();
  expire(queue, core.clock.nowMs());
  return queue;
}

/** What a caller needs to act on the queue at an address: the queue's own policy may refuse it. */
export function needAt({ core, queues }: SqsContext, action: string, url: string): Need {
  const { name } = parseUrl(url);
  const resourcePolicy = queues.byName.get(name)?.policy;
  return {
    action: `sqs:${action}`,
    resource: arnOf(core, name),
    ...(resourcePolicy === undefined ? {} : { resourcePolicy }),
  };
}

function parseUrl(url: string): { readonly accountId: string; readonly name: string } {
  const [, accountId, name] = /(?:^|\/)(\d{12})\/([\w-]+)$/.exec(url) ?? [];
  if (accountId === undefined || name === undefined) {
    throw sqsFault('InvalidAddress', `The address ${url} is not valid for this endpoint.`, {
      status: 404,
    });
  }
  return { accountId, name };
}
