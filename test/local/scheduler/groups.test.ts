import {
  CreateScheduleGroupCommand,
  DeleteScheduleGroupCommand,
  GetScheduleCommand,
  GetScheduleGroupCommand,
  ListScheduleGroupsCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-scheduler';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ARN, type SchedulerAccount, startSchedulerAccount } from './scheduler-account.ts';

let account: SchedulerAccount;

beforeAll(async () => {
  account = await startSchedulerAccount();
});

afterAll(async () => {
  await account.stop();
});

const ResourceArn = `${ARN}:schedule-group/nightly`;

describe('schedule groups', () => {
  it('hold schedules and tags until they are deleted, with their schedules', async () => {
    const { scheduler } = account;
    const Tags = [{ Key: 'team', Value: 'payments' }];
    const ClientToken = 'a-token';
    const create = () =>
      scheduler.send(new CreateScheduleGroupCommand({ Name: 'nightly', Tags, ClientToken }));
    await expect(create()).resolves.toMatchObject({ ScheduleGroupArn: ResourceArn });
    await expect(create()).resolves.toMatchObject({ ScheduleGroupArn: ResourceArn });
    await account.create('sweep', { GroupName: 'nightly' });
    await scheduler.send(
      new TagResourceCommand({ ResourceArn, Tags: [{ Key: 'stage', Value: 'test' }] }),
    );
    await scheduler.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['team'] }));

    const tags = await scheduler.send(new ListTagsForResourceCommand({ ResourceArn }));
    expect(tags.Tags).toEqual([{ Key: 'stage', Value: 'test' }]);
    await scheduler.send(new DeleteScheduleGroupCommand({ Name: 'nightly' }));
    await expect(
      scheduler.send(new GetScheduleGroupCommand({ Name: 'nightly' })),
    ).resolves.toMatchObject({ State: 'DELETING' });
    await expect(account.create('late', { GroupName: 'nightly' })).rejects.toMatchObject({
      name: 'ConflictException',
    });
    await account.advance(5000);
    const { ScheduleGroups } = await scheduler.send(new ListScheduleGroupsCommand({}));
    expect(ScheduleGroups).toMatchObject([{ Name: 'default', State: 'ACTIVE' }]);
    await expect(
      scheduler.send(new GetScheduleCommand({ Name: 'sweep', GroupName: 'nightly' })),
    ).rejects.toThrow('Schedule sweep does not exist.');
    const before = account.bodies().length;
    await account.advance(86_400_000);
    expect(account.bodies()).toHaveLength(before);
  });

  it.each([
    [new CreateScheduleGroupCommand({ Name: 'default' }), 'ConflictException'],
    [new CreateScheduleGroupCommand({ Name: 'a b' }), 'ValidationException'],
    [new DeleteScheduleGroupCommand({ Name: 'default' }), 'ValidationException'],
    [new DeleteScheduleGroupCommand({ Name: 'none' }), 'ResourceNotFoundException'],
    [
      new ListTagsForResourceCommand({ ResourceArn: `${ARN}:schedule/default/a` }),
      'ValidationException',
    ],
    [
      new ListTagsForResourceCommand({ ResourceArn: `${ARN}:schedule-group/none` }),
      'ResourceNotFoundException',
    ],
  ])('refuses what is not there, or may not be', async (command, name) => {
    await expect(
      account.scheduler.send(command as CreateScheduleGroupCommand),
    ).rejects.toMatchObject({
      name,
    });
  });
});
