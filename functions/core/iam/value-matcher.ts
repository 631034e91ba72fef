import { compileWildcard, compileWildcards, type Matcher } from '../wildcard.ts';
import type { Operator } from './document.ts';

/** An operator without its negation. */
export type BaseOperator = Exclude<Operator, `${string}Not${string}`>;

/** Splits an operator into what it compares and whether it negates. */
export function toBaseOperator(operator: Operator): {
  readonly base: BaseOperator;
  readonly isNegated: boolean;
} {
  switch (operator) {
    case 'StringNotEquals':
      return { base: 'StringEquals', isNegated: true };
    case 'StringNotEqualsIgnoreCase':
      return { base: 'StringEqualsIgnoreCase', isNegated: true };
    case 'StringNotLike':
      return { base: 'StringLike', isNegated: true };
    case 'ArnNotEquals':
    case 'ArnNotLike':
      return { base: 'ArnLike', isNegated: true };
    case 'StringEquals':
    case 'StringEqualsIgnoreCase':
    case 'StringLike':
    case 'ArnEquals':
    case 'ArnLike':
    case 'Bool':
    case 'Null':
      return { base: operator, isNegated: false };
  }
}

/** Compiles what tells whether one value of a request is among those of a statement. */
export function compileValueMatcher(base: BaseOperator, values: readonly string[]): Matcher {
  switch (base) {
    case 'StringEquals': {
      const listed = new Set(values);
      return (value) => listed.has(value);
    }
    case 'StringEqualsIgnoreCase':
    case 'Bool':
    case 'Null': {
      const listed = new Set(values.map((value) => value.toLowerCase()));
      return (value) => listed.has(value.toLowerCase());
    }
    case 'StringLike':
      return compileWildcards(values);
    case 'ArnEquals':
    case 'ArnLike': {
      const patterns = values.map(compileArn);
      return (value) => {
        const arn = toArn(value);
        for (const matches of patterns) if (matches(arn)) return true;
        return false;
      };
    }
  }
}

/** The six parts of an ARN, colons of the last one kept; undefined where there are fewer. */
export function splitArn(arn: string): readonly string[] | undefined {
  const parts = arn.split(':');
  return parts.length < 6 ? undefined : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

/**
 * `ArnEquals` behaves as `ArnLike`: each part is compared by itself, wildcards do not cross colons.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
function compileArn(pattern: string): (arn: Arn) => boolean {
  const parts = splitArn(pattern);
  if (parts === undefined) return () => false;
  if (!/[*?]/.test(pattern)) return ({ text }) => text === pattern;
  const matchers = parts
    .toReversed()
    .map((part): Matcher | undefined => (part === '*' ? undefined : compileWildcard(part)));
  return (arn) => {
    let index = 0;
    for (const part of arn.parts) {
      const matches = matchers[index++];
      if (matches !== undefined && !matches(part)) return false;
    }
    return index > 0;
  };
}

interface Arn {
  readonly text: string;
  /** The last one first: they differ most. None where the text is no ARN. */
  readonly parts: readonly string[];
}

let lastArn: Arn | undefined;

/** Remembers the last one: a request is asked about the same principal again and again. */
function toArn(text: string): Arn {
  if (lastArn?.text !== text) lastArn = { text, parts: splitArn(text)?.toReversed() ?? [] };
  return lastArn;
}
