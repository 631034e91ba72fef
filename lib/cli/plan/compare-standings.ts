import type { ReportedFinding } from '../../../functions/core/finding.ts';
import { SEVERITIES } from '../../../functions/core/policy.ts';
import type { ReportedFunction, Standing } from '../report/report.ts';
import { isOpenViolation } from '../report/report-status.ts';
import { functionsOf } from '../report/report-words.ts';
import type {
  BegunViolation,
  Change,
  EndedViolation,
  FunctionChange,
  OtherSaying,
  PlannedFunction,
} from './plan-report.ts';

/** What one policy says of an account. */
export interface Judgement {
  readonly functions: readonly ReportedFunction[];
  readonly findings: readonly ReportedFinding[];
  readonly unknown: readonly { readonly functionArn: string; readonly reason: string }[];
}

/** Lists every function of which a policy says something else than the one before it; without one, than nothing. */
export function compareStandings(
  after: Judgement,
  before: Judgement | undefined,
): readonly FunctionChange[] {
  const now = toIndex(after);
  const then = toIndex(before ?? { functions: [], findings: [] });
  const reasons = functionsOf(after.unknown);
  return after.functions.flatMap((one) => {
    const { functionArn, standing } = one;
    const findings = now.findingsOf(functionArn);
    const others = then.findingsOf(functionArn);
    const begins = findBegun(findings, others);
    const ends = findEnded(findings, others);
    const standings = { before: then.standingOf(functionArn), after: standing };
    const change = changeOf({ ...standings, begins, ends });
    if (change === undefined) return [];
    const unknown = reasons.get(functionArn);
    return {
      ...toPlanned(one),
      change,
      ...(before === undefined ? { after: standing } : standings),
      begins,
      ends,
      ...(unknown === undefined ? {} : { unknown }),
    };
  });
}

/** Keeps of a function what a plan says of each. */
export function toPlanned({ functionArn, owner, attachment }: ReportedFunction): PlannedFunction {
  const vpcId = attachment?.vpcId;
  return {
    functionArn,
    ...(owner === undefined ? {} : { owner }),
    ...(vpcId === undefined ? {} : { vpcId }),
  };
}

interface Index {
  readonly standingOf: (functionArn: string) => Standing;
  readonly findingsOf: (functionArn: string) => readonly ReportedFinding[];
}

function toIndex({ functions, findings }: Pick<Judgement, 'functions' | 'findings'>): Index {
  const standings = new Map(functions.map((one) => [one.functionArn, one.standing]));
  const byFunction = Map.groupBy(findings, ({ functionArn }) => functionArn);
  return {
    standingOf: (functionArn) => standings.get(functionArn) ?? 'compliant',
    findingsOf: (functionArn) => byFunction.get(functionArn) ?? [],
  };
}

type Compared = Pick<FunctionChange, 'after' | 'begins' | 'ends'> & { readonly before: Standing };

function changeOf({ before, after, begins, ends }: Compared): Change | undefined {
  if (begins.length > 0) return 'newly-violating';
  if (before !== after && after !== 'violation') return `newly-${after}`;
  return ends.length > 0 ? 'fewer-violations' : undefined;
}

function findBegun(
  findings: readonly ReportedFinding[],
  others: readonly ReportedFinding[],
): readonly BegunViolation[] {
  return findings.filter(isOpenViolation).flatMap((finding) => {
    const { controlId, severity, reason, statement } = finding;
    const before = sayingBefore(finding, others);
    if (before === undefined) return [];
    return {
      controlId,
      severity,
      reason,
      ...(statement === undefined ? {} : { statement }),
      before,
    };
  });
}

/** Undefined where the other policy says the same, or worse. */
function sayingBefore(
  { controlId, severity }: ReportedFinding,
  others: readonly ReportedFinding[],
): BegunViolation['before'] | undefined {
  const other = others.find((one) => one.controlId === controlId);
  if (other === undefined || !isOpenViolation(other)) return sayingOf(other);
  return SEVERITIES.indexOf(other.severity) < SEVERITIES.indexOf(severity) ? 'less' : undefined;
}

function findEnded(
  findings: readonly ReportedFinding[],
  others: readonly ReportedFinding[],
): readonly EndedViolation[] {
  return others.filter(isOpenViolation).flatMap(({ controlId, severity }) => {
    const now = findings.find((one) => one.controlId === controlId);
    if (now !== undefined && isOpenViolation(now)) return [];
    return { controlId, severity, now: sayingOf(now) };
  });
}

function sayingOf(finding: ReportedFinding | undefined): OtherSaying {
  if (finding === undefined) return 'nothing';
  return finding.exemption === undefined ? 'unknown' : 'exempt';
}
