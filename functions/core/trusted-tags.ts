import { compileValueMatcher } from './iam/value-matcher.ts';
import type { TrustedTag } from './policy.ts';

/** A tag with its value. */
export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** Who wrote the present value of a tag. */
export interface TagWrite {
  readonly value: string;
  /** The ARN of the principal; absent where the event does not tell. */
  readonly writer?: string;
}

/** Who wrote the tags that count, by key. */
export type TagWrites = Readonly<Record<string, TagWrite>>;

const PREFIX = 'tag:';

/** Reads a pattern such as `tag:keep-awake=true`; undefined where it is a pattern of names. */
export function parseTagPattern(pattern: string): Tag | undefined {
  const equals = pattern.indexOf('=');
  if (!pattern.startsWith(PREFIX) || equals === -1) return undefined;
  return { key: pattern.slice(PREFIX.length, equals), value: pattern.slice(equals + 1) };
}

/**
 * Tells whether a function has a tag that counts.
 *
 * Who may tag a function is often not who may decide: a value counts when one of the tag's writers wrote it,
 * and a value that nobody was seen to write does not.
 */
export function isTrusted(
  { key, value }: Tag,
  trustedTags: readonly TrustedTag[],
  tagged: { readonly tags: Readonly<Record<string, string>>; readonly tagWrites: TagWrites },
): boolean {
  const present = Object.hasOwn(tagged.tags, key) ? tagged.tags[key] : undefined;
  const write = Object.hasOwn(tagged.tagWrites, key) ? tagged.tagWrites[key] : undefined;
  if (present !== value || write?.value !== value) return false;
  return trustedTags.some((trusted) => trusted.key === key && isWriter(trusted, write.writer));
}

/** Tells whether a principal is one of a tag's writers; ARNs are compared part by part, as IAM does. */
export function isWriter({ writers }: TrustedTag, principalArn: string | undefined): boolean {
  return principalArn !== undefined && compileValueMatcher('ArnLike', writers)(principalArn);
}
