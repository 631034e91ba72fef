import { SQS } from '@aws-sdk/client-sqs';
import { beforeAll, describe, expect, it } from 'vitest';
import unshown from '../../cases/unshown-sqs.json' with { type: 'json' };
import { explain } from '../../support/conformance.ts';
import { walkMessages } from './sqs-messages.ts';
import { walkQueues } from './sqs-queues.ts';
import { operationsOf, unseenAfter } from './watched-service.ts';

let unseen: ReadonlyMap<string, readonly string[]>;

beforeAll(async () => {
  const from = { service: 'sqs', sdkPackage: '@aws-sdk/client-sqs' };
  unseen = await unseenAfter(from, async (watched) => {
    const { account, observe } = watched;
    // The addresses that the suite gives are not where the account listens.
    const sqs = observe(new SQS({ ...account.settings(), useQueueUrlAsEndpoint: false }));
    await walkQueues(sqs, watched);
    await walkMessages(sqs, watched);
  });
});

describe('SQS', () => {
  it.each(operationsOf('sqs'))('answers what it documents of %s', (name) => {
    const { unexplained } = explain(new Map([[name, unseen.get(name) ?? []]]), unshown);

    expect(unexplained).toEqual([]);
  });

  it('shows nothing that is explained away', () => {
    expect(explain(unseen, unshown).superfluous).toEqual([]);
  });
});
