import { randomUUID } from 'node:crypto';
import type { AccountCore } from '../account-core.ts';
import type { RoutedNetwork } from '../ec2/network.ts';
import {
  addInterface,
  type NetworkInterface,
  removeInterface,
} from '../ec2/network-interface-records.ts';
import { ec2Arn } from '../ec2/views.ts';
import type { Quotas } from '../service-quotas/quotas.ts';
import {
  type AttachFailure,
  type Combination,
  findAttachingRole,
  networkFailure,
} from './attach-failure.ts';
import { findRole, roleAllows } from './execution-role.ts';
import type { Durations } from './lambda-context.ts';
import type { Attachment, Configuration } from './stored-function.ts';

/** The network interfaces that Lambda keeps in the account's subnets. */
export interface NetworkInterfaces {
  /** Starts on what an attachment lacks, and answers how long it takes until all is there. */
  readonly prepare: (attachment: Attachment | undefined) => number;
  /** Makes what a version's attachment lacks, all of it or nothing; answers why it could not. */
  readonly make: (configuration: Configuration) => AttachFailure | undefined;
  /** Removes what nobody uses any more. */
  readonly reclaim: () => void;
  /** Removes what nobody uses any more, as late as Lambda does. */
  readonly reclaimLater: () => void;
}

/** What the interfaces are made from. */
export interface InterfaceSources {
  readonly core: AccountCore;
  readonly network: RoutedNetwork;
  readonly quotas: Quotas;
  readonly durations: Durations;
  /** Every attachment that some version holds now, one after the other: whoever reads on may stop. */
  readonly inUse: () => Iterable<Attachment>;
}

/** An interface that was made, and the role that it was made with. */
interface Made {
  readonly id: string;
  readonly roleArn: string;
}

/** What is there, and what is being made, by subnet and set of groups. */
interface Book {
  readonly made: Map<string, Made>;
  readonly readyAtMs: Map<string, number>;
}

/**
 * Creates the account's Lambda network interfaces: one for each subnet and set of groups, shared by all versions.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
export function createNetworkInterfaces(sources: InterfaceSources): NetworkInterfaces {
  const { durations } = sources;
  const { clock } = sources.core;
  const book: Book = { made: new Map(), readyAtMs: new Map() };
  const due = new Set<number>();
  const reclaimAt = (timeMs: number): void => {
    // One look is enough for all that end at the same moment.
    if (due.has(timeMs)) return;
    due.add(timeMs);
    clock.at(timeMs, () => {
      due.delete(timeMs);
      removeUnused(sources, book);
    });
  };
  return {
    prepare: (attachment) => prepare(sources, book, attachment),
    make: (configuration) => make(sources, book, configuration),
    reclaim: () => reclaimAt(clock.nowMs()),
    reclaimLater: () => reclaimAt(clock.nowMs() + durations.removalMs),
  };
}

function prepare(
  { core, network, durations }: InterfaceSources,
  { made, readyAtMs }: Book,
  attachment: Attachment | undefined,
): number {
  const combinations = combinationsOf(attachment);
  if (combinations.length === 0) return durations.plainMs;
  const nowMs = core.clock.nowMs();
  const waits = combinations
    .filter(({ key }) => heldAt(network, made.get(key)) === undefined)
    .map(({ key }) => {
      const begunMs = readyAtMs.get(key) ?? 0;
      const readyMs = begunMs > nowMs ? begunMs : nowMs + durations.firstUseMs;
      readyAtMs.set(key, readyMs);
      return readyMs - nowMs;
    });
  return Math.max(durations.sharedMs, ...waits);
}

function make(
  { core, network, quotas }: InterfaceSources,
  { made, readyAtMs }: Book,
  { VpcConfig, Role: roleArn, FunctionName: functionName }: Configuration,
): AttachFailure | undefined {
  const combinations = combinationsOf(VpcConfig);
  const lacking = combinations.filter(({ key }) => !heldAt(network, made.get(key)));
  if (lacking.length > 0) {
    const role = findAttachingRole(core, roleArn);
    if ('code' in role) return role;
    const failure = networkFailure(network, quotas, lacking);
    if (failure !== undefined) return failure;
    const from = {
      interfaceType: 'lambda',
      requesterId: `${role.id}:${core.accountId}`,
      createdMs: core.clock.nowMs(),
    } as const;
    for (const { key, subnetId, groupIds } of lacking) {
      const description = `AWS Lambda VPC ENI-${functionName}-${randomUUID()}`;
      const request = { ...from, subnetId, groupIds, description };
      const { networkInterfaceId: id } = addInterface(network, request);
      made.set(key, { id, roleArn });
      readyAtMs.delete(key);
    }
  }
  for (const { key } of combinations) setStatus(network, made.get(key), 'in-use');
  return undefined;
}

function removeUnused({ core, network, inUse }: InterfaceSources, { made }: Book): void {
  for (const [key, one] of unusedOf(made, inUse())) {
    const held = heldAt(network, one);
    if (held === undefined || mayDelete(core, one)) {
      made.delete(key);
      removeInterface(network, one.id);
    } else {
      setStatus(network, one, 'available');
    }
  }
}

function unusedOf(
  made: ReadonlyMap<string, Made>,
  inUse: Iterable<Attachment>,
): ReadonlyMap<string, Made> {
  const unused = new Map(made);
  for (const attachment of inUse) {
    for (const key of keysOf(attachment)) unused.delete(key);
    if (unused.size === 0) break;
  }
  return unused;
}

/** AWS: Lambda deletes with the role that it made the interface with; without it the interface stays. */
function mayDelete(core: AccountCore, { id, roleArn }: Made): boolean {
  const role = findRole(core, roleArn);
  if (role === undefined) return false;
  const resource = ec2Arn(core, 'network-interface', id);
  return roleAllows(core, role, { action: 'ec2:DeleteNetworkInterface', resource });
}

function setStatus(
  { networkInterfaces }: RoutedNetwork,
  made: Made | undefined,
  status: NetworkInterface['status'],
): void {
  const held = networkInterfaces.get(made?.id ?? '');
  if (held === undefined || held.status === status) return;
  networkInterfaces.set(held.networkInterfaceId, { ...held, status });
}

function heldAt(
  { networkInterfaces }: RoutedNetwork,
  made: Made | undefined,
): NetworkInterface | undefined {
  return made && networkInterfaces.get(made.id);
}

function combinationsOf(attachment: Attachment | undefined): readonly Combination[] {
  if (attachment === undefined) return [];
  const groupIds = [...attachment.SecurityGroupIds].sort();
  const keys = keysOf(attachment);
  return attachment.SubnetIds.map((subnetId, at) => ({ key: keys[at] ?? '', subnetId, groupIds }));
}

function keysOf({ SubnetIds, SecurityGroupIds }: Attachment): readonly string[] {
  const groups = [...SecurityGroupIds].sort().join(',');
  return SubnetIds.map((subnetId) => `${subnetId}/${groups}`);
}
