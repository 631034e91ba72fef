import type { ReportedFinding } from '../../../functions/core/finding.ts';
import { functionNameOf } from '../../../functions/core/function-name.ts';
import { SEVERITIES } from '../../../functions/core/policy.ts';
import { printable } from '../printable.ts';
import { escapeHtml } from './escape-html.ts';
import type { Report, ScanDetails } from './report.ts';
import { countsOf, leftOutOf } from './report-words.ts';

const MOST_ROWS = 200;
const HEADS = ['severity', 'control', 'function', 'says', 'because', 'done'];

/** Writes what matters most of a report for browsers that run no scripts, such as those of mail programs. */
export function renderWithoutScripts(report: Report): string {
  const { findings, scan } = report;
  const notSeen = (scan?.notSeen ?? []).map(
    ({ what, because, so }) => `${what}: ${because}; ${so}`,
  );
  const remarks = [...notSeen, ...leftOutOf(report)];
  const rest = findings.length - MOST_ROWS;
  return [
    '<main class="plain"><h1>Lambda VPC Guardrail</h1>',
    `<p>${toText(countsOf(report))}.</p>`,
    ...(scan === undefined ? [] : [`<p>${toText(placeOf(scan))}</p>`]),
    ...(remarks.length === 0 ? [] : ['<h2>What could not be seen</h2>', toList(remarks)]),
    '<h2>Findings</h2>',
    findings.length === 0 ? '<p>None.</p>' : toTable(findings),
    ...(rest > 0 ? [`<p>And ${rest} more.</p>`] : []),
    '<p>With scripts this page filters and searches them all, and draws the network. It loads nothing.</p></main>',
  ].join('\n');
}

function placeOf({ account, region, observedAt, policy }: ScanDetails): string {
  return `Account ${account}, ${region}, seen at ${observedAt}, judged by ${policy.file} (mode ${policy.mode}).`;
}

function toTable(findings: readonly ReportedFinding[]): string {
  const worstFirst = findings.toSorted(
    (left, right) => SEVERITIES.indexOf(right.severity) - SEVERITIES.indexOf(left.severity),
  );
  const heads = HEADS.map((head) => `<th scope="col">${head}</th>`).join('');
  const rows = worstFirst.slice(0, MOST_ROWS).map(toRow).join('\n');
  return `<table><thead><tr>${heads}</tr></thead><tbody>\n${rows}\n</tbody></table>`;
}

function toRow(finding: ReportedFinding): string {
  const { severity, controlId, functionArn, verdict, reason, remediation, exemption } = finding;
  const done = exemption === undefined ? remediation : `exempt until ${exemption.expires}`;
  const cells = [severity, controlId, functionNameOf(functionArn), verdict, reason, done];
  return `<tr>${cells.map((cell) => `<td>${toText(cell)}</td>`).join('')}</tr>`;
}

function toList(lines: readonly string[]): string {
  return `<ul>${lines.map((line) => `<li>${toText(line)}</li>`).join('')}</ul>`;
}

function toText(text: string): string {
  return escapeHtml(printable(text));
}
