import { Scheduler } from '@aws-sdk/client-scheduler';
import { beforeAll, describe, expect, it } from 'vitest';
import unshown from '../../cases/unshown-scheduler.json' with { type: 'json' };
import { explain } from '../../support/conformance.ts';
import { walkScheduler } from './scheduler-walk.ts';
import { operationsOf, unseenAfter } from './watched-service.ts';

let unseen: ReadonlyMap<string, readonly string[]>;

beforeAll(async () => {
  const from = { service: 'scheduler', sdkPackage: '@aws-sdk/client-scheduler' };
  unseen = await unseenAfter(from, async (watched) => {
    const scheduler = watched.observe(new Scheduler(watched.account.settings()));
    await walkScheduler(scheduler, watched);
    scheduler.destroy();
  });
});

describe('EventBridge Scheduler', () => {
  it.each(operationsOf('scheduler'))('answers what it documents of %s', (name) => {
    const { unexplained } = explain(new Map([[name, unseen.get(name) ?? []]]), unshown);

    expect(unexplained).toEqual([]);
  });

  it('shows nothing that is explained away', () => {
    expect(explain(unseen, unshown).superfluous).toEqual([]);
  });
});
