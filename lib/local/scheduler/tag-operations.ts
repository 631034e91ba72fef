import {
  ListTagsForResource$,
  type ListTagsForResourceInput,
  type ListTagsForResourceOutput,
  type Tag,
  TagResource$,
  type TagResourceInput,
  type TagResourceOutput,
  UntagResource$,
  type UntagResourceInput,
  type UntagResourceOutput,
} from '@aws-sdk/client-scheduler';
import type { Given } from '../wire/given.ts';
import { type Need, type Operation, operation } from '../wire/operation.ts';
import { trailOf } from './schedule-operations.ts';
import { invalid } from './scheduler-faults.ts';
import { findGroup, findLastingGroup, type Schedules } from './schedules.ts';

type ListInput = Given<ListTagsForResourceInput, 'ResourceArn'>;
type TagInput = Given<TagResourceInput, 'ResourceArn' | 'Tags'>;
type UntagInput = Given<UntagResourceInput, 'ResourceArn' | 'TagKeys'>;

/** The operations on tags: only groups have them. */
export function tagOperations(all: Schedules): readonly Operation[] {
  return [
    operation<ListInput, ListTagsForResourceOutput>(ListTagsForResource$, {
      needs: (input) => [needOn('ListTagsForResource', input)],
      handle: ({ ResourceArn }) => {
        const { tags } = findGroup(all, groupNameIn(ResourceArn));
        return { Tags: [...tags].map(([Key, Value]) => ({ Key, Value })) };
      },
    }),
    operation<TagInput, TagResourceOutput>(TagResource$, {
      needs: (input) => [needOn('TagResource', input)],
      handle: ({ ResourceArn, Tags }) => {
        const { tags } = findLastingGroup(all, groupNameIn(ResourceArn));
        for (const [key, value] of toTags(Tags)) tags.set(key, value);
        return {};
      },
      trail: (input) => trailOf('TagResource', input),
    }),
    operation<UntagInput, UntagResourceOutput>(UntagResource$, {
      needs: (input) => [needOn('UntagResource', input)],
      handle: ({ ResourceArn, TagKeys }) => {
        const { tags } = findLastingGroup(all, groupNameIn(ResourceArn));
        for (const key of TagKeys) tags.delete(key);
        return {};
      },
      trail: (input) => trailOf('UntagResource', input),
    }),
  ];
}

/** Tags by their keys. */
export function toTags(tags: readonly Tag[]): Map<string, string> {
  return new Map(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
}

function needOn(operationName: string, { ResourceArn }: ListInput): Need {
  return { action: `scheduler:${operationName}`, resource: ResourceArn };
}

function groupNameIn(arn: string): string {
  const [, name] =
    /^arn:aws[a-z-]*:scheduler:[\w-]+:\d{12}:schedule-group\/([\w.-]+)$/.exec(arn) ?? [];
  if (name !== undefined) return name;
  throw invalid(`Resource ARN is not valid: only schedule groups have tags, not \`${arn}\`.`);
}
