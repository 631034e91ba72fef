import { S3 } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, it } from 'vitest';
import unshown from '../../cases/unshown-s3.json' with { type: 'json' };
import { explain } from '../../support/conformance.ts';
import { walkS3 } from './s3-walk.ts';
import { operationsOf, unseenAfter } from './watched-service.ts';

let unseen: ReadonlyMap<string, readonly string[]>;

beforeAll(async () => {
  const from = { service: 's3', sdkPackage: '@aws-sdk/client-s3', region: 'eu-central-1' };
  unseen = await unseenAfter(from, async (watched) => {
    const { account, observe } = watched;
    await walkS3(observe(new S3({ ...account.settings(), forcePathStyle: true })));
  });
});

describe('S3', () => {
  it.each(operationsOf('s3'))('answers what it documents of %s', (name) => {
    const { unexplained } = explain(new Map([[name, unseen.get(name) ?? []]]), unshown);

    expect(unexplained).toEqual([]);
  });

  it('shows nothing that is explained away', () => {
    expect(explain(unseen, unshown).superfluous).toEqual([]);
  });
});
