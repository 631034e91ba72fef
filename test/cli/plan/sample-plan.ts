import type { FunctionChange, PlannedAct, PlanReport } from '../../../lib/cli/plan/plan-report.ts';
import { ARN, ATTACHMENTS } from '../../support/builders.ts';

/** A function that newly violates one control, but for what is given. */
export function changeOf(given: Partial<FunctionChange> = {}): FunctionChange {
  return {
    functionArn: ARN,
    owner: 'web',
    vpcId: 'vpc-9',
    change: 'newly-violating',
    before: 'compliant',
    after: 'violation',
    begins: [
      { controlId: 'LVG.1', severity: 'high', reason: 'it is not allowed', before: 'nothing' },
    ],
    ends: [],
    ...given,
  };
}

/** A revert, but for what is given. */
export function actOf(given: Partial<PlannedAct> = {}): PlannedAct {
  return {
    id: 'remediation-1',
    functionArn: ARN,
    owner: 'web',
    vpcId: 'vpc-9',
    remediation: 'revert',
    isCounted: true,
    from: ATTACHMENTS.forbidden,
    to: ATTACHMENTS.approved,
    controlIds: ['LVG.1'],
    ...given,
  };
}

const NONE = { quarantine: 0, fallback: 0, revert: 0, release: 0, wake: 0 };

/** A plan by which nothing changes, but for what is given. */
export function planOf(given: Partial<PlanReport> = {}): PlanReport {
  return {
    account: '123456789012',
    region: 'us-east-1',
    observedAt: '2026-11-22T09:00:00.000Z',
    policy: { file: 'new.yaml', hash: 'a'.repeat(64), mode: 'enforce' },
    against: { file: 'old.yaml', hash: 'b'.repeat(64), mode: 'audit', isDeployed: true },
    tableName: 'records',
    scanned: 214,
    counts: {
      newlyViolating: 0,
      newlyCompliant: 0,
      newlyExempt: 0,
      newlyUnknown: 0,
      fewerViolations: 0,
      ...NONE,
      waiting: 0,
    },
    breaker: { max: 25, perMinutes: 15, counted: 0, trips: false },
    changes: [],
    remediations: [],
    waiting: [],
    blastRadius: { ownerTag: 'team', byOwner: [], byVpc: [] },
    unknown: [],
    notSeen: [],
    apiCalls: 17,
    durationMs: 2_000,
    ...given,
  };
}
