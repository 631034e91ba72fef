import { SNS } from '@aws-sdk/client-sns';
import { beforeAll, describe, expect, it } from 'vitest';
import unshown from '../../cases/unshown-sns.json' with { type: 'json' };
import { explain } from '../../support/conformance.ts';
import { walkSns } from './sns-walk.ts';
import { operationsOf, unseenAfter } from './watched-service.ts';

const NOTHING = { Effect: 'Deny', Action: '*', Resource: '*' };

let unseen: ReadonlyMap<string, readonly string[]>;

beforeAll(async () => {
  const from = { service: 'sns', sdkPackage: '@aws-sdk/client-sns' };
  unseen = await unseenAfter(from, async (watched) => {
    const { account, observe } = watched;
    const stranger = account.user('stranger', NOTHING);
    const own = observe(new SNS(account.settings()));
    await walkSns(own, observe(new SNS(account.settings(stranger))));
  });
});

describe('SNS', () => {
  it.each(operationsOf('sns'))('answers what it documents of %s', (name) => {
    const { unexplained } = explain(new Map([[name, unseen.get(name) ?? []]]), unshown);

    expect(unexplained).toEqual([]);
  });

  it('shows nothing that is explained away', () => {
    expect(explain(unseen, unshown).superfluous).toEqual([]);
  });
});
