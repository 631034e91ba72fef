import { JUDGEABLE_KEYS } from '../../../functions/core/controls/access-documents-allow.ts';
import { isMultiValuedKey, spellKey } from '../../../functions/core/iam/condition-keys.ts';
import { spellOperator } from '../../../functions/core/iam/describe-condition.ts';
import type { Condition, Operator } from '../../../functions/core/iam/document.ts';
import { toBaseOperator } from '../../../functions/core/iam/value-matcher.ts';
import type { Outcome } from './draft.ts';

/** Operators that have an opposite; `Null` is turned by its value, `Bool` not at all. */
export type ReversibleOperator = Exclude<Operator, 'Bool' | 'Null'>;

const OPPOSITES: Readonly<Record<ReversibleOperator, ReversibleOperator>> = {
  StringEquals: 'StringNotEquals',
  StringNotEquals: 'StringEquals',
  StringEqualsIgnoreCase: 'StringNotEqualsIgnoreCase',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringLike: 'StringNotLike',
  StringNotLike: 'StringLike',
  ArnEquals: 'ArnNotEquals',
  ArnNotEquals: 'ArnEquals',
  ArnLike: 'ArnNotLike',
  ArnNotLike: 'ArnLike',
};

/** The operator that matches one value where another does not. */
export function oppositeOf(operator: ReversibleOperator): ReversibleOperator {
  return OPPOSITES[operator];
}

/**
 * Makes the conditions that hold, all of them, exactly where one does not, absent keys included.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function negateCondition(condition: Condition): Outcome<readonly Condition[]> {
  const { operator, set, key, values } = condition;
  const asked = `\`${spellOperator(condition)}\` on \`${spellKey(key)}\``;
  if (!JUDGEABLE_KEYS.includes(key)) {
    return { kind: 'inexpressible', why: `${asked}: the guardrail does not know the key` };
  }
  if (operator === 'Null') return negateNull(condition);
  if (operator === 'Bool') return { kind: 'inexpressible', why: `${asked} has no opposite` };
  if (set === undefined && isMultiValuedKey(key)) {
    const why = `${asked}, which holds a list, needs \`ForAllValues\` or \`ForAnyValue\`: without, no denial can be built on it`;
    return { kind: 'inexpressible', why };
  }
  const opposite: Condition = {
    operator: oppositeOf(operator),
    ...(set === undefined ? {} : { set: oppositeSet(set) }),
    ifExists: false,
    key,
    values,
  };
  const needsKey = holdsWhenAbsent(condition) && holdsWhenAbsent(opposite);
  return { kind: 'made', value: needsKey ? [opposite, present(key)] : [opposite] };
}

/** Tells what a condition other than `Null` answers when the request lacks the key. */
function holdsWhenAbsent({ operator, set, ifExists }: Condition): boolean {
  if (set !== undefined) return set === 'ForAllValues';
  return ifExists || toBaseOperator(operator).isNegated;
}

function negateNull({ key, values }: Condition): Outcome<readonly Condition[]> {
  const lower = values.map((value) => value.toLowerCase());
  if (lower.includes('true') && lower.includes('false')) return { kind: 'impossible' };
  const isAbsenceAsked = lower.includes('true');
  return {
    kind: 'made',
    value: [isAbsenceAsked ? present(key) : { ...present(key), values: ['true'] }],
  };
}

function present(key: string): Condition {
  return { operator: 'Null', ifExists: false, key, values: ['false'] };
}

function oppositeSet(set: NonNullable<Condition['set']>): NonNullable<Condition['set']> {
  return set === 'ForAllValues' ? 'ForAnyValue' : 'ForAllValues';
}
