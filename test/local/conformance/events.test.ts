import { EventBridge } from '@aws-sdk/client-eventbridge';
import { beforeAll, describe, expect, it } from 'vitest';
import unshown from '../../cases/unshown-events.json' with { type: 'json' };
import { explain } from '../../support/conformance.ts';
import { walkEvents } from './events-walk.ts';
import { operationsOf, unseenAfter } from './watched-service.ts';

let unseen: ReadonlyMap<string, readonly string[]>;

beforeAll(async () => {
  const from = { service: 'events', sdkPackage: '@aws-sdk/client-eventbridge' };
  unseen = await unseenAfter(from, async (watched) => {
    const { account, observe } = watched;
    await walkEvents(observe(new EventBridge(account.settings())));
  });
});

describe('EventBridge', () => {
  it.each(operationsOf('events'))('answers what it documents of %s', (name) => {
    const { unexplained } = explain(new Map([[name, unseen.get(name) ?? []]]), unshown);

    expect(unexplained).toEqual([]);
  });

  it('shows nothing that is explained away', () => {
    expect(explain(unseen, unshown).superfluous).toEqual([]);
  });
});
