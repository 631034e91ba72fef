import { spellKey } from '../../functions/core/iam/condition-keys.ts';
import { spellOperator } from '../../functions/core/iam/describe-condition.ts';
import type { Condition } from '../../functions/core/iam/document.ts';

/** Keys with their values, by operator, as a document spells them. */
export type ConditionBlock = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * Writes conditions as one block of a statement.
 *
 * Undefined where no block holds them all: two lists for one key of one operator are two statements.
 */
export function writeConditions(conditions: readonly Condition[]): ConditionBlock | undefined {
  const block: Record<string, Record<string, unknown>> = {};
  for (const condition of conditions) {
    const operator = spellOperator(condition);
    const key = spellKey(condition.key);
    const values = oneOrMany(condition.values);
    const known = block[operator]?.[key];
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(values)) return undefined;
    block[operator] = { ...block[operator], [key]: values };
  }
  return block;
}

/** IAM takes a text for a list of one. */
export function oneOrMany(values: readonly string[]): string | readonly string[] {
  const [first, ...others] = values;
  return first !== undefined && others.length === 0 ? first : values;
}
