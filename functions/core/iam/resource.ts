import { compileWildcard, type Matcher } from '../wildcard.ts';
import type { Statement } from './document.ts';

/** The ARN of a resource, and the parts between its colons, last one first: they differ most. */
export interface ResourceName {
  readonly text: string;
  readonly parts: readonly string[];
}

/** Splits an ARN once for all patterns that it is compared with. */
export function toResourceName(text: string): ResourceName {
  return { text, parts: text.split(':').reverse() };
}

/** Compiles what tells whether a statement is about a resource. */
export function compileResource({
  isNot,
  patterns,
}: Statement['resource']): (resource: ResourceName) => boolean {
  if (patterns.includes('*')) return () => !isNot;
  const exact = new Set(patterns.filter((pattern) => !/[*?]/.test(pattern)));
  const others = patterns.filter((pattern) => /[*?]/.test(pattern)).map(compilePattern);
  return (resource) => {
    if (exact.size > 0 && exact.has(resource.text)) return !isNot;
    for (const matches of others) if (matches(resource)) return !isNot;
    return isNot;
  };
}

/**
 * In IAM a `*` can run over the colons of an ARN; between texts with as many colons it never does,
 * so that each part is compared by itself there, which is quicker.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
function compilePattern(pattern: string): (resource: ResourceName) => boolean {
  const matchesWhole = compileWildcard(pattern);
  const matchers = pattern
    .split(':')
    .reverse()
    .map((part): Matcher | undefined => (part === '*' ? undefined : compileWildcard(part)));
  return ({ text, parts }) => {
    if (parts.length !== matchers.length) return matchesWhole(text);
    let index = 0;
    for (const part of parts) {
      const matches = matchers[index++];
      if (matches !== undefined && !matches(part)) return false;
    }
    return true;
  };
}
