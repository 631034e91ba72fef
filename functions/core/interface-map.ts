import type { Attachment } from './attachment.ts';
import type { InterfaceFacts } from './facts.ts';
import { functionNameOf } from './function-name.ts';

/** Counts the network interfaces that functions and versions need, as they are listed. */
export interface InterfaceMap {
  /**
   * The ARN without a qualifier; attachments that name no VPC are not counted.
   *
   * A function's versions come right after it, or it is counted among the functions more than once.
   */
  readonly add: (functionArn: string, attachment: Attachment) => void;
  readonly factsOf: (vpcId: string, quota: number) => InterfaceFacts;
  /** In order. */
  readonly vpcIds: () => readonly string[];
  /** The subnets of a VPC that functions use, in order. */
  readonly subnetsOf: (vpcId: string) => readonly MappedSubnet[];
}

/** One subnet, and the interfaces in it. */
export interface MappedSubnet {
  readonly subnetId: string;
  /** One network interface each, the most used first. */
  readonly sets: readonly SharedSet[];
}

/** A set of security groups in one subnet: whoever has it shares one network interface. */
export interface SharedSet {
  /** Sorted: sets that differ only by order are one. */
  readonly securityGroupIds: readonly string[];
  readonly functions: number;
  /** The first of them in order. */
  readonly names: readonly string[];
}

/** Who shares one network interface. */
interface Sharers {
  readonly securityGroupIds: readonly string[];
  /** Functions and versions. */
  holders: number;
  functions: number;
  /** The ARN of the function that was added last. */
  last: string;
  names: readonly string[];
}

/** By set of security groups. */
type SubnetSharers = Map<string, Sharers>;

const MOST_NAMED = 10;

/**
 * Makes an empty map.
 *
 * It grows with the network interfaces, which AWS bounds, not with the functions.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
export function createInterfaceMap(): InterfaceMap {
  const vpcs = new Map<string, Map<string, SubnetSharers>>();
  const subnetsOf = (vpcId: string) => inOrder(vpcs.get(vpcId) ?? new Map());
  return {
    add: (functionArn, { vpcId, subnetIds, securityGroupIds }) => {
      if (vpcId === undefined) return;
      const subnets = getOrAdd(vpcs, vpcId, () => new Map<string, SubnetSharers>());
      for (const subnetId of subnetIds) {
        const sets = getOrAdd(subnets, subnetId, () => new Map<string, Sharers>());
        const key = securityGroupIds.join(',');
        addHolder(
          getOrAdd(sets, key, () => newSharers(securityGroupIds)),
          functionArn,
        );
      }
    },
    factsOf: (vpcId, quota) => {
      const subnets = subnetsOf(vpcId).map(([, sets]) => mostHeldFirst(sets));
      return {
        combinations: subnets.reduce((sum, sets) => sum + sets.length, 0),
        quota,
        couldShare: findSharing(subnets),
      };
    },
    vpcIds: () => inOrder(vpcs).map(([vpcId]) => vpcId),
    subnetsOf: (vpcId) =>
      subnetsOf(vpcId).map(([subnetId, sets]) => ({
        subnetId,
        sets: mostHeldFirst(sets).map(({ securityGroupIds, functions, names }) => ({
          securityGroupIds,
          functions,
          names,
        })),
      })),
  };
}

/** Whoever has another set than most in a subnet; the fewest of a kind first, they are the least work, and then by name. */
function findSharing(subnets: readonly (readonly Sharers[])[]): readonly string[] {
  const rarer = subnets.flatMap((sets) => sets.slice(1));
  const named = rarer.flatMap(({ holders, names }) => names.map((name) => ({ holders, name })));
  const inTurn = named.toSorted((left, right) => {
    return left.holders - right.holders || (left.name < right.name ? -1 : 1);
  });
  return [...new Set(inTurn.map(({ name }) => name))].slice(0, MOST_NAMED);
}

/** Of equals in the order of their groups: the order of a list tells nothing. */
function mostHeldFirst(sets: SubnetSharers): readonly Sharers[] {
  return inOrder(sets)
    .map(([, sharers]) => sharers)
    .toSorted((left, right) => right.holders - left.holders);
}

function newSharers(securityGroupIds: readonly string[]): Sharers {
  return { securityGroupIds, holders: 0, functions: 0, last: '', names: [] };
}

function addHolder(sharers: Sharers, functionArn: string): void {
  sharers.holders += 1;
  if (functionArn === sharers.last) return;
  sharers.functions += 1;
  sharers.last = functionArn;
  const names = new Set([...sharers.names, functionNameOf(functionArn)]);
  sharers.names = [...names].toSorted().slice(0, MOST_NAMED);
}

function inOrder<Value>(map: ReadonlyMap<string, Value>): readonly (readonly [string, Value])[] {
  return [...map].toSorted(([left], [right]) => (left < right ? -1 : 1));
}

function getOrAdd<Value>(map: Map<string, Value>, key: string, create: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const created = create();
  map.set(key, created);
  return created;
}
