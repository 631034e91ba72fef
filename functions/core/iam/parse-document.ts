import { isRecord } from '../json-value.ts';
import { quote } from '../quote.ts';
import type { AccessDocument, Statement } from './document.ts';
import { createFaultList, type DocumentFault, type Place } from './document-faults.ts';
import { parseConditions } from './parse-condition.ts';
import { parsePrincipal } from './parse-principal.ts';
import { listOf, textsOf } from './parse-values.ts';

/** How a document is read. */
export interface DocumentOptions {
  /** A document of a resource or a role: it names its principals, and may leave its resource out. */
  readonly allowPrincipal?: boolean;
}

/** A document, or everything that is wrong with it. */
export type ParsedDocument =
  | { readonly ok: true; readonly document: AccessDocument }
  | { readonly ok: false; readonly faults: readonly DocumentFault[] };

const DOCUMENT_ELEMENTS = ['Version', 'Id', 'Statement'];
const VERSIONS = ['2012-10-17', '2008-10-17'];
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

/**
 * Reads one IAM document that was parsed from JSON; reports all of its faults.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function parseAccessDocument(
  name: string,
  value: unknown,
  options: DocumentOptions = {},
): ParsedDocument {
  const { faults, root } = createFaultList();
  const statements = parseStatements(value, root, options);
  if (faults.length > 0) return { ok: false, faults };
  return { ok: true, document: { name, statements } };
}

function parseStatements(
  value: unknown,
  root: Place,
  options: DocumentOptions,
): readonly Statement[] {
  if (!isRecord(value)) {
    root.report(`expected an IAM document, got ${quote(value)}`);
    return [];
  }
  reportUnknown(value, root, DOCUMENT_ELEMENTS);
  const version = value['Version'];
  if (version !== undefined && !VERSIONS.some((known) => known === version)) {
    root.at('Version').report(`expected \`2012-10-17\` or \`2008-10-17\`, got ${quote(version)}`);
  }
  const place = root.at('Statement');
  const listed = listOf(value['Statement']);
  if (listed.length === 0) place.report('expected at least one statement');
  const statements = listed.map((statement, index) =>
    parseStatement(
      statement,
      { index, options },
      Array.isArray(value['Statement']) ? place.at(index) : place,
    ),
  );
  reportRepeated(statements, place);
  return statements.filter((statement) => statement !== undefined);
}

function parseStatement(
  value: unknown,
  { index, options }: { readonly index: number; readonly options: DocumentOptions },
  place: Place,
): Statement | undefined {
  if (!isRecord(value)) return place.report(`expected a statement, got ${quote(value)}`);
  const { allowPrincipal = false } = options;
  if (!allowPrincipal) {
    for (const element of PRINCIPAL_ELEMENTS.filter((name) => name in value)) {
      place.at(element).report('expected none: the document belongs to its principal');
    }
  }
  reportUnknown(value, place, [...STATEMENT_ELEMENTS, ...PRINCIPAL_ELEMENTS]);
  const effect = parseEffect(value['Effect'], place.at('Effect'));
  const action = parsePair(value, place, { element: 'Action', check: checkAction });
  const resource = parsePair(value, place, {
    element: 'Resource',
    check: checkResource,
    ...(allowPrincipal ? { whenMissing: ['*'] } : {}),
  });
  const principal = allowPrincipal ? parsePrincipal(value, place) : undefined;
  const conditions = parseConditions(value['Condition'], place.at('Condition'));
  const id = parseSid(value['Sid'], place.at('Sid')) ?? `#${index + 1}`;
  if (effect === undefined || action === undefined || resource === undefined) return undefined;
  return {
    id,
    effect,
    ...(principal === undefined ? {} : { principal }),
    action,
    resource,
    conditions,
  };
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
    return place.at(negated).report(`expected no \`${negated}\` beside \`${pair.element}\``);
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

function reportUnknown(
  value: Readonly<Record<string, unknown>>,
  place: Place,
  known: readonly string[],
): void {
  for (const element of Object.keys(value).filter((name) => !known.includes(name))) {
    place.report(`unknown element ${quote(element)}: expected one of ${known.join(', ')}`);
  }
}

function reportRepeated(statements: readonly (Statement | undefined)[], place: Place): void {
  const seen = new Set<string>();
  for (const statement of statements) {
    if (statement === undefined) continue;
    if (seen.has(statement.id)) place.report(`statement ids repeat: ${quote(statement.id)}`);
    seen.add(statement.id);
  }
}
