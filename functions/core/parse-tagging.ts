import type { ChangeEvent } from './change-event.ts';
import { isRecord, type JsonRecord } from './json-value.ts';

/** Reads which tags the request parameters of a record set and take away. */
export function parseTagging({
  tags,
  tagKeys,
}: JsonRecord): Pick<ChangeEvent, 'tags'> & Pick<ChangeEvent, 'untagged'> {
  const set = isRecord(tags) ? Object.entries(tags).filter(isText) : [];
  const untagged = Array.isArray(tagKeys) ? tagKeys.filter((key) => typeof key === 'string') : [];
  return {
    ...(set.length === 0 ? {} : { tags: Object.fromEntries(set) }),
    ...(untagged.length === 0 ? {} : { untagged }),
  };
}

function isText(entry: [string, unknown]): entry is [string, string] {
  return typeof entry[1] === 'string';
}
