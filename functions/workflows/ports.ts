import type { Attachment } from '../core/attachment.ts';
import type { Breaker, Trip } from '../core/breaker.ts';
import type { EventPaths } from '../core/event-paths.ts';
import type { MetExemptions } from '../core/exemption.ts';
import type { Fact, FunctionCodeFacts, RoleFacts } from '../core/facts.ts';
import type { HistoryEntry } from '../core/history.ts';
import type { NetworkFacts } from '../core/network.ts';
import type { Notice } from '../core/notice.ts';
import type { Order } from '../core/order.ts';
import type { Limit } from '../core/policy.ts';
import type { PublishedVersion } from '../core/published-version.ts';
import type { FunctionRecord } from '../core/record.ts';
import type { FunctionSnapshot } from '../core/snapshot.ts';
import type { TokenAnswer, TokenRequest } from '../core/token.ts';

/** How AWS took a write. Faults that a retry may cure are thrown instead. */
export type WriteOutcome =
  | { readonly status: 'done' }
  /** 412: the function changed since it was read. */
  | { readonly status: 'stale' }
  /** 409: AWS works on the function. */
  | { readonly status: 'busy' }
  /** The function is gone. */
  | { readonly status: 'gone' }
  /** Any other 4xx: final for this target; `error` is AWS's name and text in one line. */
  | { readonly status: 'refused'; readonly error: string };

/** How an idle function answered the call that wakes it. */
export type WakeOutcome =
  /** AWS began to restore it; its code did not run. */
  | { readonly status: 'waking' }
  /** It had become active in between: its code ran once with the no-op payload. */
  | { readonly status: 'ran' }
  | { readonly status: 'gone' }
  /** Its reserved concurrency does not let it run. */
  | { readonly status: 'throttled' }
  | { readonly status: 'refused'; readonly error: string };

/** One function or published version of a list, with what a list can say. */
export interface ListedFunction {
  /** Without a qualifier. */
  readonly functionArn: string;
  /** Absent: `$LATEST`. */
  readonly version?: string;
  readonly role: string;
  readonly attachment: Attachment;
  /** Attached, a container image or SnapStart: AWS can reclaim what it needs. */
  readonly canBeIdle: boolean;
  readonly packageType: string;
  readonly hasSnapStart: boolean;
  readonly hasCapacityProvider: boolean;
  /** Absent where AWS does not say. */
  readonly lastModifiedMs?: number;
}

/** Some VPCs by id, or all of the account. */
export type NetworkPlace = readonly string[] | 'every';

/** Everything that a workflow may ask of the outside world. */
export interface Ports {
  readonly nowMs: () => number;
  /** Undefined when there is no such function. */
  readonly readSnapshot: (functionArn: string) => Promise<FunctionSnapshot | undefined>;
  /** A constant number of calls; what was read within a minute counts unless it has to be fresh. */
  readonly readNetwork: (place: NetworkPlace, isFresh: boolean) => Promise<Fact<NetworkFacts>>;
  /** One simulation a role and hour. */
  readonly readRole: (roleArn: string) => Promise<Fact<RoleFacts>>;
  readonly readFunctionCode: (
    roleArn: string,
    functionArn: string,
  ) => Promise<Fact<FunctionCodeFacts>>;
  readonly readVersions: (functionArn: string) => Promise<Fact<readonly PublishedVersion[]>>;
  /** The provider's subnets and groups; its VPC is not named. */
  readonly readCapacityProvider: (capacityProviderArn: string) => Promise<Fact<Attachment>>;
  /** What hands events to a function, and where those go that it does not take. */
  readonly readEventPaths: (functionArn: string) => Promise<Fact<EventPaths>>;
  /** How many network interfaces a VPC may have. */
  readonly readInterfaceQuota: () => Promise<Fact<number>>;
  /** Answers since when exemptions are in force, by their ids; those that nobody met before are met now. */
  readonly meetExemptions: (ids: readonly string[]) => Promise<MetExemptions>;
  /** Answers whether the caller is to tell of an exemption's end: one handler at a time, for half a minute. */
  readonly claimEnd: (exemptionId: string) => Promise<boolean>;
  /** Notes that people were told of an exemption's end. */
  readonly noteEndTold: (exemptionId: string) => Promise<void>;
  readonly attach: (
    functionArn: string,
    attachment: Attachment,
    revisionId: string,
  ) => Promise<WriteOutcome>;
  /** Absent: the reservation is removed. */
  readonly reserveConcurrency: (
    functionArn: string,
    reservedConcurrency: number | undefined,
  ) => Promise<WriteOutcome>;
  readonly wake: (functionArn: string) => Promise<WakeOutcome>;
  /** One strongly consistent read. */
  readonly readRecord: (functionArn: string) => Promise<FunctionRecord | undefined>;
  /**
   * Writes a record over the version that it was read at (0: over none) and answers what was written, with
   * its new version. Throws `RECORD_STALE` where another handler wrote first.
   */
  readonly writeRecord: (record: FunctionRecord) => Promise<FunctionRecord>;
  /**
   * Takes one remediation from the account's budget: spent once per id, refused by the kill switch. While the
   * breaker is tripped, only what an operator's plan approves is granted.
   */
  readonly takeToken: (request: TokenRequest, limit: Limit) => Promise<TokenAnswer>;
  readonly readBreaker: () => Promise<Breaker>;
  /** Trips the breaker, and answers what is to be told; undefined where it is tripped already. */
  readonly tripBreaker: (trip: Omit<Trip, 'id' | 'atMs'>) => Promise<Trip | undefined>;
  /** Notes that people were told of a trip. */
  readonly noteTripTold: (tripId: string) => Promise<void>;
  /** Notes that a policy is known not to exceed the limit. */
  readonly approvePolicy: (policyHash: string) => Promise<void>;
  readonly enqueue: (order: Order, delaySeconds: number) => Promise<void>;
  readonly publish: (notice: Notice) => Promise<void>;
  /** Notes that the event of a heartbeat came back, and when it was sent. */
  readonly noteHeartbeat: (sentMs: number) => Promise<void>;
  /** Keeps entries of one function's history; one that is there stays as it is. */
  readonly keepHistory: (entries: readonly HistoryEntry[]) => Promise<void>;
}

/** What a deployment fixes. */
export interface Deployment {
  readonly account: string;
  readonly region: string;
  /** The guardrail's own functions: never touched. */
  readonly ownFunctionArns: ReadonlySet<string>;
  /** The roles that the guardrail's own functions call AWS with. */
  readonly ownRoleArns: ReadonlySet<string>;
}
