import type { Scheduler } from '@aws-sdk/client-scheduler';
import { newPrincipal } from '../../../lib/local/identity/principals.ts';
import { refused, type Watched } from './watched-service.ts';

const ARN = 'arn:aws:scheduler:us-east-1:123456789012:schedule-group';
const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'scheduler.amazonaws.com' },
      Action: 'sts:AssumeRole',
    },
  ],
});
const Tags = [{ Key: 'team', Value: 'payments' }];
const SCHEDULE = {
  Name: 'sweep',
  GroupName: 'nightly',
  ScheduleExpression: 'rate(6 hours)',
  ScheduleExpressionTimezone: 'Europe/Berlin',
  StartDate: new Date('2026-11-23T00:00:00Z'),
  EndDate: new Date('2027-11-23T00:00:00Z'),
  Description: 'sweeps',
  KmsKeyArn: 'arn:aws:kms:us-east-1:123456789012:key/1',
  FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 15 },
  Target: {
    Arn: 'arn:aws:sqs:us-east-1:123456789012:inbox',
    RoleArn: 'arn:aws:iam::123456789012:role/runner',
    Input: 'text',
    RetryPolicy: { MaximumRetryAttempts: 1, MaximumEventAgeInSeconds: 60 },
    DeadLetterConfig: { Arn: 'arn:aws:sqs:us-east-1:123456789012:dead' },
  },
} as const;
const NOWHERE = { ...SCHEDULE, GroupName: 'none' };
const ILL_NAMED = { ...SCHEDULE, Name: 'a b' };

/** Schedules and groups: made, read, refused and removed. */
export async function walkScheduler(scheduler: Scheduler, { account }: Watched): Promise<void> {
  const { principals } = account.core;
  newPrincipal(principals, { kind: 'role', name: 'runner', nowMs: 0, trust: TRUST });
  await scheduler.createScheduleGroup({ Name: 'nightly', Tags });
  await scheduler.createSchedule(SCHEDULE);
  await scheduler.createSchedule({ ...SCHEDULE, Name: 'sweep-2' });
  await scheduler.updateSchedule(SCHEDULE);
  await scheduler.getSchedule({ Name: 'sweep', GroupName: 'nightly' });
  await scheduler.listSchedules({ MaxResults: 1 });
  await refuseSchedules(scheduler);
  await walkGroups(scheduler);
  await failAsPlanted(scheduler, account);
}

async function refuseSchedules(scheduler: Scheduler): Promise<void> {
  await refused(
    scheduler.createSchedule(SCHEDULE),
    scheduler.createSchedule(NOWHERE),
    scheduler.createSchedule(ILL_NAMED),
    scheduler.updateSchedule(NOWHERE),
    scheduler.updateSchedule(ILL_NAMED),
    scheduler.getSchedule(NOWHERE),
    scheduler.getSchedule(ILL_NAMED),
    scheduler.deleteSchedule(NOWHERE),
    scheduler.deleteSchedule(ILL_NAMED),
    scheduler.listSchedules({ GroupName: 'none' }),
    scheduler.listSchedules({ MaxResults: 0 }),
  );
}

async function walkGroups(scheduler: Scheduler): Promise<void> {
  const nightly = { ResourceArn: `${ARN}/nightly` };
  await scheduler.getScheduleGroup({ Name: 'nightly' });
  await scheduler.listScheduleGroups({ MaxResults: 1 });
  await scheduler.tagResource({ ...nightly, Tags });
  await scheduler.listTagsForResource(nightly);
  await scheduler.untagResource({ ...nightly, TagKeys: ['stage'] });
  await scheduler.deleteSchedule({ Name: 'sweep-2', GroupName: 'nightly' });
  await refused(
    scheduler.createScheduleGroup({ Name: 'nightly' }),
    scheduler.createScheduleGroup({ Name: 'a b' }),
    scheduler.getScheduleGroup({ Name: 'none' }),
    scheduler.getScheduleGroup({ Name: 'a b' }),
    scheduler.deleteScheduleGroup({ Name: 'none' }),
    scheduler.deleteScheduleGroup({ Name: 'default' }),
    scheduler.listScheduleGroups({ NextToken: 'none' }),
  );
  for (const ResourceArn of [`${ARN}/none`, 'arn:of:no:group:at-all']) {
    await refused(
      scheduler.tagResource({ ResourceArn, Tags }),
      scheduler.untagResource({ ResourceArn, TagKeys: ['team'] }),
      scheduler.listTagsForResource({ ResourceArn }),
    );
  }
  await scheduler.deleteScheduleGroup({ Name: 'nightly' });
  await refused(
    scheduler.deleteScheduleGroup({ Name: 'nightly' }),
    scheduler.updateSchedule(SCHEDULE),
    scheduler.deleteSchedule(SCHEDULE),
    scheduler.tagResource({ ...nightly, Tags }),
    scheduler.untagResource({ ...nightly, TagKeys: ['team'] }),
  );
}

/** What AWS answers when it fails or is asked too often: only a planted fault does that here. */
async function failAsPlanted(scheduler: Scheduler, { faults }: Watched['account']): Promise<void> {
  const names = [
    ['InternalServerException', 500],
    ['ThrottlingException', 429],
  ] as const;
  for (const [name, status] of names) {
    const id = faults.add({ service: 'scheduler', operation: '*', kind: 'error', name, status });
    const group = { Name: 'none' };
    const tagged = { ResourceArn: `${ARN}/none` };
    await refused(
      scheduler.createSchedule(SCHEDULE),
      scheduler.updateSchedule(SCHEDULE),
      scheduler.getSchedule(SCHEDULE),
      scheduler.deleteSchedule(SCHEDULE),
      scheduler.listSchedules({}),
      scheduler.createScheduleGroup(group),
      scheduler.getScheduleGroup(group),
      scheduler.deleteScheduleGroup(group),
      scheduler.listScheduleGroups({}),
      scheduler.tagResource({ ...tagged, Tags }),
      scheduler.untagResource({ ...tagged, TagKeys: ['team'] }),
      scheduler.listTagsForResource(tagged),
    );
    faults.remove(id);
  }
}
