import { compileCondition } from '../../../functions/core/iam/condition.ts';
import { isMultiValuedKey, spellKey } from '../../../functions/core/iam/condition-keys.ts';
import { spellOperator } from '../../../functions/core/iam/describe-condition.ts';
import type { Condition, Statement } from '../../../functions/core/iam/document.ts';
import { toBaseOperator } from '../../../functions/core/iam/value-matcher.ts';

/** The VPC of a call, in lower case as conditions have it. */
export const VPC_KEY = 'lambda:vpcids';

const ATTACHMENT_KEYS = [VPC_KEY, 'lambda:subnetids', 'lambda:securitygroupids'];

/** Tells whether a condition is about where a function is attached. */
export function isAboutAttachment({ key }: Condition): boolean {
  return ATTACHMENT_KEYS.includes(key);
}

/** Tells whether a condition holds for a function in no VPC, which has none of the keys. */
export function holdsDetached(condition: Condition): boolean {
  return compileCondition(condition).answer([]) === true;
}

/** Tells whether a statement holds for a function in no VPC, if the principal is one that it means. */
export function mayHoldDetached({ conditions }: Pick<Statement, 'conditions'>): boolean {
  return conditions.filter(isAboutAttachment).every(holdsDetached);
}

/** Makes the condition that a key is absent, or that it is there. */
export function nullOn(key: string, isAbsent: boolean): Condition {
  return { operator: 'Null', ifExists: false, key, values: [String(isAbsent)] };
}

/** Tells whether a condition asks for the absence of a key, or for its presence. */
export function asksNull({ operator, values }: Condition, isAbsent: boolean): boolean {
  const [value, ...others] = values.map((text) => text.toLowerCase());
  return operator === 'Null' && others.length === 0 && value === String(isAbsent);
}

/** Tells whether a condition compares values of the attachment. */
export function comparesAttachment(condition: Condition): boolean {
  return isAboutAttachment(condition) && condition.operator !== 'Null';
}

/** Tells whether a condition matches what is not listed. */
export function isNegated({ operator }: Condition): boolean {
  return toBaseOperator(operator).isNegated;
}

/** A plain operator never matches a key that holds a list. */
export function isPlainOnList(condition: Condition): boolean {
  const isPlain = condition.set === undefined && comparesAttachment(condition);
  return isPlain && isMultiValuedKey(condition.key);
}

/** `ForAllValues` and `ForAnyValue` are for lists, which the VPC of a call is not. */
export function isSetOnVpc({ set, key }: Condition): boolean {
  return set !== undefined && key === VPC_KEY;
}

/** Tells whether a condition asks that all of a list of the attachment match. */
export function isForAllOnList(condition: Condition): boolean {
  return condition.set === 'ForAllValues' && isAboutAttachment(condition) && !isSetOnVpc(condition);
}

/** Writes a condition's operator and key as the reference of IAM does. */
export function spell(condition: Condition): string {
  return `\`${spellOperator(condition)}\` on \`${spellKey(condition.key)}\``;
}

/** Writes several conditions as {@link spell} does. */
export function spellAll(conditions: readonly Condition[]): string {
  return conditions.map(spell).join(' and ');
}
