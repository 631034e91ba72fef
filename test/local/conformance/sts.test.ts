import { STS } from '@aws-sdk/client-sts';
import { beforeAll, describe, expect, it } from 'vitest';
import unshown from '../../cases/unshown-sts.json' with { type: 'json' };
import { explain } from '../../support/conformance.ts';
import { walkSts } from './sts-walk.ts';
import { operationsOf, unseenAfter } from './watched-service.ts';

let unseen: ReadonlyMap<string, readonly string[]>;

beforeAll(async () => {
  const from = { service: 'sts', sdkPackage: '@aws-sdk/client-sts' };
  unseen = await unseenAfter(from, async (watched) => {
    const { account, observe } = watched;
    await walkSts(observe(new STS(account.settings())), account);
  });
});

describe('STS', () => {
  it.each(operationsOf('sts'))('answers what it documents of %s', (name) => {
    const { unexplained } = explain(new Map([[name, unseen.get(name) ?? []]]), unshown);

    expect(unexplained).toEqual([]);
  });

  it('shows nothing that is explained away', () => {
    expect(explain(unseen, unshown).superfluous).toEqual([]);
  });
});
