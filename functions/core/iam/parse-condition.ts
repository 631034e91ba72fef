import { isRecord } from '../json-value.ts';
import { quote } from '../quote.ts';
import { spellKey } from './condition-keys.ts';
import { type Condition, OPERATORS, type Operator } from './document.ts';
import type { Place } from './document-faults.ts';
import { textsOf } from './parse-values.ts';
import { splitArn } from './value-matcher.ts';

type ParsedOperator = Pick<Condition, 'operator' | 'set' | 'ifExists'>;

interface ConditionOptions {
  /** The only keys that can be judged, in lower case; absent where every key can. */
  readonly keys?: readonly string[] | undefined;
}

const BY_NAME = new Map<string, Operator>(OPERATORS.map((name) => [name.toLowerCase(), name]));
const SETS = new Map<string, 'ForAllValues' | 'ForAnyValue'>([
  ['forallvalues', 'ForAllValues'],
  ['foranyvalue', 'ForAnyValue'],
]);

/** Reads the condition block of a statement. */
export function parseConditions(
  value: unknown,
  place: Place,
  options: ConditionOptions = {},
): readonly Condition[] {
  if (value === undefined) return [];
  if (!isRecord(value)) {
    place.report(`expected operators with their keys, got ${quote(value)}`);
    return [];
  }
  reportRepeated(value, place, 'operator');
  return Object.entries(value).flatMap(([spelling, keys]) => {
    const here = place.at(spelling);
    const operator = parseOperator(spelling);
    if (typeof operator === 'string') return reportOperator(operator, keys, here);
    if (!isRecord(keys)) {
      here.report(`expected keys with their values, got ${quote(keys)}`);
      return [];
    }
    reportRepeated(keys, here, 'key');
    return Object.entries(keys).map(([key, values]) => {
      const at = here.at(key);
      checkKey(key, at, options);
      const texts = textsOf(values, at, (text) => checkValue(operator.operator, text));
      return { ...operator, key: key.toLowerCase(), values: texts };
    });
  });
}

/** IAM takes names that differ in case for one: nobody knows which of them it would go by. */
function reportRepeated(
  record: Readonly<Record<string, unknown>>,
  place: Place,
  what: 'operator' | 'key',
): void {
  const firsts = new Map<string, string>();
  for (const name of Object.keys(record)) {
    const first = firsts.get(name.toLowerCase());
    if (first === undefined) firsts.set(name.toLowerCase(), name);
    else {
      const message = `${what} ${quote(name)} is there twice: case does not tell it from ${quote(first)}`;
      place.at(name).reportName(message);
    }
  }
}

/** Says it of each key, so that each is named. */
function reportOperator(fault: string, keys: unknown, place: Place): readonly Condition[] {
  const names = isRecord(keys) ? Object.keys(keys) : [];
  const places = names.length === 0 ? [place] : names.map((key) => place.at(key));
  for (const { reportName } of places) reportName(fault);
  return [];
}

/** The operator, or why it cannot be judged. */
function parseOperator(spelling: string): ParsedOperator | string {
  const lower = spelling.toLowerCase();
  const colon = lower.indexOf(':');
  const name = lower.slice(colon + 1);
  const ifExists = name.endsWith('ifexists');
  const operator = BY_NAME.get(ifExists ? name.slice(0, -'ifexists'.length) : name);
  const set = colon === -1 ? undefined : SETS.get(lower.slice(0, colon));
  const isPrefixWrong = colon !== -1 && set === undefined;
  if (operator === undefined || isPrefixWrong) {
    return `operator ${quote(spelling)} cannot be judged: expected one of ${OPERATORS.join(', ')}, with \`ForAllValues:\`, \`ForAnyValue:\` or \`IfExists\` where wanted`;
  }
  if (operator === 'Null' && (ifExists || set !== undefined)) {
    return '`Null` takes no `IfExists`, `ForAllValues` or `ForAnyValue`';
  }
  return { operator, ifExists, ...(set === undefined ? {} : { set }) };
}

function checkKey(key: string, place: Place, { keys }: ConditionOptions): void {
  if (!/^[a-zA-Z0-9-]+:[^\s].*$/.test(key)) {
    place.reportName(`expected a condition key such as \`lambda:VpcIds\`, got ${quote(key)}`);
  } else if (keys?.includes(key.toLowerCase()) === false) {
    const known = keys.map(spellKey).join(', ');
    place.reportName(`key ${quote(key)} cannot be judged: expected one of ${known}`);
  }
}

function checkValue(operator: Operator, text: string): string | undefined {
  if (operator === 'Null' || operator === 'Bool') {
    return /^(true|false)$/i.test(text)
      ? undefined
      : `expected \`true\` or \`false\`, got ${quote(text)}`;
  }
  if (operator.startsWith('Arn') && splitArn(text) === undefined) {
    return `expected an ARN with its six parts, wildcards allowed in each, got ${quote(text)}`;
  }
  return undefined;
}
