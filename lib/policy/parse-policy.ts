import { toPath } from '../../functions/core/iam/document-faults.ts';
import { isRecord } from '../../functions/core/json-value.ts';
import { quote } from '../../functions/core/quote.ts';
import { describeIssue } from './describe-issue.ts';
import { findConflicts, type PolicyFault } from './find-conflicts.ts';
import { type PolicyFile, policySchema } from './policy-schema.ts';
import { readYaml, type YamlText } from './yaml-text.ts';

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

type Content = NonNullable<YamlText['content']>;
type Located = YamlText['faults'][number];

/** Reads the text of a `guardrail.yaml`; every fault names file, line and column, path and what was expected. */
export function parsePolicy(file: string, text: string, nowMs: number): ParsedPolicy {
  const { content, faults, positionOf } = readYaml(text);
  const placeAt = (offset: number) => `\`${file}\`:${positionOf(offset)}`;
  const toText = ({ offset, message }: Located) =>
    offset === undefined ? `\`${file}\`: ${message}` : `${placeAt(offset)} ${message}`;
  if (content === undefined) return { ok: false, faults: faults.map(toText), documents: [] };
  const documents = findDocuments(content, placeAt);
  const checked = check(content, nowMs);
  const all = [...faults, ...checked.faults];
  if (checked.policy !== undefined && all.length === 0) {
    return { ok: true, policy: checked.policy, documents };
  }
  const inOrder = all.toSorted((left, right) => (left.offset ?? 0) - (right.offset ?? 0));
  return { ok: false, faults: [...new Set(inOrder.map(toText))], documents };
}

function check(
  { value, offsetOf }: Content,
  nowMs: number,
): { readonly policy?: PolicyFile; readonly faults: readonly Located[] } {
  const parsed = policySchema.safeParse(value, { reportInput: true });
  const issues = parsed.success ? [] : parsed.error.issues.flatMap(describeIssue);
  const faults = [...issues, ...findConflicts(value, nowMs)].map((fault) => ({
    offset: offsetOf(fault.steps),
    message: describe(fault),
  }));
  return { faults, ...(parsed.success ? { policy: parsed.data } : {}) };
}

function describe({ steps, message }: PolicyFault): string {
  return steps.length === 0 ? message : `${quote(toPath(steps))}: ${message}`;
}

function findDocuments(
  { value, offsetOf }: Content,
  placeAt: (offset: number) => string,
): readonly NamedDocument[] {
  const access = isRecord(value) ? value['access'] : undefined;
  if (!Array.isArray(access)) return [];
  return access.flatMap((path: unknown, index) => {
    if (typeof path !== 'string' || path === '') return [];
    const steps = ['access', index];
    return [{ path, place: `${placeAt(offsetOf(steps))} ${quote(toPath(steps))}: ${quote(path)}` }];
  });
}
