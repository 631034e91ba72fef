import type { AccountCore } from '../account-core.ts';
import type { Service } from '../wire/operation.ts';
import type { AccountQueues } from './account-queues.ts';
import { attributeOperations } from './attribute-operations.ts';
import { batchOperations } from './batch-operations.ts';
import { messageOperations } from './message-operations.ts';
import { queueOperations } from './queue-operations.ts';

/** Creates SQS; queues get their addresses from the endpoint, which is known once the server listens. */
export function createSqsService(
  core: AccountCore,
  dependencies: { readonly queues: AccountQueues; readonly endpointOf: () => string },
): Service {
  const context = { core, ...dependencies, deletedAtMs: new Map<string, number>() };
  return {
    name: 'sqs',
    protocol: 'json',
    jsonVersion: '1.0',
    target: 'AmazonSQS',
    denied: { code: 'AccessDenied', status: 403 },
    operations: [
      ...queueOperations(context),
      ...attributeOperations(context),
      ...messageOperations(context),
      ...batchOperations(context),
    ],
  };
}
