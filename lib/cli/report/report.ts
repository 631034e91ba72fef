import type { Actor } from '../../../functions/core/actor.ts';
import type { Attachment } from '../../../functions/core/attachment.ts';
import type { HistoryEvent } from '../../../functions/core/history.ts';
import type { Mode } from '../../../functions/core/policy.ts';
import type { RescanReport } from '../../../functions/core/rescan-report.ts';

/** A report on an account: what a rescan answers, and what only a scan sees beside. */
export interface Report extends RescanReport {
  /** How many requests it cost. */
  readonly apiCalls?: number;
  readonly durationMs?: number;
  readonly scan?: ScanDetails;
}

/** What a scan tells beyond a rescan's answer. */
export interface ScanDetails {
  readonly account: string;
  readonly region: string;
  /** When it ended, ISO 8601. */
  readonly observedAt: string;
  readonly policy: ReportedPolicy;
  /** What could not be seen; empty where everything was. */
  readonly notSeen: readonly NotSeen[];
  /** Every function that was asked for, in order of its ARN. */
  readonly functions: readonly ReportedFunction[];
  /** Every VPC that a function is attached to, in order of its id. */
  readonly networks: readonly ReportedNetwork[];
  /** What the guardrail did lately, the newest last; absent where its table was not read. */
  readonly timeline?: readonly ReportedRemediation[];
  /** How many functions each enabled region has, in order; absent where nobody asked. */
  readonly regions?: readonly RegionCount[];
}

/** How many functions a region has, which a scan of another region does not look at. */
export interface RegionCount {
  readonly region: string;
  /** Absent where it could not be counted. */
  readonly functions?: number;
  /** Why it could not be counted. */
  readonly because?: string;
}

/** The policy that was judged by. */
export interface ReportedPolicy {
  /** As it was named. */
  readonly file: string;
  readonly hash: string;
  readonly mode: Mode;
}

/** Something that the caller may not see, or that could not be read. */
export interface NotSeen {
  /** Such as `lambda:GetFunction`. */
  readonly what: string;
  readonly because: string;
  /** What the report says less of, for people. */
  readonly so: string;
}

/** How a function stands, taking all controls together. */
export type Standing = 'compliant' | 'violation' | 'exempt' | 'unknown';

/** One function of the account. */
export interface ReportedFunction {
  readonly functionArn: string;
  readonly standing: Standing;
  /** Absent where it is detached. */
  readonly attachment?: Attachment;
  /** An open set, such as `Active`; absent where it was not read. */
  readonly state?: string;
  /** The value of the policy's owner tag; absent where there is none, or where tags were not read. */
  readonly owner?: string;
  /** Present where its reserved concurrency is 0. */
  readonly isStopped?: true;
}

/** Where a subnet's packets to the internet go. */
export type SubnetEgress = 'internet-gateway' | 'nat' | 'other' | 'none' | 'unknown';

/** One VPC that functions are attached to. */
export interface ReportedNetwork {
  readonly vpcId: string;
  readonly isDedicated: boolean;
  /** Those that functions are in, and those of its NAT gateways, in order. */
  readonly subnets: readonly ReportedSubnet[];
  readonly natGateways: readonly {
    readonly natGatewayId: string;
    readonly subnetId: string;
    readonly isPublic: boolean;
    readonly state: string;
  }[];
  readonly endpoints: readonly {
    readonly endpointId: string;
    /** Such as `com.amazonaws.us-east-1.s3`. */
    readonly serviceName: string;
    readonly type: string;
    readonly state: string;
  }[];
}

/** One subnet of a reported network. */
export interface ReportedSubnet {
  readonly subnetId: string;
  readonly zone: string;
  readonly freeAddresses: number;
  readonly isDualStack: boolean;
  /** Another account's, whose routes cannot be seen. */
  readonly isShared: boolean;
  readonly egress: SubnetEgress;
  /** What its default routes lead to, such as `nat-…`. */
  readonly targets: readonly string[];
}

/** One line of the history of all functions. */
export interface ReportedRemediation {
  /** ISO 8601. */
  readonly at: string;
  readonly functionArn: string;
  readonly event: HistoryEvent;
  /** In words, to follow «because». */
  readonly why: string;
  readonly remediation?: string;
  readonly controlIds?: readonly string[];
  readonly who?: Actor;
}
