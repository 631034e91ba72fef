import { bounded, quote } from '../quote.ts';
import { type CompiledCondition, type RequestFacts, valuesOf } from './condition.ts';
import { describeAbsence, isMultiValuedKey, spellKey } from './condition-keys.ts';
import type { Condition } from './document.ts';

const SHOWN_VALUES = 5;

/** Spells a condition's operator as the document does. */
export function spellOperator({ set, operator, ifExists }: Condition): string {
  return `${set === undefined ? '' : `${set}:`}${operator}${ifExists ? 'IfExists' : ''}`;
}

/** Says in words for people how a request stands to a condition, whether it matches or not. */
export function describeCondition(compiled: CompiledCondition, facts: RequestFacts): string {
  const { condition } = compiled;
  const key = quote(spellKey(condition.key));
  if (condition.operator === 'Null' && facts.unknownKeys?.has(condition.key)) {
    return `${key} is present`;
  }
  const witness = compiled.findWitness(facts);
  if (witness === undefined) return `${key} ${describeAbsence(condition.key)}`;
  if (condition.operator === 'Null') return `${key} is present`;
  if (condition.set === undefined && isList(condition.key, facts)) {
    return `${key} holds a list, which \`${spellOperator(condition)}\` without \`ForAllValues\` or \`ForAnyValue\` never matches`;
  }
  return `${key} holds ${quote(witness)}, which ${relate(condition, compiled.isListed(witness))}`;
}

function isList(key: string, { context }: RequestFacts): boolean {
  return isMultiValuedKey(key) || valuesOf(context, key).length > 1;
}

function relate({ operator, values }: Condition, isListed: boolean): string {
  const list = listValues(values);
  if (/Like|Arn/.test(operator)) return `${isListed ? 'matches' : 'does not match'} ${list}`;
  return `is ${isListed ? '' : 'not '}among ${list}`;
}

function listValues(values: readonly string[]): string {
  const shown = values.slice(0, SHOWN_VALUES).map((value) => quote(bounded(value)));
  const rest = values.length - shown.length;
  return `${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
