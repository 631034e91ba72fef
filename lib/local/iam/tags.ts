import type { Tag } from '@aws-sdk/client-iam';
import { iamFault } from './iam-faults.ts';

const MOST_TAGS = 50;

/** Refuses tags that IAM would not put on anything. */
export function checkTags(tags: readonly Tag[] = []): void {
  for (const { Key = '', Value = '' } of tags) {
    if (Key === '' || Key.length > 128 || Value.length > 256) {
      throw iamFault('ValidationError', `The tag with key '${Key.slice(0, 128)}' is invalid`);
    }
  }
  // AWS: keys of principals and policies are told apart without regard to case.
  const keys = new Set(tags.map(({ Key = '' }) => Key.toLowerCase()));
  if (keys.size < tags.length) {
    throw iamFault(
      'InvalidInput',
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    );
  }
  checkCount(tags.length);
}

/** Puts tags on a principal or a policy, all or none. */
export function addTags(
  tagged: { readonly tags: Map<string, string> },
  tags: readonly Tag[] = [],
): void {
  checkTags(tags);
  checkCount(new Set([...tagged.tags.keys(), ...tags.map(({ Key = '' }) => Key)]).size);
  for (const { Key = '', Value = '' } of tags) tagged.tags.set(Key, Value);
}

function checkCount(count: number): void {
  if (count <= MOST_TAGS) return;
  throw iamFault('LimitExceeded', `Cannot exceed quota for TagsPerResource: ${MOST_TAGS}`, 409);
}
