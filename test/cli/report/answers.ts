import type { ReportedFinding } from '../../../functions/core/finding.ts';
import type { IdleFunction } from '../../../functions/core/idle-function.ts';
import type { Report } from '../../../lib/cli/report/report.ts';
import { ARN, ATTACHMENTS } from '../../support/builders.ts';

/** A finding as a rescan answers it. */
export function findingOf(given: Partial<ReportedFinding> = {}): ReportedFinding {
  return {
    id: 'finding-1',
    controlId: 'LVG.1',
    functionArn: ARN,
    verdict: 'violation',
    severity: 'high',
    reason: 'VPC `vpc-9` is not allowed',
    attachment: ATTACHMENTS.forbidden,
    remediation: 'revert',
    observedAt: '2026-11-22T09:00:00.000Z',
    ...given,
  };
}

/** An idle function as a rescan answers it. */
export function idleOf(given: Partial<IdleFunction> = {}): IdleFunction {
  return {
    functionArn: ARN,
    isListed: true,
    canWake: 'yes',
    toWake: 'invoke it once',
    ...given,
  };
}

/** What a rescan answers: nothing, but for what is given. */
export function answerOf(given: Partial<Report> = {}): Report {
  return {
    reportId: 'report-1',
    scanned: 9,
    compliant: 5,
    findings: [],
    idle: [],
    interfaces: [],
    remediations: [],
    unknown: [],
    apiCalls: 12,
    durationMs: 3_400,
    ...given,
  };
}

/** Somebody answers for a finding. */
export const COVERAGE = { owner: 'payments', reason: 'moves out', expires: '2027-03-31' };
