import type { Attachment } from './attachment.ts';
import type { Finding } from './finding.ts';
import type { NetworkFacts } from './network.ts';
import type { FunctionSnapshot } from './snapshot.ts';

/** Something that was looked up, or why it cannot be known. */
export type Fact<Value> = { readonly value: Value } | { readonly unknown: string };

/** What an execution role lacks. */
export interface RoleFacts {
  /** Actions on network interfaces that the role is not allowed, deny or no allow. */
  readonly denied: readonly string[];
}

/** What the code of one function may do with its execution role. */
export interface FunctionCodeFacts {
  /** Actions on network interfaces that the code may call. */
  readonly allowed: readonly string[];
}

/** One published version and how the attachment that it keeps is judged. */
export interface JudgedVersion {
  readonly version: string;
  /** The aliases that point at it. */
  readonly aliases: readonly string[];
  readonly findings: readonly Finding[];
}

/** The network interfaces that the functions of one VPC share. */
export interface InterfaceFacts {
  /** Distinct pairs of subnet and set of security groups: each is one network interface. */
  readonly combinations: number;
  /** How many the VPC may have. */
  readonly quota: number;
  /** Functions that would share an interface if their sets of groups were the same. */
  readonly couldShare: readonly string[];
}

/** Where a capacity provider runs the functions that are on it. */
export interface CapacityProviderFacts {
  readonly attachment: Attachment;
  readonly findings: readonly Finding[];
}

/** Everything that a control may need to know. */
export interface KnownFacts {
  readonly network: NetworkFacts;
  readonly snapshot: FunctionSnapshot;
  readonly role: RoleFacts;
  readonly functionCode: FunctionCodeFacts;
  readonly versions: readonly JudgedVersion[];
  readonly interfaces: InterfaceFacts;
  readonly capacityProvider: CapacityProviderFacts;
}

/** The name of one of {@link KnownFacts}. */
export type FactKind = keyof KnownFacts;

/** What was looked up; what is absent was not asked for, and controls that need it are not asked either. */
export type Facts = { readonly [Kind in FactKind]?: Fact<KnownFacts[Kind]> | undefined };
