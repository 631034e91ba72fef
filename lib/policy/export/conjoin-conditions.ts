import { spellKey } from '../../../functions/core/iam/condition-keys.ts';
import { spellOperator } from '../../../functions/core/iam/describe-condition.ts';
import type { Condition, Operator } from '../../../functions/core/iam/document.ts';
import { toBaseOperator } from '../../../functions/core/iam/value-matcher.ts';
import type { Outcome } from './draft.ts';

/** Other spellings of an operator that mean the same; those of texts only where no value has a wildcard. */
const SYNONYMS: Partial<Record<Operator, Operator>> = {
  StringEquals: 'StringLike',
  StringLike: 'StringEquals',
  StringNotEquals: 'StringNotLike',
  StringNotLike: 'StringNotEquals',
  ArnEquals: 'ArnLike',
  ArnLike: 'ArnEquals',
  ArnNotEquals: 'ArnNotLike',
  ArnNotLike: 'ArnNotEquals',
};

/**
 * Makes conditions of which all have to hold fit into one statement, which holds each operator once for each key.
 *
 * Two that share operator and key become one where that is exact, else the second is spelled in another way.
 */
export function conjoinConditions(conditions: readonly Condition[]): Outcome<readonly Condition[]> {
  const slots = new Map<string, Condition>();
  for (const condition of conditions) {
    const outcome = place(slots, condition);
    if (outcome.kind !== 'made') return outcome;
    slots.set(slotOf(outcome.value), outcome.value);
  }
  return { kind: 'made', value: [...slots.values()] };
}

function place(slots: ReadonlyMap<string, Condition>, condition: Condition): Outcome<Condition> {
  for (const spelling of spellingsOf(condition)) {
    const held = slots.get(slotOf(spelling));
    const both = held === undefined ? made(spelling) : mergeConditions(held, spelling);
    if (both !== undefined) return both;
  }
  const where = `\`${spellOperator(condition)}\` on \`${spellKey(condition.key)}\``;
  return { kind: 'inexpressible', why: `one statement would need ${where} too often` };
}

function slotOf(condition: Condition): string {
  return `${spellOperator(condition)} ${condition.key}`;
}

/** The condition itself first. */
function spellingsOf(condition: Condition): readonly Condition[] {
  const { operator, ifExists, set, values } = condition;
  const synonym = SYNONYMS[operator];
  const isText = operator.startsWith('String');
  const hasWildcard = isText && values.some((value) => /[*?]/.test(value));
  const same =
    synonym === undefined || hasWildcard
      ? [condition]
      : [condition, { ...condition, operator: synonym }];
  // Beside a condition of the same form, which speaks for the absent key, `IfExists` changes nothing:
  // it may be added always, and taken away where an absent key matches without it too.
  const mayTurn = !ifExists || set === 'ForAllValues' || (set === undefined && isNegated(operator));
  const isTurnable = operator !== 'Null' && mayTurn;
  return isTurnable ? [...same, ...same.map((each) => ({ ...each, ifExists: !ifExists }))] : same;
}

/** One condition for two of the same operator and key; undefined where there is none. */
function mergeConditions(left: Condition, right: Condition): Outcome<Condition> | undefined {
  if (left.operator === 'Null') return mergeNulls(left, right);
  const negated = isNegated(left.operator);
  if (negated && left.set !== 'ForAnyValue') {
    return made({ ...left, values: [...new Set([...left.values, ...right.values])] });
  }
  const [narrow, wide] = left.values.length <= right.values.length ? [left, right] : [right, left];
  const isInside = narrow.values.every((value) => wide.values.includes(value));
  if (!isInside) return undefined;
  return made(negated ? wide : narrow);
}

function mergeNulls(left: Condition, right: Condition): Outcome<Condition> {
  const asked = right.values.map((value) => value.toLowerCase());
  const values = left.values.filter((value) => asked.includes(value.toLowerCase()));
  return values.length === 0 ? { kind: 'impossible' } : made({ ...left, values });
}

function isNegated(operator: Operator): boolean {
  return toBaseOperator(operator).isNegated;
}

function made(value: Condition): Outcome<Condition> {
  return { kind: 'made', value };
}
