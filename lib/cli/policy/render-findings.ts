import { createColors } from 'picocolors';
import type { Correction, LintFinding } from '../../policy/lint/lint-finding.ts';

/** How findings are shown. */
interface Showing {
  readonly hasColors: boolean;
  /** The file of a document that a policy names. */
  readonly fileOf: (document: string) => string;
}

/** Says in lines for people what was found, each with what to write instead. */
export function renderFindings(
  findings: readonly LintFinding[],
  { hasColors, fileOf }: Showing,
): string {
  if (findings.length === 0) return 'nothing found\n';
  const colors = createColors(hasColors);
  const blocks = findings.map((finding) => {
    const { rule, statement, message, correction } = finding;
    const named = statement === undefined ? '' : ` ${statement}`;
    const head = `${colors.bold(placeOf(finding, fileOf))}${named} ${colors.dim(`(${rule})`)}`;
    return [head, `  ${message}`, ...correctionLines(correction)].join('\n');
  });
  const count = `${findings.length} finding${findings.length === 1 ? '' : 's'}`;
  return `${blocks.join('\n\n')}\n\n${colors.yellow(count)}\n`;
}

function placeOf({ document, line, column }: LintFinding, fileOf: Showing['fileOf']): string {
  const file = fileOf(document);
  return line === undefined ? file : `${file}:${line}:${column}`;
}

function correctionLines(correction: Correction | undefined): readonly string[] {
  if (correction === undefined) return [];
  const { replaces, statements } = correction;
  const gone = replaces.map(({ statement }) => statement).join(' and ');
  if (statements.length === 0) return [`  leave out ${gone}`];
  const head = replaces.length === 0 ? '  add:' : `  instead of ${gone}:`;
  const written = statements.map((statement) => JSON.stringify(statement, undefined, 2));
  const lines = written.join(',\n').split('\n');
  return [head, ...lines.map((line) => `    ${line}`)];
}
