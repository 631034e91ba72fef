import type { Attachment } from '../../../functions/core/attachment.ts';
import type { Limit, Severity } from '../../../functions/core/policy.ts';
import type { NotSeen, ReportedPolicy, Standing } from '../report/report.ts';

/** What would change if a policy were enforced. */
export interface PlanReport {
  readonly account: string;
  readonly region: string;
  /** When the account was read, ISO 8601. */
  readonly observedAt: string;
  readonly policy: PlannedPolicy;
  /** What it is compared with; absent: nothing, so that whatever it says is new. */
  readonly against?: PlannedPolicy;
  /** The names, ARNs and patterns that were asked for; absent: all functions. */
  readonly asked?: readonly string[];
  /** The table whose records tell baselines; absent: nothing has one. */
  readonly tableName?: string;
  /** How many functions were judged. */
  readonly scanned: number;
  readonly counts: PlanCounts;
  readonly breaker: BreakerForecast;
  /** One entry for each function of which the two policies do not say the same, in order of its ARN. */
  readonly changes: readonly FunctionChange[];
  /** All that would be done, in the order of the account's list. */
  readonly remediations: readonly PlannedAct[];
  /** What would be reverted, once AWS has finished what it does with them. */
  readonly waiting: readonly PlannedFunction[];
  readonly blastRadius: BlastRadius;
  /** Functions of which too little is known, by either policy or by both, and those that are not there. */
  readonly unknown: readonly { readonly functionArn: string; readonly reason: string }[];
  /** The patterns that no function matches; absent where each has one. */
  readonly unmatched?: readonly string[];
  /** What could not be seen; empty where everything was. */
  readonly notSeen: readonly NotSeen[];
  readonly apiCalls: number;
  readonly durationMs: number;
}

/** A policy of a plan. */
export interface PlannedPolicy extends ReportedPolicy {
  /** Absent where no deployed policy is known. */
  readonly isDeployed?: boolean;
}

/** One function of a plan. */
export interface PlannedFunction {
  readonly functionArn: string;
  /** The value of the policy's owner tag; absent where it has none. */
  readonly owner?: string;
  /** Where it is; absent where it is in no VPC. */
  readonly vpcId?: string;
}

/** How the two policies differ about a function; the first that holds. */
export const CHANGES = [
  'newly-violating',
  'newly-unknown',
  'newly-exempt',
  'newly-compliant',
  'fewer-violations',
] as const;

/** One of {@link CHANGES}. */
export type Change = (typeof CHANGES)[number];

/** A function of which the two policies do not say the same. */
export interface FunctionChange extends PlannedFunction {
  readonly change: Change;
  /** By the policy that it is compared with; absent where there is none. */
  readonly before?: Standing;
  readonly after: Standing;
  readonly begins: readonly BegunViolation[];
  readonly ends: readonly EndedViolation[];
  /** Why too little is known of it; absent where enough is. */
  readonly unknown?: readonly string[];
}

/** What is said of one control where it is no open violation. */
export type OtherSaying = 'nothing' | 'exempt' | 'unknown';

/** A violation of which the other policy says nothing, or less. */
export interface BegunViolation {
  readonly controlId: string;
  readonly severity: Severity;
  readonly reason: string;
  readonly statement?: string;
  /** What the other policy says: `less` is a violation of a lower severity. */
  readonly before: OtherSaying | 'less';
}

/** A violation that only the other policy knows. */
export interface EndedViolation {
  readonly controlId: string;
  readonly severity: Severity;
  readonly now: OtherSaying;
}

/** What can be done to a function, the worst for its owner first. */
export const ACTS = ['quarantine', 'fallback', 'revert', 'release', 'wake'] as const;

/** One of {@link ACTS}. */
export type Act = (typeof ACTS)[number];

/** How often something would be done. */
export type ActCounts = Readonly<Record<Act, number>>;

/** One remediation that the policy would want now. */
export interface PlannedAct extends PlannedFunction {
  readonly id: string;
  readonly remediation: Act;
  /** Whether it counts against `limits.accountRemediations`. */
  readonly isCounted: boolean;
  /** Where it is; absent where it is in no VPC. */
  readonly from?: Attachment;
  /** Where it would be; absent where its attachment stays. */
  readonly to?: Attachment;
  /** The controls that it violates, and nobody answers for. */
  readonly controlIds: readonly string[];
  /** What the policy that it is compared with would do, in the mode that it says; absent: nothing. */
  readonly otherwise?: string;
}

/** How many functions change how. */
export interface PlanCounts extends ActCounts {
  readonly newlyViolating: number;
  readonly newlyCompliant: number;
  readonly newlyExempt: number;
  readonly newlyUnknown: number;
  readonly fewerViolations: number;
  readonly waiting: number;
}

/** Whom it meets. */
export interface BlastRadius {
  /** The tag that names owners; absent where the policy names none. */
  readonly ownerTag?: string;
  /** The one who is met most first; functions without an owner are one of them. */
  readonly byOwner: readonly ({ readonly owner?: string } & Share)[];
  /** The same; functions in no VPC are one of them. */
  readonly byVpc: readonly ({ readonly vpcId?: string } & Share)[];
}

/** What of a plan meets one owner, or one VPC. */
export interface Share extends ActCounts {
  /** Newly violating, or something would be done to them. */
  readonly functions: number;
  readonly newlyViolating: number;
}

/** Whether what is planned is more than the policy allows at once. */
export interface BreakerForecast extends Limit {
  /** How many of the planned remediations count. */
  readonly counted: number;
  readonly trips: boolean;
}
