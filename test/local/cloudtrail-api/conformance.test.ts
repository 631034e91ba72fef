import { CloudTrail } from '@aws-sdk/client-cloudtrail';
import { beforeAll, describe, expect, it } from 'vitest';
import unshown from '../../cases/unshown-cloudtrail.json' with { type: 'json' };
import { explain } from '../../support/conformance.ts';
import { operationsOf, refused, unseenAfter } from '../conformance/watched-service.ts';
import { createTrail, managementOnly } from './trail-scene.ts';

let unseen: ReadonlyMap<string, readonly string[]>;

beforeAll(async () => {
  const from = { service: 'cloudtrail', sdkPackage: '@aws-sdk/client-cloudtrail' };
  unseen = await unseenAfter(from, async ({ account, observe }) => {
    const trails = observe(new CloudTrail(account.settings()));
    await walkTrails(trails);
    await walkRefusals(trails);
    await refuseTrails(trails);
  });
});

describe('CloudTrail', () => {
  it.each(operationsOf('cloudtrail'))('answers what it documents of %s', (name) => {
    const { unexplained } = explain(new Map([[name, unseen.get(name) ?? []]]), unshown);

    expect(unexplained).toEqual([]);
  });

  it('shows nothing that is explained away', () => {
    expect(explain(unseen, unshown).superfluous).toEqual([]);
  });
});

async function walkTrails(trails: CloudTrail): Promise<void> {
  const Name = 'audit';
  await createTrail(trails, { S3KeyPrefix: 'calls' });
  await trails.startLogging({ Name });
  await trails.stopLogging({ Name });
  await trails.describeTrails();
  await trails.listTrails();
  await trails.getTrail({ Name });
  await trails.getTrailStatus({ Name });
  const basic = { EventSelectors: [{}] };
  const { AdvancedEventSelectors } = managementOnly({
    Field: 'eventSource',
    NotEquals: ['kms.amazonaws.com'],
  });
  const kms = { EventSelectors: [{ ExcludeManagementEventSources: ['kms.amazonaws.com'] }] };
  const named = AdvancedEventSelectors.map((selector) => ({ ...selector, Name: 'no keys' }));
  for (const selectors of [basic, kms, { AdvancedEventSelectors: named }]) {
    await trails.putEventSelectors({ TrailName: Name, ...selectors });
    await trails.getEventSelectors({ TrailName: Name });
  }
  await trails.deleteTrail({ Name });
}

/** What every call on one trail refuses. */
async function walkRefusals(trails: CloudTrail): Promise<void> {
  const badArn = 'arn:aws:cloudtrail:us-east-1:1:trail';
  for (const Name of ['none', 'x', badArn]) {
    await refused(
      trails.getTrail({ Name }),
      trails.getTrailStatus({ Name }),
      trails.startLogging({ Name }),
      trails.stopLogging({ Name }),
      trails.deleteTrail({ Name }),
      trails.getEventSelectors({ TrailName: Name }),
      trails.putEventSelectors({ TrailName: Name, EventSelectors: [{}] }),
    );
  }
  await refused(
    trails.describeTrails({ trailNameList: ['x'] }),
    trails.describeTrails({ trailNameList: [badArn] }),
    trails.listTrails({ NextToken: 'forged' }),
    trails.putEventSelectors({ TrailName: 'management-events' }),
  );
}

/** What CreateTrail refuses. */
async function refuseTrails(trails: CloudTrail): Promise<void> {
  const organization = { Name: 'whole', IsMultiRegionTrail: true, IsOrganizationTrail: true };
  await refused(
    createTrail(trails, { Name: 'x' }),
    createTrail(trails, { Name: 'management-events' }),
    createTrail(trails, { S3BucketName: 'No' }),
    createTrail(trails, { IsMultiRegionTrail: true, IncludeGlobalServiceEvents: false }),
    createTrail(trails, organization),
    createTrail(trails, { KmsKeyId: 'key' }),
  );
  for (const Name of ['two', 'three', 'four', 'five']) await createTrail(trails, { Name });
  await refused(createTrail(trails, { Name: 'six' }));
}
