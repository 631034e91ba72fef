import type { ReportedFinding } from '../../../functions/core/finding.ts';
import type { CompiledPolicy } from '../../../functions/core/policy.ts';
import type { PlannedRemediation } from '../../../functions/core/rescan-report.ts';
import type { Report, ReportedFunction } from '../report/report.ts';
import { isOpenViolation } from '../report/report-status.ts';
import { toPlanned } from './compare-standings.ts';
import { ACTS, type Act, type PlannedAct, type PlannedFunction } from './plan-report.ts';
import { awaitsRevert, costsBudget, type Recalled } from './recall-look.ts';
import type { RememberedReads } from './remember-reads.ts';

/** What remediations are listed from. */
export interface ActsSeen {
  readonly functions: readonly ReportedFunction[];
  readonly report: Pick<Report, 'findings' | 'remediations'>;
  /** What the policy would do that it is compared with. */
  readonly otherwise: readonly PlannedRemediation[];
  readonly memory: Omit<RememberedReads, 'reads'>;
  readonly policy: CompiledPolicy;
  readonly nowMs: number;
}

/** Lists what would be done to which functions, and which ones it has to wait for. */
export function listActs(seen: ActsSeen): {
  readonly remediations: readonly PlannedAct[];
  readonly waiting: readonly PlannedFunction[];
} {
  const { functions, report, otherwise } = seen;
  const findings = Map.groupBy(report.findings, ({ functionArn }) => functionArn);
  const byArn = new Map(functions.map((one) => [one.functionArn, one]));
  const others = new Map(otherwise.map(({ functionArn, planned }) => [functionArn, planned]));
  const remediations = report.remediations.map((one) => {
    const { functionArn } = one;
    return toAct(one, {
      reported: byArn.get(functionArn) ?? { functionArn, standing: 'compliant' },
      findings: findings.get(functionArn) ?? [],
      otherwise: others.get(functionArn),
      seen,
    });
  });
  const touched = new Set(remediations.map(({ functionArn }) => functionArn));
  const waiting = functions.filter((one) => {
    const recalled = recall(one, findings.get(one.functionArn) ?? [], seen);
    return !touched.has(one.functionArn) && recalled !== undefined && awaitsRevert(recalled);
  });
  return { remediations, waiting: waiting.map(toPlanned) };
}

interface Acting {
  readonly reported: ReportedFunction;
  readonly findings: readonly ReportedFinding[];
  readonly otherwise: string | undefined;
  readonly seen: ActsSeen;
}

function toAct(
  { id, planned, target }: PlannedRemediation,
  { reported, findings, otherwise, seen }: Acting,
): PlannedAct {
  const remediation = toKind(planned);
  const recalled = recall(reported, findings, seen);
  const { attachment } = reported;
  return {
    id,
    ...toPlanned(reported),
    remediation,
    // What nobody remembers is counted: a plan must not promise more room than there is.
    isCounted: recalled === undefined || costsBudget(remediation, recalled),
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

function recall(
  { functionArn }: ReportedFunction,
  findings: readonly ReportedFinding[],
  { memory, policy, nowMs }: ActsSeen,
): Recalled | undefined {
  const snapshot = memory.snapshots.get(functionArn);
  if (snapshot === undefined) return undefined;
  return { snapshot, known: memory.records.get(functionArn), findings, policy, nowMs };
}
