import type { ReportedFinding } from '../../../functions/core/finding.ts';
import type { PlannedRemediation } from '../../../functions/core/rescan-report.ts';
import type { Report, ReportedFunction } from '../report/report.ts';
import { isOpenViolation } from '../report/report-status.ts';
import { toPlanned } from './compare-standings.ts';
import { ACTS, type Act, type PlannedAct, type PlannedFunction } from './plan-report.ts';

/** What remediations are listed from. */
export interface ActsSeen {
  readonly functions: readonly ReportedFunction[];
  readonly report: Pick<Report, 'findings' | 'remediations' | 'waiting'>;
  /** What the policy would do that it is compared with. */
  readonly otherwise: readonly PlannedRemediation[];
}

/** Lists what would be done to which functions, and which ones it has to wait for. */
export function listActs({ functions, report, otherwise }: ActsSeen): {
  readonly remediations: readonly PlannedAct[];
  readonly waiting: readonly PlannedFunction[];
} {
  const findings = Map.groupBy(report.findings, ({ functionArn }) => functionArn);
  const byArn = new Map(functions.map((one) => [one.functionArn, one]));
  const others = new Map(otherwise.map(({ functionArn, planned }) => [functionArn, planned]));
  const remediations = report.remediations.map((one) => {
    const { functionArn } = one;
    return toAct(one, {
      reported: byArn.get(functionArn) ?? { functionArn, standing: 'compliant' },
      findings: findings.get(functionArn) ?? [],
      otherwise: others.get(functionArn),
    });
  });
  const waiting = new Set(report.waiting);
  return {
    remediations,
    waiting: functions.filter(({ functionArn }) => waiting.has(functionArn)).map(toPlanned),
  };
}

interface Acting {
  readonly reported: ReportedFunction;
  readonly findings: readonly ReportedFinding[];
  readonly otherwise: string | undefined;
}

function toAct(
  { id, planned, isCounted, target }: PlannedRemediation,
  { reported, findings, otherwise }: Acting,
): PlannedAct {
  const { attachment } = reported;
  return {
    id,
    ...toPlanned(reported),
    remediation: toKind(planned),
    isCounted,
    ...(attachment === undefined ? {} : { from: attachment }),
    ...(target === undefined ? {} : { to: target }),
    controlIds: findings.filter(isOpenViolation).map(({ controlId }) => controlId),
    ...(otherwise === undefined ? {} : { otherwise }),
  };
}

function toKind(planned: string): Act {
  const act = ACTS.find((one) => one === planned);
  if (act === undefined) throw new Error(`no plan tells of the remediation \`${planned}\``);
  return act;
}
