import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { beforeAll, describe, expect, it } from 'vitest';
import unshown from '../../cases/unshown-monitoring.json' with { type: 'json' };
import { explain } from '../../support/conformance.ts';
import { walkAlarms, walkCloudwatch } from './cloudwatch-walk.ts';
import { operationsOf, unseenAfter } from './watched-service.ts';

const NOTHING = { Effect: 'Deny', Action: '*', Resource: '*' };

let unseen: ReadonlyMap<string, readonly string[]>;

beforeAll(async () => {
  const from = { service: 'monitoring', sdkPackage: '@aws-sdk/client-cloudwatch' };
  unseen = await unseenAfter(from, async (watched) => {
    const { account, observe } = watched;
    const stranger = account.settings(account.user('stranger', NOTHING));
    for (const minutes of [0, 1]) {
      await account.advance(minutes * 60_000);
      account.metrics.noteInvocation({ functionName: 'orders-api', version: '$LATEST' });
    }
    await walkCloudwatch(
      observe(new CloudWatch(account.settings())),
      observe(new CloudWatch(stranger)),
    );
    await walkAlarms(observe(new CloudWatch(account.settings())));
  });
});

describe('CloudWatch', () => {
  it.each(operationsOf('monitoring'))('answers what it documents of %s', (name) => {
    const { unexplained } = explain(new Map([[name, unseen.get(name) ?? []]]), unshown);

    expect(unexplained).toEqual([]);
  });

  it('shows nothing that is explained away', () => {
    expect(explain(unseen, unshown).superfluous).toEqual([]);
  });
});
