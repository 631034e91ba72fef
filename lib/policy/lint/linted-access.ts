import { ATTACHMENT_CALLS } from '../../../functions/core/controls/control.ts';
import { compileAction } from '../../../functions/core/iam/compile-statement.ts';
import type { Statement } from '../../../functions/core/iam/document.ts';
import { parseAccessDocument } from '../../../functions/core/iam/parse-document.ts';
import { isRecord, type JsonRecord } from '../../../functions/core/json-value.ts';
import type { SourceDocument } from '../read-policy-or-document.ts';
import { scanJson } from '../scan-json.ts';
import { createPositions } from '../text-position.ts';

/** One statement, as it stands in its document and as it is judged. */
export interface LintedStatement {
  readonly document: string;
  readonly id: string;
  readonly line: number;
  readonly column: number;
  /** As its author wrote it. */
  readonly written: JsonRecord;
  readonly statement: Statement;
  /** Which of the two calls it is about, such as `lambda:CreateFunction`. */
  readonly calls: readonly string[];
}

/** All documents of a policy, taken apart. */
export interface LintedAccess {
  readonly documents: readonly string[];
  /** The statements about at least one of the two calls. */
  readonly statements: readonly LintedStatement[];
  /** The statements about other calls, as far as they can be read. */
  readonly unrelated: readonly LintedStatement[];
}

/** The calls that set an attachment, as actions. */
export const CALLS: readonly string[] = ATTACHMENT_CALLS.map((call) => `lambda:${call}`);

/** Takes documents apart for the rules. */
export function toLintedAccess(sources: readonly SourceDocument[]): LintedAccess {
  const all = sources.flatMap(toStatements);
  return {
    documents: sources.map(({ document }) => document.name),
    statements: all.filter(({ calls }) => calls.length > 0),
    unrelated: all.filter(({ calls }) => calls.length === 0),
  };
}

function toStatements({ document, text }: SourceDocument): readonly LintedStatement[] {
  const { name } = document;
  const scanned = scanJson(text);
  const value: unknown = JSON.parse(text);
  const listed = isRecord(value) ? value['Statement'] : [];
  const positionOf = createPositions(text);
  return [listed].flat().flatMap((written: unknown, index) => {
    const statement = isRecord(written) ? readStatement(written, index + 1) : undefined;
    if (!isRecord(written) || statement === undefined) return [];
    const steps = Array.isArray(listed) ? ['Statement', index] : ['Statement'];
    const position = positionOf(scanned.ok ? scanned.offsetOf(steps) : 0);
    const [line = 1, column = 1] = position.split(':').map(Number);
    const calls = CALLS.filter(compileAction(statement.action));
    return [{ document: name, id: statement.id, line, column, written, statement, calls }];
  });
}

/** Statements about other calls may be of a kind that cannot be judged: nothing is said of those. */
function readStatement(written: JsonRecord, number: number): Statement | undefined {
  const parsed = parseAccessDocument('', { Statement: written });
  const [statement] = parsed.ok ? parsed.document.statements : [];
  if (statement === undefined) return undefined;
  return statement.id === '#1' ? { ...statement, id: `#${number}` } : statement;
}
