import type { AccountCore } from '../account-core.ts';
import type { AccountQueues } from '../sqs/account-queues.ts';
import type { Service } from '../wire/operation.ts';
import { publishOperation } from './publish-operation.ts';
import { subscriptionOperations } from './subscription-operations.ts';
import { topicOperations } from './topic-operations.ts';
import type { Topics } from './topics.ts';

/** Creates SNS; whatever is published stands in the account's journal. */
export function createSnsService(
  core: AccountCore,
  { queues }: { readonly queues: AccountQueues },
): Service {
  const topics: Topics = new Map();
  return {
    name: 'sns',
    protocol: 'query',
    xmlNamespace: 'http://sns.amazonaws.com/doc/2010-03-31/',
    denied: { code: 'AuthorizationError', status: 403 },
    operations: [
      ...topicOperations(core, topics),
      ...subscriptionOperations(core, topics),
      publishOperation(core, { topics, queues }),
    ],
  };
}
