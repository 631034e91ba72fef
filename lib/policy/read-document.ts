import { readFileSync } from 'node:fs';
import { JUDGEABLE_KEYS } from '../../functions/core/controls/access-documents-allow.ts';
import { ATTACHMENT_CALLS } from '../../functions/core/controls/control.ts';
import { compileAction } from '../../functions/core/iam/compile-statement.ts';
import { spellKey } from '../../functions/core/iam/condition-keys.ts';
import type { AccessDocument, Statement } from '../../functions/core/iam/document.ts';
import { parseAccessDocument } from '../../functions/core/iam/parse-document.ts';
import { listOf } from '../../functions/core/iam/parse-values.ts';
import { isRecord } from '../../functions/core/json-value.ts';
import { quote } from '../../functions/core/quote.ts';
import { scanJson } from './scan-json.ts';
import { createPositions } from './text-position.ts';

/** A document of the policy, or everything that is wrong with it. */
export type ReadDocument =
  | { readonly ok: true; readonly document: AccessDocument }
  | { readonly ok: false; readonly faults: readonly string[] };

/** A text, or why it could not be read. */
export type ReadText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly fault: string };

const LONGEST = 262_144;

/** Reads one file of a policy. */
export function readText(path: string): ReadText {
  if (path === '') return { ok: false, fault: 'expected the path of a file, got an empty one' };
  if (path.includes('\0')) return { ok: false, fault: 'expected a path without NUL bytes' };
  try {
    return decode(readFileSync(path));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const why = error instanceof Error ? error.message : String(error);
    return { ok: false, fault: FILE_FAULTS[code] ?? `cannot be read: ${why}` };
  }
}

const FILE_FAULTS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EISDIR: 'expected a file, got a directory',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'expected UTF-8 text',
};

/** Drops a byte order mark. */
function decode(bytes: Buffer): ReadText {
  if (bytes.includes(0)) return { ok: false, fault: 'expected a text file' };
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  if (text.length <= LONGEST) return { ok: true, text };
  return { ok: false, fault: `expected at most ${LONGEST} characters, got ${text.length}` };
}

/** Reads one IAM document and checks that the guardrail can judge every key in it. */
export function parseDocumentText(name: string, text: string): ReadDocument {
  const positionOf = createPositions(text);
  const at = (offset: number): string => `\`${name}\`:${positionOf(offset)}`;
  const scanned = scanJson(text);
  if (!scanned.ok) {
    return { ok: false, faults: [`${at(scanned.offset)} no JSON: expected ${scanned.expected}`] };
  }
  const value: unknown = JSON.parse(text);
  const parsed = parseAccessDocument(name, value);
  const faults = scanned.repeated.map(
    ({ key, offset }) => `${at(offset)} key ${quote(key)} is there twice: the first would be lost`,
  );
  if (!parsed.ok) {
    for (const { path, steps, message } of parsed.faults) {
      faults.push(
        `${at(scanned.offsetOf(steps))} ${path === '' ? '' : `${quote(path)}: `}${message}`,
      );
    }
  }
  faults.push(...findUnjudgeable({ name, statements: soundStatements(value) }));
  return parsed.ok && faults.length === 0 ? parsed : { ok: false, faults };
}

/** The statements that can be read, whatever is wrong with the others. */
function soundStatements(value: unknown): readonly Statement[] {
  const listed = isRecord(value) ? listOf(value['Statement']) : [];
  return listed.flatMap((statement, index) => {
    const alone = parseAccessDocument('', { Statement: [statement] });
    if (!alone.ok) return [];
    const named = isRecord(statement) && Boolean(statement['Sid']);
    return alone.document.statements.map((read) =>
      named ? read : { ...read, id: `#${index + 1}` },
    );
  });
}

/** Keys that the guardrail cannot fill, in statements that can concern an attachment. */
function findUnjudgeable({ name, statements }: AccessDocument): readonly string[] {
  const known = JUDGEABLE_KEYS.map(spellKey).join(', ');
  return statements.flatMap(({ id, action, conditions }) => {
    const matches = compileAction(action);
    if (!ATTACHMENT_CALLS.some((call) => matches(`lambda:${call}`))) return [];
    return conditions
      .filter(({ key }) => !JUDGEABLE_KEYS.includes(key))
      .map(
        ({ key }) =>
          `\`${name}\` statement ${quote(id)}: key ${quote(spellKey(key))} cannot be judged: expected one of ${known}`,
      );
  });
}
