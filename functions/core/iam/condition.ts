import type { Matcher } from '../wildcard.ts';
import { isMultiValuedKey } from './condition-keys.ts';
import { type ConditionWords, spellCondition } from './describe-condition.ts';
import type { Condition } from './document.ts';
import { compileValueMatcher, toBaseOperator } from './value-matcher.ts';

/** Three-valued: nobody can tell where a statement turns on a value that nobody knows. */
export type Truth = boolean | 'unknown';

/** What a request holds for a key: none where the key is absent, undefined where nobody knows. */
export type KeyValues = readonly string[] | undefined;

/** One condition, ready to be asked. */
export interface CompiledCondition {
  readonly condition: Condition;
  readonly words: ConditionWords;
  readonly answer: (values: KeyValues) => Truth;
  /** Whether one value is among those of the statement, negation left aside. */
  readonly isListed: Matcher;
  /** The value that explains the answer best; undefined where the key is absent or unknown. */
  readonly findWitness: (values: KeyValues) => string | undefined;
}

/** Compiles one condition, so that asking it parses nothing. */
export function compileCondition(condition: Condition): CompiledCondition {
  const { operator, set } = condition;
  const { base, isNegated } = toBaseOperator(operator);
  const isListed = compileValueMatcher(base, condition.values);
  const whenUnknown = operator === 'Null' ? isListed('false') : 'unknown';
  const whenAbsent = answerToAbsence(condition, isListed, isNegated);
  const whenPresent = compilePresent(condition, isListed, isNegated);
  return {
    condition,
    words: spellCondition(condition),
    isListed,
    answer: (values) => {
      if (values === undefined) return whenUnknown;
      return values.length === 0 ? whenAbsent : whenPresent(values);
    },
    findWitness: (values) =>
      values?.find((value) => (isListed(value) !== isNegated) === (set === 'ForAnyValue')) ??
      values?.[0],
  };
}

/**
 * What a condition answers when the request lacks the key.
 *
 * AWS: the set operators answer for themselves, `IfExists` changes nothing there.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
function answerToAbsence(condition: Condition, isListed: Matcher, isNegated: boolean): boolean {
  if (condition.operator === 'Null') return isListed('true');
  if (condition.set !== undefined) return condition.set === 'ForAllValues';
  return condition.ifExists || isNegated;
}

function compilePresent(
  { operator, set, key }: Condition,
  isListed: Matcher,
  isNegated: boolean,
): (values: readonly string[]) => boolean {
  if (operator === 'Null') {
    const isPresenceAsked = isListed('false');
    return () => isPresenceAsked;
  }
  // AWS: values that are empty texts are a null data set to the set operators.
  if (set !== undefined) {
    const isAnyEnough = set === 'ForAnyValue';
    return (values) => {
      for (const value of values) {
        if (value !== '' && (isListed(value) !== isNegated) === isAnyEnough) return isAnyEnough;
      }
      return !isAnyEnough;
    };
  }
  // A plain operator never matches several values, negated or not: IAM wants a set operator there.
  if (isMultiValuedKey(key)) return () => false;
  const matches: Matcher = (value) => isListed(value) !== isNegated;
  return (values) => values.length === 1 && values.every(matches);
}
