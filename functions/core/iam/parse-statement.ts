import { isRecord } from '../json-value.ts';
import { quote } from '../quote.ts';
import { compileAction } from './compile-statement.ts';
import type { Statement } from './document.ts';
import type { Place } from './document-faults.ts';
import { parseConditions } from './parse-condition.ts';
import { parsePrincipal } from './parse-principal.ts';
import { textsOf } from './parse-values.ts';

/** What a reader of documents can judge. */
export interface Judgeable {
  /** Such as `lambda:CreateFunction`: statements about none of these are left out. */
  readonly actions: readonly string[];
  /** The condition keys whose values it knows, in lower case. */
  readonly keys: readonly string[];
}

/** How statements are read. */
export interface StatementOptions {
  /** A document of a resource or a role: it names its principals, and may leave its resource out. */
  readonly allowPrincipal?: boolean;
  /** Absent where every call and every key is judged. */
  readonly judgeable?: Judgeable;
}

/** A statement, or that it is about other calls: then only its effect and action are read. */
export type ParsedStatement = Statement | { readonly id: string };

const STATEMENT_ELEMENTS = [
  'Sid',
  'Effect',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];
const PRINCIPAL_ELEMENTS = ['Principal', 'NotPrincipal'];

/** Tells a statement that is judged from one about other calls. */
export function isRelated(statement: ParsedStatement): statement is Statement {
  return 'effect' in statement;
}

/** Reads one statement; undefined where it is too broken to be judged. */
export function parseStatement(
  value: unknown,
  at: { readonly number: number; readonly place: Place; readonly options: StatementOptions },
): ParsedStatement | undefined {
  const { number, place, options } = at;
  if (!isRecord(value)) return place.report(`expected a statement, got ${quote(value)}`);
  reportElements(value, place, options);
  const id = parseSid(value['Sid'], place.at('Sid')) ?? `#${number}`;
  const effect = parseEffect(value['Effect'], place.at('Effect'));
  const action = parsePair(value, place, { element: 'Action', check: checkAction });
  const { judgeable } = options;
  if (judgeable !== undefined && isAboutOthers(action, judgeable)) return { id };
  const rest = parseRest(value, place, options);
  if (effect === undefined || action === undefined || rest === undefined) return undefined;
  return { id, effect, action, ...rest };
}

function parseRest(
  value: Readonly<Record<string, unknown>>,
  place: Place,
  { allowPrincipal, judgeable }: StatementOptions,
): Omit<Statement, 'id' | 'effect' | 'action'> | undefined {
  const resource = parsePair(value, place, {
    element: 'Resource',
    check: checkResource,
    ...(allowPrincipal ? { whenMissing: ['*'] } : {}),
  });
  const principal = allowPrincipal ? parsePrincipal(value, place) : undefined;
  const conditions = parseConditions(value['Condition'], place.at('Condition'), judgeable);
  if (resource === undefined) return undefined;
  return { ...(principal === undefined ? {} : { principal }), resource, conditions };
}

function reportElements(
  value: Readonly<Record<string, unknown>>,
  place: Place,
  { allowPrincipal }: StatementOptions,
): void {
  reportUnknown(value, place, [...STATEMENT_ELEMENTS, ...PRINCIPAL_ELEMENTS]);
  if (allowPrincipal) return;
  for (const element of PRINCIPAL_ELEMENTS.filter((name) => name in value)) {
    place.at(element).reportName('expected none: the document belongs to its principal');
  }
}

/** Reports elements that IAM does not know. */
export function reportUnknown(
  value: Readonly<Record<string, unknown>>,
  place: Place,
  known: readonly string[],
): void {
  for (const element of Object.keys(value).filter((name) => !known.includes(name))) {
    place
      .at(element)
      .reportName(`unknown element ${quote(element)}: expected one of ${known.join(', ')}`);
  }
}

function isAboutOthers(action: Statement['action'] | undefined, { actions }: Judgeable): boolean {
  if (action === undefined || action.patterns.length === 0) return false;
  return !actions.some(compileAction(action));
}

function parseEffect(value: unknown, place: Place): Statement['effect'] | undefined {
  if (value === 'Allow' || value === 'Deny') return value;
  return place.report(`expected \`Allow\` or \`Deny\`, got ${quote(value)}`);
}

function parseSid(value: unknown, place: Place): string | undefined {
  if (value === undefined || value === '') return undefined;
  if (typeof value === 'string' && /^[\w .:/@+=,-]{1,128}$/.test(value)) return value;
  return place.report(`expected letters and digits, at most 128, got ${quote(value)}`);
}

/** Reads `Action` or `NotAction`, `Resource` or `NotResource`: exactly one of the two. */
function parsePair(
  statement: Readonly<Record<string, unknown>>,
  place: Place,
  pair: {
    readonly element: 'Action' | 'Resource';
    readonly check: (text: string) => string | undefined;
    readonly whenMissing?: readonly string[];
  },
): Statement['action'] | undefined {
  const negated = `Not${pair.element}`;
  const isNot = negated in statement;
  if (isNot && pair.element in statement) {
    return place.at(negated).reportName(`expected no \`${negated}\` beside \`${pair.element}\``);
  }
  const name = isNot ? negated : pair.element;
  const value = statement[name];
  if (value === undefined) {
    if (pair.whenMissing !== undefined) return { isNot: false, patterns: pair.whenMissing };
    return place.at(name).report(`is missing: expected \`${pair.element}\` or \`${negated}\``);
  }
  return { isNot, patterns: textsOf(value, place.at(name), pair.check) };
}

function checkAction(text: string): string | undefined {
  if (text === '*' || /^[a-zA-Z0-9*?-]+:[a-zA-Z0-9*?]+$/.test(text)) return undefined;
  return `expected \`*\` or an action such as \`lambda:CreateFunction\`, got ${quote(text)}`;
}

function checkResource(text: string): string | undefined {
  if (text === '*' || text.startsWith('arn:')) return undefined;
  return `expected \`*\` or an ARN, got ${quote(text)}`;
}
