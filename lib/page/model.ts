import type { ReportedFinding } from '../../functions/core/finding.ts';
import type { Report, ReportedFunction, Standing } from '../cli/report/report.ts';
import { type ControlWords, type PackedReport, unpackReport } from './packed-report.ts';
import { nameOf, WORST_FIRST } from './words.ts';

/** A finding, and what it is found by. */
export interface ListedFinding extends ReportedFinding {
  readonly name: string;
  /** Empty where nobody is known to own the function. */
  readonly owner: string;
  /** What is done about it, or what holds it already, in words. */
  readonly outcome: string;
  /** Everything that is searched, in lower case. */
  readonly haystack: string;
}

/** How many functions stand how. */
export type StandingCounts = Readonly<Record<Standing, number>>;

/** What the page is drawn from. */
export interface Model {
  readonly report: Report;
  readonly controls: ReadonlyMap<string, ControlWords>;
  /** The worst first: violations before unknowns of a severity, what is exempt last. */
  readonly findings: readonly ListedFinding[];
  /** By ARN. */
  readonly findingsOf: ReadonlyMap<string, readonly ListedFinding[]>;
  /** In order. */
  readonly owners: readonly string[];
  /** Of all functions that were looked at. */
  readonly counts: StandingCounts;
}

/** Makes everything that the page is drawn from. */
export function toModel(packed: PackedReport): Model {
  const report = unpackReport(packed);
  const functions = new Map(report.scan?.functions.map((one) => [one.functionArn, one]));
  const nothing = report.scan === undefined ? 'only told' : 'nothing';
  const findings = report.findings
    .map((finding) => toListed(finding, functions.get(finding.functionArn), nothing))
    .toSorted((left, right) => rankOf(left) - rankOf(right));
  return {
    report,
    controls: new Map(packed.controls.map((control) => [control.id, control])),
    findings,
    findingsOf: groupBy(findings, ({ functionArn }) => functionArn),
    owners: [...new Set(findings.map(({ owner }) => owner))].filter(Boolean).toSorted(),
    counts:
      report.scan === undefined ? countFindings(report) : countStandings(report.scan.functions),
  };
}

/** Tells whether a finding is a violation that nobody answers for. */
export function isOpenViolation({ verdict, exemption }: ReportedFinding): boolean {
  return verdict === 'violation' && exemption === undefined;
}

/** Counts how functions stand. */
export function countStandings(functions: readonly ReportedFunction[]): StandingCounts {
  const counts = { violation: 0, unknown: 0, exempt: 0, compliant: 0 };
  for (const { standing } of functions) counts[standing] += 1;
  return counts;
}

/** Groups by a key, in the order in which the keys come up. */
export function groupBy<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** A rescan does not list the functions: how they stand follows from the findings, as far as it does. */
function countFindings({ findings, compliant }: Report): StandingCounts {
  const standings = [...groupBy(findings, ({ functionArn }) => functionArn).values()].map((own) => {
    const open = own.filter(({ exemption }) => exemption === undefined);
    if (open.length === 0) return 'exempt';
    return open.some(isOpenViolation) ? 'violation' : 'unknown';
  });
  const count = (standing: Standing) => standings.filter((one) => one === standing).length;
  return {
    violation: count('violation'),
    unknown: count('unknown'),
    exempt: count('exempt'),
    compliant,
  };
}

function toListed(
  finding: ReportedFinding,
  known: ReportedFunction | undefined,
  nothing: string,
): ListedFinding {
  const { functionArn, controlId, reason, statement, attachment, exemption } = finding;
  const name = nameOf(functionArn);
  const owner = known?.owner ?? '';
  const { vpcId, subnetIds, securityGroupIds } = attachment;
  const searched = [name, owner, controlId, reason, statement, exemption?.owner, vpcId];
  const haystack = [...searched, ...subnetIds, ...securityGroupIds].join('\n').toLowerCase();
  return { ...finding, name, owner, outcome: outcomeOf(finding, known, nothing), haystack };
}

/** A scan does nothing about anything, but what was stopped before is stopped. */
function outcomeOf(
  { remediation, exemption }: ReportedFinding,
  known: ReportedFunction | undefined,
  nothing: string,
): string {
  if (exemption !== undefined) return `exempt until ${exemption.expires}`;
  if (remediation !== 'none') return remediation;
  return known?.isStopped === true ? 'stopped already' : nothing;
}

function rankOf({ severity, verdict, exemption }: ReportedFinding): number {
  const rank = 4 * WORST_FIRST.indexOf(severity) + (verdict === 'violation' ? 0 : 1);
  return exemption === undefined ? rank : rank + 2;
}
