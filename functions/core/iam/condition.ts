import type { Matcher } from '../wildcard.ts';
import { isMultiValuedKey } from './condition-keys.ts';
import type { Condition } from './document.ts';
import { compileValueMatcher, toBaseOperator } from './value-matcher.ts';

/** Three-valued: nobody can tell where a statement turns on a value that nobody knows. */
export type Truth = boolean | 'unknown';

/** What a request says of itself: values by lower-case key; a key that is missing or empty is absent. */
export type RequestContext = Readonly<Record<string, readonly string[]>>;

/** A request as the conditions see it. */
export interface RequestFacts {
  readonly context: RequestContext;
  /** Lower-case keys that the request has, but whose values nobody knows. */
  readonly unknownKeys?: ReadonlySet<string>;
}

/** One condition, ready to be asked. */
export interface CompiledCondition {
  readonly condition: Condition;
  readonly evaluate: (facts: RequestFacts) => Truth;
  /** Whether one value is among those of the statement, negation left aside. */
  readonly isListed: Matcher;
  /** The value that explains the answer best; undefined where the key is absent. */
  readonly findWitness: (facts: RequestFacts) => string | undefined;
}

/** Compiles one condition, so that asking it parses nothing. */
export function compileCondition(condition: Condition): CompiledCondition {
  const { key, operator, set } = condition;
  const { base, isNegated } = toBaseOperator(operator);
  const isListed = compileValueMatcher(base, condition.values);
  const matches: Matcher = isNegated ? (value) => !isListed(value) : isListed;
  const whenAbsent = answerToAbsence(condition, isListed, isNegated);
  const whenPresent = compilePresent(condition, matches);
  return {
    condition,
    isListed,
    evaluate: (facts) => {
      if (facts.unknownKeys?.has(key)) return operator === 'Null' ? whenPresent([]) : 'unknown';
      const values = valuesOf(facts.context, key);
      return values.length === 0 ? whenAbsent : whenPresent(values);
    },
    findWitness: (facts) => {
      const values = valuesOf(facts.context, key);
      return values.find((value) => matches(value) === (set === 'ForAnyValue')) ?? values[0];
    },
  };
}

/** The values of a key; none where it is absent. */
export function valuesOf(context: RequestContext, key: string): readonly string[] {
  return (Object.hasOwn(context, key) ? context[key] : undefined) ?? [];
}

/**
 * What a condition answers when the request lacks the key.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
function answerToAbsence(condition: Condition, isListed: Matcher, isNegated: boolean): boolean {
  if (condition.operator === 'Null') return isListed('true');
  if (condition.ifExists) return true;
  if (condition.set !== undefined) return condition.set === 'ForAllValues';
  return isNegated;
}

function compilePresent(
  { operator, set, key }: Condition,
  matches: Matcher,
): (values: readonly string[]) => boolean {
  if (operator === 'Null') {
    const isPresenceAsked = matches('false');
    return () => isPresenceAsked;
  }
  // AWS: values that are empty texts are a null data set to the set operators.
  if (set === 'ForAllValues')
    return (values) => values.every((value) => value === '' || matches(value));
  if (set === 'ForAnyValue')
    return (values) => values.some((value) => value !== '' && matches(value));
  // A plain operator never matches several values, negated or not: IAM wants a set operator there.
  if (isMultiValuedKey(key)) return () => false;
  return (values) => values.length === 1 && values.every(matches);
}
