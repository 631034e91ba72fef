import type { AccessDocument } from '../../functions/core/iam/document.ts';
import { isRecord } from '../../functions/core/json-value.ts';
import type { CompiledPolicy } from '../../functions/core/policy.ts';
import { bounded } from '../../functions/core/quote.ts';
import { compilePolicy, toDocumentFile } from './compile-policy.ts';
import { parseDocumentText, readText } from './read-document.ts';

/** A document that compiles, with the text that it was read from. */
export interface SourceDocument {
  readonly document: AccessDocument;
  readonly text: string;
}

/** A policy file that compiles. */
export interface SourcePolicy {
  readonly file: string;
  readonly text: string;
  readonly policy: CompiledPolicy;
}

/** A policy with its documents, or one document by itself, or everything that is wrong. */
export type ReadPolicyOrDocument =
  | {
      readonly ok: true;
      readonly documents: readonly SourceDocument[];
      /** Absent where the file is one bare IAM document. */
      readonly source?: SourcePolicy;
    }
  | { readonly ok: false; readonly faults: readonly string[] };

const LONGEST_PATH = 4096;

/** Reads a file that is a `guardrail.yaml` or one bare IAM document. */
export function readPolicyOrDocument(
  file: string,
  { nowMs }: { readonly nowMs: number },
): ReadPolicyOrDocument {
  const read = readText(file);
  if (!read.ok) {
    return { ok: false, faults: [`\`${bounded(file, LONGEST_PATH)}\`: ${read.fault}`] };
  }
  const { text } = read;
  if (isDocument(file, text)) {
    const parsed = parseDocumentText(file, text);
    return parsed.ok ? { ok: true, documents: [{ document: parsed.document, text }] } : parsed;
  }
  const compiled = compilePolicy(file, { nowMs });
  if (!compiled.ok) return compiled;
  const { policy } = compiled;
  const documents = policy.access.flatMap((document) => {
    const source = readText(toDocumentFile(file, document.name));
    return source.ok ? [{ document, text: source.text }] : [];
  });
  return { ok: true, documents, source: { file, text, policy } };
}

/** YAML contains JSON: what begins like JSON is a document, unless it has a policy's own first key. */
function isDocument(file: string, text: string): boolean {
  if (!/\.json$/i.test(file) && !/^\s*[[{]/.test(text)) return false;
  try {
    const value: unknown = JSON.parse(text);
    return !(isRecord(value) && 'version' in value);
  } catch {
    return !/^\s*\{\s*version\s*:/.test(text);
  }
}
