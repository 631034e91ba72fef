import type { Severity } from '../../functions/core/policy.ts';
import { groupBy, isOpenViolation, type ListedFinding } from './model.ts';
import { WORST_FIRST } from './words.ts';

/** Which findings are shown; what is empty lets every one pass. */
export interface FindingFilter {
  readonly severities: readonly Severity[];
  readonly control: string;
  readonly verdict: '' | 'violation' | 'unknown';
  readonly exempt: '' | 'no' | 'only';
  readonly owner: string;
  /** Words that all have to be in it. */
  readonly text: string;
}

/** Lets every finding pass. */
export const EVERYTHING: FindingFilter = {
  severities: [],
  control: '',
  verdict: '',
  exempt: '',
  owner: '',
  text: '',
};

/** What is shown of one control. */
export interface FindingGroup {
  readonly controlId: string;
  readonly findings: readonly ListedFinding[];
  /** Of the open violations, by severity. */
  readonly bySeverity: Readonly<Record<Severity, number>>;
  readonly unknown: number;
  readonly exempt: number;
}

/** The findings that pass. */
export function filterFindings(
  findings: readonly ListedFinding[],
  filter: FindingFilter,
): readonly ListedFinding[] {
  const { severities, control, verdict, exempt, owner, text } = filter;
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const tests: readonly ((finding: ListedFinding) => boolean)[] = [
    ...(severities.length === 0 ? [] : [(one: ListedFinding) => severities.includes(one.severity)]),
    ...(control === '' ? [] : [(one: ListedFinding) => one.controlId === control]),
    ...(verdict === '' ? [] : [(one: ListedFinding) => one.verdict === verdict]),
    ...(exempt === ''
      ? []
      : [(one: ListedFinding) => (one.exemption === undefined) === (exempt === 'no')]),
    ...(owner === '' ? [] : [(one: ListedFinding) => one.owner === owner]),
    ...words.map((word) => (one: ListedFinding) => one.haystack.includes(word)),
  ];
  return findings.filter((finding) => tests.every((test) => test(finding)));
}

/** Groups findings by control: that with the worst open ones first, of equals that with the most. */
export function groupByControl(findings: readonly ListedFinding[]): readonly FindingGroup[] {
  return [...groupBy(findings, ({ controlId }) => controlId)]
    .map(([controlId, own]) => toGroup(controlId, own))
    .toSorted(
      (left, right) =>
        WORST_FIRST.map((severity) => right.bySeverity[severity] - left.bySeverity[severity]).find(
          (difference) => difference !== 0,
        ) ?? right.findings.length - left.findings.length,
    );
}

function toGroup(controlId: string, findings: readonly ListedFinding[]): FindingGroup {
  const bySeverity = { critical: 0, high: 0, medium: 0, low: 0 };
  for (const finding of findings) {
    if (isOpenViolation(finding)) bySeverity[finding.severity] += 1;
  }
  const exempt = findings.filter(({ exemption }) => exemption !== undefined).length;
  const open = WORST_FIRST.reduce((sum, severity) => sum + bySeverity[severity], 0);
  return { controlId, findings, bySeverity, exempt, unknown: findings.length - exempt - open };
}
