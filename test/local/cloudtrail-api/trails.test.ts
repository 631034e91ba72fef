import { CloudTrail } from '@aws-sdk/client-cloudtrail';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type FullAccount, START_MS, startFullAccount } from '../full-account.ts';
import { createTrail, managementOnly, SEEDED } from './trail-scene.ts';

let account: FullAccount;
let trails: CloudTrail;

beforeAll(async () => {
  account = await startFullAccount();
  trails = new CloudTrail(account.settings());
});

afterEach(async () => {
  const { Trails = [] } = await trails.listTrails();
  const made = Trails.filter(({ TrailARN }) => TrailARN !== SEEDED);
  for (const { Name } of made) await trails.deleteTrail({ Name });
});

afterAll(async () => {
  trails.destroy();
  await account.close();
});

describe('the trail of a new account', () => {
  it('is of every region and logs all management events', async () => {
    const { trailList } = await trails.describeTrails();
    const status = await trails.getTrailStatus({ Name: SEEDED });
    const { EventSelectors } = await trails.getEventSelectors({ TrailName: 'management-events' });

    expect(trailList).toEqual([
      expect.objectContaining({
        Name: 'management-events',
        TrailARN: SEEDED,
        HomeRegion: 'us-east-1',
        IsMultiRegionTrail: true,
        IsOrganizationTrail: false,
        HasCustomEventSelectors: false,
      }),
    ]);
    expect(status).toMatchObject({ IsLogging: true, StartLoggingTime: new Date(START_MS) });
    expect(EventSelectors).toMatchObject([{ ReadWriteType: 'All', IncludeManagementEvents: true }]);
  });
});

describe('a trail', () => {
  it('logs nothing until it is started, and then until it is stopped', async () => {
    const made = await createTrail(trails, { IsMultiRegionTrail: true, S3KeyPrefix: 'calls' });
    const states: (boolean | undefined)[] = [];
    const look = async () => {
      states.push((await trails.getTrailStatus({ Name: 'audit' })).IsLogging);
    };

    await look();
    for (const _ of [1, 2]) await trails.startLogging({ Name: 'audit' });
    await look();
    for (const _ of [1, 2]) await trails.stopLogging({ Name: made.TrailARN });
    await look();

    expect(states).toEqual([false, true, false]);
    expect(made).toMatchObject({ Name: 'audit', S3KeyPrefix: 'calls', IsMultiRegionTrail: true });
    expect(await trails.getTrailStatus({ Name: 'audit' })).toMatchObject({
      TimeLoggingStarted: '2026-11-22T10:00:00Z',
      TimeLoggingStopped: '2026-11-22T10:00:00Z',
    });
  });

  it('is found by name and by ARN, and left out of a description where it is not there', async () => {
    const { TrailARN } = await createTrail(trails);

    const { Trail } = await trails.getTrail({ Name: TrailARN });
    const { trailList } = await trails.describeTrails({ trailNameList: ['audit', 'none'] });

    expect([Trail?.Name, trailList?.map(({ Name }) => Name)]).toEqual(['audit', ['audit']]);
  });

  it('says once what it logs, in one of two ways', async () => {
    await createTrail(trails);
    const basic = { ReadWriteType: 'WriteOnly', IncludeManagementEvents: true } as const;

    await trails.putEventSelectors({ TrailName: 'audit', EventSelectors: [basic] });
    const first = await trails.getEventSelectors({ TrailName: 'audit' });
    const advanced = managementOnly({ Field: 'readOnly', Equals: ['false'] });
    await trails.putEventSelectors({ TrailName: 'audit', ...advanced });
    const second = await trails.getEventSelectors({ TrailName: 'audit' });

    expect(first.EventSelectors).toEqual([
      { ...basic, DataResources: [], ExcludeManagementEventSources: [] },
    ]);
    expect([second.EventSelectors, second.AdvancedEventSelectors?.length]).toEqual([undefined, 1]);
    const { Trail } = await trails.getTrail({ Name: 'audit' });
    expect(Trail?.HasCustomEventSelectors).toBe(true);
  });

  it('is refused where there is one of that name, and where there are five', async () => {
    await createTrail(trails);
    await expect(createTrail(trails)).rejects.toMatchObject({
      name: 'TrailAlreadyExistsException',
    });
    for (const Name of ['two', 'three', 'four']) await createTrail(trails, { Name });

    await expect(createTrail(trails, { Name: 'five' })).rejects.toMatchObject({
      name: 'MaximumNumberOfTrailsExceededException',
    });
  });

  it.each([
    [{ Name: 'a' }, 'InvalidTrailNameException'],
    [{ Name: 'a..b' }, 'InvalidTrailNameException'],
    [{ Name: '10.0.0.1' }, 'InvalidTrailNameException'],
    [{ S3BucketName: 'No' }, 'InvalidS3BucketNameException'],
    [
      { IsMultiRegionTrail: true, IncludeGlobalServiceEvents: false },
      'InvalidParameterCombinationException',
    ],
    [{ IsOrganizationTrail: true }, 'NotOrganizationMasterAccountException'],
    [{ KmsKeyId: 'key' }, 'UnsupportedOperationException'],
    [{ TagsList: [{ Key: 'team' }] }, 'UnsupportedOperationException'],
  ])('is refused with %j', async (given, name) => {
    await expect(createTrail(trails, given)).rejects.toMatchObject({ name });
  });

  it.each([
    ['none', 'TrailNotFoundException'],
    ['x', 'InvalidTrailNameException'],
    ['arn:aws:cloudtrail:us-east-1:1:trail', 'CloudTrailARNInvalidException'],
    [SEEDED.replace('us-east-1', 'eu-west-1'), 'TrailNotFoundException'],
  ])('that is not there, such as %s, is refused by every call on one', async (Name, name) => {
    const calls = [
      trails.getTrail({ Name }),
      trails.getTrailStatus({ Name }),
      trails.startLogging({ Name }),
      trails.stopLogging({ Name }),
      trails.deleteTrail({ Name }),
      trails.getEventSelectors({ TrailName: Name }),
      trails.putEventSelectors({ TrailName: Name, ...managementOnly() }),
    ];

    for (const call of calls) await expect(call).rejects.toMatchObject({ name });
  });
});

describe('selectors', () => {
  const refused = { name: 'InvalidEventSelectorsException' };

  it.each([
    {},
    { EventSelectors: [] },
    { EventSelectors: [{}], ...managementOnly() },
    { EventSelectors: Array.from({ length: 6 }, () => ({})) },
    { EventSelectors: [{ ReadWriteType: 'Some' }] },
    { EventSelectors: [{ DataResources: [{ Type: 'AWS::Lambda::Function', Values: [] }] }] },
    { EventSelectors: [{ ExcludeManagementEventSources: ['lambda.amazonaws.com'] }] },
    { AdvancedEventSelectors: [{ FieldSelectors: [] }] },
    {
      AdvancedEventSelectors: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Data'] }] }],
    },
    managementOnly({ Field: 'readOnly', Equals: ['perhaps'] }),
    managementOnly({ Field: 'readOnly', Equals: ['true'], StartsWith: ['t'] }),
    managementOnly({ Field: 'eventSource', Equals: ['kms.amazonaws.com'] }),
    managementOnly({ Field: 'eventSource', NotEquals: ['lambda.amazonaws.com'] }),
    managementOnly({ Field: 'eventName', Equals: ['CreateFunction20150331'] }),
  ])('such as %j are refused', async (given) => {
    const TrailName = 'management-events';
    const asked = trails.putEventSelectors({ TrailName, ...(given as object) });

    await expect(asked).rejects.toMatchObject(refused);
  });
});

describe('calls on trails', () => {
  it('are recorded where they change something', async () => {
    const before = account.journal.events.length;
    await createTrail(trails);
    await trails.startLogging({ Name: 'audit' });
    await trails.describeTrails();
    await expect(trails.stopLogging({ Name: 'none' })).rejects.toThrow();

    expect(account.journal.events.slice(before)).toMatchObject([
      {
        eventSource: 'cloudtrail.amazonaws.com',
        eventName: 'CreateTrail',
        requestParameters: { name: 'audit', s3BucketName: 'audit-logs' },
        responseElements: { trailARN: SEEDED.replace('management-events', 'audit') },
      },
      { eventName: 'StartLogging', responseElements: null },
      { eventName: 'StopLogging', errorCode: 'TrailNotFoundException' },
    ]);
  });

  it('are judged by IAM, by the ARN of the trail', async () => {
    const audited = { Effect: 'Allow', Action: 'cloudtrail:*', Resource: `${SEEDED}` };
    const client = new CloudTrail(account.settings(account.user('auditor', audited)));

    expect((await client.getTrailStatus({ Name: 'management-events' })).IsLogging).toBe(true);
    await expect(client.getTrailStatus({ Name: 'other' })).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    await expect(client.describeTrails()).rejects.toThrow('cloudtrail:DescribeTrails');
    client.destroy();
  });
});
