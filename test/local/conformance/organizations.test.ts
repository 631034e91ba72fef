import { Organizations } from '@aws-sdk/client-organizations';
import { beforeAll, describe, expect, it } from 'vitest';
import unshown from '../../cases/unshown-organizations.json' with { type: 'json' };
import { explain } from '../../support/conformance.ts';
import { walkOrganizations } from './organizations-walk.ts';
import { operationsOf, unseenAfter } from './watched-service.ts';

const NOTHING = { Effect: 'Deny', Action: '*', Resource: '*' };

let unseen: ReadonlyMap<string, readonly string[]>;

beforeAll(async () => {
  const from = { service: 'organizations', sdkPackage: '@aws-sdk/client-organizations' };
  unseen = await unseenAfter(from, async (watched) => {
    const { account, observe } = watched;
    const stranger = account.settings(account.user('stranger', NOTHING));
    await walkOrganizations(
      observe(new Organizations(account.settings())),
      observe(new Organizations(stranger)),
    );
  });
});

describe('Organizations', () => {
  it.each(operationsOf('organizations'))('answers what it documents of %s', (name) => {
    const { unexplained } = explain(new Map([[name, unseen.get(name) ?? []]]), unshown);

    expect(unexplained).toEqual([]);
  });

  it('shows nothing that is explained away', () => {
    expect(explain(unseen, unshown).superfluous).toEqual([]);
  });
});
