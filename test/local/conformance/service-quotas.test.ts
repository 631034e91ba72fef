import { ServiceQuotas } from '@aws-sdk/client-service-quotas';
import { beforeAll, describe, expect, it } from 'vitest';
import unshown from '../../cases/unshown-servicequotas.json' with { type: 'json' };
import { explain } from '../../support/conformance.ts';
import { walkServiceQuotas } from './service-quotas-walk.ts';
import { operationsOf, unseenAfter } from './watched-service.ts';

const NOTHING = { Effect: 'Deny', Action: '*', Resource: '*' };

let unseen: ReadonlyMap<string, readonly string[]>;

beforeAll(async () => {
  const from = { service: 'servicequotas', sdkPackage: '@aws-sdk/client-service-quotas' };
  unseen = await unseenAfter(from, async (watched) => {
    const { account, observe } = watched;
    const stranger = account.settings(account.user('stranger', NOTHING));
    await walkServiceQuotas(
      observe(new ServiceQuotas(account.settings())),
      observe(new ServiceQuotas(stranger)),
    );
  });
});

describe('Service Quotas', () => {
  it.each(operationsOf('servicequotas'))('answers what it documents of %s', (name) => {
    const { unexplained } = explain(new Map([[name, unseen.get(name) ?? []]]), unshown);

    expect(unexplained).toEqual([]);
  });

  it('shows nothing that is explained away', () => {
    expect(explain(unseen, unshown).superfluous).toEqual([]);
  });
});
