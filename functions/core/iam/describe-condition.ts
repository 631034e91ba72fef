import { bounded, quote } from '../quote.ts';
import type { CompiledCondition, KeyValues } from './condition.ts';
import { describeAbsence, isMultiValuedKey, spellKey } from './condition-keys.ts';
import type { Condition } from './document.ts';

/** How a condition is spelled for people; made once, said often. */
export interface ConditionWords {
  /** With prefix and suffix, as in a document. */
  readonly operator: string;
  readonly key: string;
  readonly quotedKey: string;
  /** The values that it lists, the first of them at least. */
  readonly values: string;
}

const SHOWN_VALUES = 5;

/** Spells a condition's operator as documents do. */
export function spellOperator({ set, operator, ifExists }: Condition): string {
  return `${set === undefined ? '' : `${set}:`}${operator}${ifExists ? 'IfExists' : ''}`;
}

/** Spells a condition for people. */
export function spellCondition(condition: Condition): ConditionWords {
  const { key, values } = condition;
  const shown = values.slice(0, SHOWN_VALUES).map((value) => quote(bounded(value)));
  const rest = values.length - shown.length;
  return {
    operator: spellOperator(condition),
    key: spellKey(key),
    quotedKey: quote(spellKey(key)),
    values: `${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`,
  };
}

/** Says in words for people how a request stands to a condition, whether it matches or not. */
export function describeCondition(compiled: CompiledCondition, values: KeyValues): string {
  const { condition, words, findWitness } = compiled;
  const { key, operator, set } = condition;
  if (values?.length === 0) return `${words.quotedKey} ${describeAbsence(key)}`;
  const witness = findWitness(values);
  if (operator === 'Null' || witness === undefined) return `${words.quotedKey} is present`;
  if (set === undefined && (isMultiValuedKey(key) || values?.length !== 1)) {
    return `${words.quotedKey} holds a list, which \`${words.operator}\` without \`ForAllValues\` or \`ForAnyValue\` never matches`;
  }
  return `${words.quotedKey} holds ${quote(witness)}, which ${relate(compiled, witness)}`;
}

function relate({ condition, words, isListed }: CompiledCondition, witness: string): string {
  const isPattern = /Like|Arn/.test(condition.operator);
  if (isListed(witness)) return `${isPattern ? 'matches' : 'is among'} ${words.values}`;
  return `${isPattern ? 'does not match' : 'is not among'} ${words.values}`;
}
