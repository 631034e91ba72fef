import { isRecord } from '../json-value.ts';
import { quote } from '../quote.ts';
import type { AccessDocument } from './document.ts';
import { createFaultList, type DocumentFault, type Place } from './document-faults.ts';
import {
  isRelated,
  type ParsedStatement,
  parseStatement,
  reportUnknown,
  type StatementOptions,
} from './parse-statement.ts';
import { listOf } from './parse-values.ts';

/** A document, or everything that is wrong with it. */
export type ParsedDocument =
  | { readonly ok: true; readonly document: AccessDocument }
  | { readonly ok: false; readonly faults: readonly DocumentFault[] };

const DOCUMENT_ELEMENTS = ['Version', 'Id', 'Statement'];
const VERSIONS = ['2012-10-17', '2008-10-17'];

/**
 * Reads one IAM document that was parsed from JSON; reports all of its faults.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function parseAccessDocument(
  name: string,
  value: unknown,
  options: StatementOptions = {},
): ParsedDocument {
  const { faults, root } = createFaultList();
  const parsed = parseStatements(value, root, options);
  if (faults.length > 0) return { ok: false, faults };
  const statements = parsed.filter(isRelated);
  const unrelated = parsed.length - statements.length;
  return {
    ok: true,
    document: { name, statements, ...(unrelated === 0 ? {} : { unrelated }) },
  };
}

function parseStatements(
  value: unknown,
  root: Place,
  options: StatementOptions,
): readonly ParsedStatement[] {
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
  const ids = new Set<string>();
  return listed.flatMap((statement, index) => {
    const here = Array.isArray(value['Statement']) ? place.at(index) : place;
    const parsed = parseStatement(statement, { number: index + 1, place: here, options });
    if (parsed === undefined) return [];
    if (ids.has(parsed.id)) here.at('Sid').report(`statement ids repeat: ${quote(parsed.id)}`);
    ids.add(parsed.id);
    return [parsed];
  });
}
