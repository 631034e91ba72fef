import { readFileSync } from 'node:fs';
import { JUDGEABLE_KEYS } from '../../functions/core/controls/access-documents-allow.ts';
import { ATTACHMENT_CALLS } from '../../functions/core/controls/control.ts';
import type { AccessDocument } from '../../functions/core/iam/document.ts';
import type { DocumentFault } from '../../functions/core/iam/document-faults.ts';
import { parseAccessDocument } from '../../functions/core/iam/parse-document.ts';
import type { Judgeable } from '../../functions/core/iam/parse-statement.ts';
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

/** What LVG.1 can judge: statements about other calls are left out and counted. */
const JUDGEABLE: Judgeable = {
  actions: ATTACHMENT_CALLS.map((call) => `lambda:${call}`),
  keys: JUDGEABLE_KEYS,
};

/**
 * Reads one IAM document and checks that the guardrail can judge all of it that is about attachments.
 *
 * Its name does not depend on where somebody stands, as the file does that faults are placed in.
 */
export function parseDocumentText(name: string, text: string, file = name): ReadDocument {
  const positionOf = createPositions(text);
  const at = (offset: number): string => `\`${file}\`:${positionOf(offset)}`;
  const scanned = scanJson(text);
  if (!scanned.ok) {
    return { ok: false, faults: [`${at(scanned.offset)} no JSON: expected ${scanned.expected}`] };
  }
  const value: unknown = JSON.parse(text);
  const parsed = parseAccessDocument(name, value, { judgeable: JUDGEABLE });
  const faults = scanned.repeated.map(({ key, offset }) => ({
    offset,
    message: `key ${quote(key)} is there twice: the first would be lost`,
  }));
  for (const fault of parsed.ok ? [] : parsed.faults) {
    const { steps, isName } = fault;
    const offset = isName ? scanned.keyOffsetOf(steps) : scanned.offsetOf(steps);
    faults.push({ offset, message: describeFault(value, fault) });
  }
  if (parsed.ok && faults.length === 0) return parsed;
  faults.sort((left, right) => left.offset - right.offset);
  return { ok: false, faults: faults.map(({ offset, message }) => `${at(offset)} ${message}`) };
}

/** The path tells the statement's index; its Sid is said beside it. */
function describeFault(document: unknown, { path, steps, message }: DocumentFault): string {
  if (path === '') return message;
  const sid = sidOf(document, steps);
  return `${quote(path)}${sid === undefined ? '' : ` (statement ${quote(sid)})`}: ${message}`;
}

function sidOf(document: unknown, [first, index]: DocumentFault['steps']): string | undefined {
  const listed = first === 'Statement' && isRecord(document) ? document[first] : undefined;
  const statement = Array.isArray(listed) ? listed[Number(index)] : listed;
  const sid = isRecord(statement) ? statement['Sid'] : undefined;
  return typeof sid === 'string' && sid !== '' ? sid : undefined;
}
