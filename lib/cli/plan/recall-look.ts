import { isCounted } from '../../../functions/core/breaker.ts';
import { interfacesUnderQuota } from '../../../functions/core/controls/interfaces-under-quota.ts';
import type { Finding, ReportedFinding } from '../../../functions/core/finding.ts';
import { isHeld, type Look, violationsToActOn } from '../../../functions/core/look.ts';
import { observe } from '../../../functions/core/observe.ts';
import { openViolation, wantedRemediation } from '../../../functions/core/open-violation.ts';
import type { CompiledPolicy } from '../../../functions/core/policy.ts';
import { type FunctionRecord, newRecord } from '../../../functions/core/record.ts';
import { type FunctionSnapshot, isInFlight } from '../../../functions/core/snapshot.ts';
import type { Act } from './plan-report.ts';

/** What a scan saw of one function, of which its report tells only what came of it. */
export interface Recalled {
  readonly snapshot: FunctionSnapshot;
  /** Absent where no table knows the function. */
  readonly known: FunctionRecord | undefined;
  /** Of that function, as they were reported. */
  readonly findings: readonly ReportedFinding[];
  readonly policy: CompiledPolicy;
  readonly nowMs: number;
}

/** Tells whether a remediation costs budget: the quarantine of a function that was created so does not. */
export function costsBudget(act: Act, recalled: Recalled): boolean {
  const look = lookAgain(recalled);
  const isOpen = violationsToActOn(look.findings, look.policy).length > 0;
  const violation = isOpen ? openViolation(look) : look.record.violation;
  return isCounted({ intent: { kind: act }, ...(violation === undefined ? {} : { violation }) });
}

/** Tells whether a revert is wanted that has to wait until AWS is done with the function. */
export function awaitsRevert(recalled: Recalled): boolean {
  if (!isInFlight(recalled.snapshot)) return false;
  const look = lookAgain(recalled);
  if (violationsToActOn(look.findings, look.policy).length === 0 || isHeld(look)) return false;
  return wantedRemediation(look, openViolation(look)).wanted === 'revert';
}

function lookAgain({ snapshot, known, findings, policy, nowMs }: Recalled): Look {
  const { functionArn } = snapshot;
  const before = known ?? newRecord(functionArn);
  const seen = { snapshot, nowMs, ownRoleArns: new Set<string>(), trustedKeys: new Set<string>() };
  return {
    ...observe(before, seen),
    known: before,
    snapshot,
    findings: findings.filter(({ controlId }) => controlId !== CONCLUDED).map(toFinding),
    policy,
    mode: 'enforce',
    nowMs,
    hops: 0,
    isWakeRequested: true,
  };
}

/** What is concluded from the whole list comes after everything was decided. */
const CONCLUDED = interfacesUnderQuota.id;

function toFinding({ controlId, severity, reason, verdict, exemption }: ReportedFinding): Finding {
  return {
    controlId,
    severity,
    verdict: { status: verdict, reason },
    ...(exemption === undefined ? {} : { exemption }),
  };
}
