import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import unshown from '../../cases/unshown-dynamodb.json' with { type: 'json' };
import { explain } from '../../support/conformance.ts';
import { walkDynamodb } from './dynamodb-walk.ts';
import { operationsOf, unseenAfter } from './watched-service.ts';

let unseen: ReadonlyMap<string, readonly string[]>;

beforeAll(async () => {
  const from = { service: 'dynamodb', sdkPackage: '@aws-sdk/client-dynamodb' };
  unseen = await unseenAfter(from, async (watched) => {
    const { account, observe } = watched;
    await walkDynamodb(observe(new DynamoDB(account.settings())));
  });
});

describe('DynamoDB', () => {
  it.each(operationsOf('dynamodb'))('answers what it documents of %s', (name) => {
    const { unexplained } = explain(new Map([[name, unseen.get(name) ?? []]]), unshown);

    expect(unexplained).toEqual([]);
  });

  it('shows nothing that is explained away', () => {
    expect(explain(unseen, unshown).superfluous).toEqual([]);
  });
});
