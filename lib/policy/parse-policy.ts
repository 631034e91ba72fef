import {
  type Document,
  isMap,
  isNode,
  LineCounter,
  parseAllDocuments,
  parseDocument,
  type YAMLError,
} from 'yaml';
import type { z } from 'zod';
import { toPath } from '../../functions/core/iam/document-faults.ts';
import { isRecord } from '../../functions/core/json-value.ts';
import { quote } from '../../functions/core/quote.ts';
import { type PolicyFile, policySchema } from './policy-schema.ts';

/** A document that a policy names, and where it does. */
export interface NamedDocument {
  readonly path: string;
  /** File, line, column and path, for faults that show later. */
  readonly place: string;
}

/** A policy file, or everything that is wrong with it; the documents that it names either way. */
export type ParsedPolicy = { readonly documents: readonly NamedDocument[] } & (
  | { readonly ok: true; readonly policy: PolicyFile }
  | { readonly ok: false; readonly faults: readonly string[] }
);

type Issue = z.core.$ZodIssue;
type Steps = readonly (string | number)[];

/** Reads the text of a `guardrail.yaml`; every fault names file, line and column, path and what was expected. */
export function parsePolicy(file: string, text: string): ParsedPolicy {
  const lines = new LineCounter();
  const yaml = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const placeAt = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `\`${file}\`:${line}:${col}`;
  };
  if (yaml.errors.some(({ code }) => code === 'RESOURCE_EXHAUSTION')) {
    return { ok: false, faults: [`\`${file}\`: nested too deeply`], documents: [] };
  }
  const broken = [...yaml.errors, ...yaml.warnings].map(
    (error) => `${placeAt(error.pos[0])} ${describeError(error, text)}`,
  );
  if (broken.length > 0) return { ok: false, faults: broken, documents: [] };
  const value = toValue(yaml);
  if (!value.ok) return { ok: false, faults: [`\`${file}\`: ${value.fault}`], documents: [] };
  const placeOf = (steps: Steps): string => placeAt(offsetOf(yaml, steps));
  const documents = findDocuments(value.value, placeOf);
  const parsed = policySchema.safeParse(value.value, { reportInput: true });
  if (parsed.success) return { ok: true, policy: parsed.data, documents };
  const faults = parsed.error.issues.flatMap((issue) => describeIssue(issue, placeOf));
  return { ok: false, faults: [...new Set(faults)], documents };
}

function describeError({ code, message }: YAMLError, text: string): string {
  if (code !== 'MULTIPLE_DOCS') return toOneLine(message);
  return `expected one YAML document, found ${parseAllDocuments(text).length}`;
}

function findDocuments(
  value: unknown,
  placeOf: (steps: Steps) => string,
): readonly NamedDocument[] {
  const access = isRecord(value) ? value['access'] : undefined;
  if (!Array.isArray(access)) return [];
  return access.flatMap((path: unknown, index) => {
    if (typeof path !== 'string' || path === '') return [];
    return [{ path, place: `${placeOf(['access', index])} \`access[${index}]\`: ${quote(path)}` }];
  });
}

/** Aliases can grow a small file without bound: the reader stops there. */
function toValue(yaml: Document): { ok: true; value: unknown } | { ok: false; fault: string } {
  try {
    return { ok: true, value: yaml.toJS({ maxAliasCount: 20 }) };
  } catch (error) {
    const fault = toOneLine(String(error));
    const isBomb = fault.startsWith('excessive alias count');
    return { ok: false, fault: isBomb ? 'its aliases make it too large: write them out' : fault };
  }
}

function describeIssue(issue: Issue, placeOf: (steps: Steps) => string): readonly string[] {
  const steps = issue.path.filter((step) => typeof step !== 'symbol');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const path = [...steps, key];
      return `${placeOf(path)} ${quote(toPath(path))}: ${issue.message}`;
    });
  }
  const got = issue.input === undefined ? 'is missing' : `got ${quoteInput(issue)}`;
  const path = steps.length === 0 ? '' : ` ${quote(toPath(steps))}:`;
  return [`${placeOf(steps)}${path} ${issue.message}, ${got}`];
}

/** A text such as `"true"` reads like what was expected: there its kind has to be told. */
function quoteInput(issue: Issue): string {
  const isWrongKind =
    issue.code === 'invalid_type' ||
    (issue.code === 'invalid_value' && !issue.values.some((value) => typeof value === 'string'));
  const kind = isWrongKind && typeof issue.input === 'string' ? 'the text ' : '';
  return `${kind}${quote(issue.input)}`;
}

/** Offset of a value's key, or of the nearest thing around it. */
function offsetOf(yaml: Document, steps: Steps): number {
  const parent = steps.length > 1 ? yaml.getIn(steps.slice(0, -1), true) : yaml.contents;
  const last = steps.at(-1);
  if (isMap(parent)) {
    const pair = parent.items.find(({ key }) => String(key) === String(last));
    if (isNode(pair?.key)) return pair.key.range?.[0] ?? 0;
  }
  const node = yaml.getIn(steps, true);
  if (isNode(node)) return node.range?.[0] ?? 0;
  return steps.length === 0 ? 0 : offsetOf(yaml, steps.slice(0, -1));
}

function toOneLine(message: string): string {
  const [line = ''] = message.replace(/^\w*Error: /, '').split('\n');
  return `${line.slice(0, 1).toLowerCase()}${line.slice(1)}`;
}
