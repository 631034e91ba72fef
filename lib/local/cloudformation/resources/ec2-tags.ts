import { isEqual, type JsonObject } from '../json-value.ts';
import { objectsAt } from '../property-value.ts';
import type { ResourceWork } from '../resource-type.ts';
import { tagsOf } from './tags.ts';

/** How the tags of everything in EC2 are written in a template. */
export const TAGS = { Key: true, Value: true } as const;

/** The tags of a new thing in EC2, as its call wants them. */
export function tagsOfNew(kind: string, properties: JsonObject): JsonObject {
  const Tags = objectsAt(properties, 'Tags');
  return Tags.length === 0 ? {} : { TagSpecifications: [{ ResourceType: kind, Tags }] };
}

/** Gives a thing in EC2 the tags that a template names, and takes those that it named before. */
export async function applyEc2Tags(
  work: ResourceWork,
  id: string,
  { now, before }: { readonly now: JsonObject; readonly before: JsonObject },
): Promise<void> {
  const [tags, oldTags] = [tagsOf(now), tagsOf(before)];
  if (isEqual(tags, oldTags)) return;
  const gone = Object.keys(oldTags).filter((key) => !(key in tags));
  if (gone.length > 0) {
    const Tags = gone.map((Key) => ({ Key }));
    await work.call('ec2', 'DeleteTags', { Resources: [id], Tags });
  }
  if (Object.keys(tags).length === 0) return;
  await work.call('ec2', 'CreateTags', { Resources: [id], Tags: objectsAt(now, 'Tags') });
}
