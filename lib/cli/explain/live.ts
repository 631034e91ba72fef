import type { Attachment } from '../../../functions/core/attachment.ts';
import type { Reach } from '../../../functions/core/egress/nat-reach.ts';
import type { Coverage, Verdict } from '../../../functions/core/finding.ts';
import type { Route } from '../../../functions/core/network.ts';
import type { Mode, Severity } from '../../../functions/core/policy.ts';
import type { Remediation } from '../../../functions/core/remediation.ts';
import type { NotSeen, ReportedPolicy } from '../report/report.ts';
import type { Drift } from './drift.ts';
import type { GroupRule } from './group-rules.ts';

/** What AWS reports of one function at this moment, and what a policy makes of it: the document for programs. */
export interface Live {
  /** ISO 8601. */
  readonly observedAt: string;
  readonly policy: ReportedPolicy & {
    /** The policy of the guardrail that is deployed here; absent where none is, or where it is not known. */
    readonly deployedHash?: string;
  };
  /** There is no such function. */
  readonly isGone: boolean;
  /** Absent where it is gone, and where it could not be read. */
  readonly function?: LiveFunction;
  /** Why it could not be read; absent where it was. */
  readonly unread?: string;
  /** What the caller may not see, or what could not be read. */
  readonly notSeen: readonly NotSeen[];
}

/** One function as it is. */
export interface LiveFunction {
  /** One of the guardrail's own: it is never judged, and nothing is done to it. */
  readonly isOwn?: true;
  /** Members of this document that could not be read, such as `owner`: their absence says nothing. */
  readonly unseen: readonly string[];
  /** An open set, such as `Active`. */
  readonly state?: string;
  readonly stateReasonCode?: string;
  readonly lastUpdateStatus?: string;
  readonly lastUpdateStatusReasonCode?: string;
  readonly role: string;
  /** The value of the policy's owner tag. */
  readonly owner?: string;
  /** Absent where nothing is reserved. */
  readonly reservedConcurrency?: number;
  /** Its lists are empty where it is in no VPC. */
  readonly attachment: Attachment;
  /** Who made the attachment, by which call, as far as the guardrail saw it. */
  readonly attachedBy?: { readonly principalArn: string; readonly call: string };
  /** Absent where nothing is recorded that a revert would go back to. */
  readonly baseline?: Attachment;
  /** Absent where it is at its baseline, or has none. */
  readonly drift?: Drift;
  /** Absent where it is in no VPC. */
  readonly network?: LiveNetwork;
  /** Absent where it is in no VPC, and where the functions of the account were not listed. */
  readonly sharing?: LiveSharing;
  readonly verdicts: readonly LiveVerdict[];
  /** Controls that the policy switches off. */
  readonly off: readonly string[];
  /** Those of the policy that name it. */
  readonly exemptions: readonly LiveExemption[];
  /** Absent where too little of it could be read to tell. */
  readonly remediation?: LiveRemediation;
}

/** The network around one function. */
export interface LiveNetwork {
  readonly subnets: readonly LiveSubnet[];
  /** Every route table that rules one of the subnets, once. */
  readonly routeTables: readonly LiveRouteTable[];
  readonly securityGroups: readonly LiveGroup[];
  /** Of the VPC: the way to single AWS services. */
  readonly endpoints: readonly {
    readonly endpointId: string;
    readonly serviceName: string;
    readonly type: string;
    readonly state: string;
  }[];
}

/** One subnet that a function is in. */
export interface LiveSubnet {
  readonly subnetId: string;
  readonly zone?: string;
  readonly freeAddresses?: number;
  readonly isDualStack?: boolean;
  /** The one that rules it, be it the main one of the VPC. */
  readonly routeTableId?: string;
  /** Why something is not known of it. */
  readonly unseen?: string;
}

/** One route table, and where it leads the function. */
export interface LiveRouteTable {
  readonly routeTableId: string;
  readonly isMain: boolean;
  /** Where it sends what is bound for the internet, in words. */
  readonly defaultRoutes: readonly { readonly destination: string; readonly leadsTo: string }[];
  /** Whether the function gets to the internet by it. */
  readonly internet: Reach;
  readonly routes: readonly Route[];
}

/** One security group of a function. */
export interface LiveGroup {
  readonly groupId: string;
  readonly groupName?: string;
  readonly inbound?: readonly GroupRule[];
  readonly outbound?: readonly GroupRule[];
  /** Why its rules are not known. */
  readonly unseen?: string;
}

/** Who has the same set of security groups in the same subnet, and so the same network interface. */
export interface LiveSharing {
  readonly subnets: readonly {
    readonly subnetId: string;
    /** How many others. */
    readonly functions: number;
    /** The first of them in order. */
    readonly names: readonly string[];
  }[];
  /** How many interfaces the functions of the VPC need together. */
  readonly interfacesInVpc: number;
  /** How many it may have; absent where that is not known. */
  readonly quota?: number;
}

/** What one control says. */
export interface LiveVerdict {
  readonly controlId: string;
  readonly title: string;
  readonly severity: Severity;
  readonly verdict: Verdict['status'];
  /** Absent where it is compliant. */
  readonly reason?: string;
  /** Document and statement that decided, where one did. */
  readonly statement?: string;
  readonly exemption?: Coverage;
  /** What to do about a violation. */
  readonly fix?: string;
}

/** An exemption that names a function. */
export interface LiveExemption extends Coverage {
  readonly controls: readonly string[];
  /** Whether it covers what those controls say no to, be it nothing now. */
  readonly isInForce: boolean;
  /** Why it is not in force. */
  readonly because?: string;
}

/** What the guardrail would do at its next look. */
export interface LiveRemediation {
  /** Of the policy. */
  readonly mode: Mode;
  readonly inMode: Choice;
  readonly inEnforce: Choice;
  /** What operators and the breaker say at run time; absent where no table was read. */
  readonly runTime?: { readonly isKilled: boolean; readonly isTripped: boolean };
}

/** A remediation, and where it would attach the function. */
export interface Choice {
  readonly kind: Remediation['kind'];
  /** In words, to follow «because». */
  readonly reason: string;
  /** Of what is withheld: what would have been done. */
  readonly wanted?: string;
  readonly target?: Attachment;
}
