import { isEqual } from '../json-value.ts';
import { textAt } from '../property-value.ts';
import type { ResourceType } from '../resource-type.ts';
import { tagsOf } from './tags.ts';

/** AWS::Scheduler::ScheduleGroup. */
export const schedulerScheduleGroup: ResourceType = {
  name: 'AWS::Scheduler::ScheduleGroup',
  properties: { Name: true, Tags: { Key: true, Value: true } },
  required: [],
  attributes: ['Arn'],
  replacedBy: ['Name'],
  nameProperty: 'Name',
  create: async (work, properties) => {
    const Name = textAt(properties, 'Name') ?? work.newName(64);
    const { ScheduleGroupArn } = await work.call<{ ScheduleGroupArn: string }>(
      'scheduler',
      'CreateScheduleGroup',
      { Name, Tags: toList(tagsOf(properties)) },
    );
    return { physicalId: Name, attributes: { Arn: ScheduleGroupArn } };
  },
  update: async (work, properties, { physicalId, attributes, properties: before }) => {
    const { Arn: ResourceArn } = attributes;
    const [tags, oldTags] = [tagsOf(properties), tagsOf(before)];
    const TagKeys = Object.keys(oldTags).filter((key) => !(key in tags));
    if (TagKeys.length > 0) {
      await work.call('scheduler', 'UntagResource', { ResourceArn, TagKeys });
    }
    if (!isEqual(tags, oldTags)) {
      await work.call('scheduler', 'TagResource', { ResourceArn, Tags: toList(tags) });
    }
    return { physicalId, attributes };
  },
  remove: async (work, { physicalId }) => {
    await work.call('scheduler', 'DeleteScheduleGroup', { Name: physicalId });
  },
};

function toList(tags: Readonly<Record<string, string>>) {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
