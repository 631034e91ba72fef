import { IAM } from '@aws-sdk/client-iam';
import { beforeAll, describe, expect, it } from 'vitest';
import unshown from '../../cases/unshown-iam.json' with { type: 'json' };
import { explain } from '../../support/conformance.ts';
import { walkPolicies } from './iam-policies.ts';
import { walkPrincipals } from './iam-principals.ts';
import { operationsOf, unseenAfter } from './watched-service.ts';

let unseen: ReadonlyMap<string, readonly string[]>;

beforeAll(async () => {
  const from = { service: 'iam', sdkPackage: '@aws-sdk/client-iam' };
  unseen = await unseenAfter(from, async (watched) => {
    const { account, observe } = watched;
    const iam = observe(new IAM(account.settings()));
    await walkPrincipals(iam, account.core.principals);
    await walkPolicies(iam, account.core.principals);
  });
});

describe('IAM', () => {
  it.each(operationsOf('iam'))('answers what it documents of %s', (name) => {
    const { unexplained } = explain(new Map([[name, unseen.get(name) ?? []]]), unshown);

    expect(unexplained).toEqual([]);
  });

  it('shows nothing that is explained away', () => {
    expect(explain(unseen, unshown).superfluous).toEqual([]);
  });
});
