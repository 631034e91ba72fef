import type { Attachment } from './attachment.ts';
import type { InterfaceFacts } from './facts.ts';
import { functionNameOf } from './function-name.ts';

/** Counts the network interfaces that functions and versions need, as they are listed. */
export interface InterfaceMap {
  /** The ARN without a qualifier; attachments that name no VPC are not counted. */
  readonly add: (functionArn: string, attachment: Attachment) => void;
  readonly factsOf: (vpcId: string, quota: number) => InterfaceFacts;
}

/** Who shares one network interface. */
interface Sharers {
  holders: number;
  readonly names: Set<string>;
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
  return {
    add: (functionArn, { vpcId, subnetIds, securityGroupIds }) => {
      if (vpcId === undefined) return;
      const subnets = getOrAdd(vpcs, vpcId, () => new Map<string, SubnetSharers>());
      for (const subnetId of subnetIds) {
        const sets = getOrAdd(subnets, subnetId, () => new Map<string, Sharers>());
        const sharers = getOrAdd(sets, securityGroupIds.join(','), newSharers);
        sharers.holders += 1;
        if (sharers.names.size < MOST_NAMED) sharers.names.add(functionNameOf(functionArn));
      }
    },
    factsOf: (vpcId, quota) => {
      const subnets = [...(vpcs.get(vpcId)?.values() ?? [])];
      return {
        combinations: subnets.reduce((sum, sets) => sum + sets.size, 0),
        quota,
        couldShare: findSharing(subnets),
      };
    },
  };
}

/** Whoever has another set than most in a subnet; the fewest of a kind first, they are the least work. */
function findSharing(subnets: readonly SubnetSharers[]): readonly string[] {
  const rarer = subnets.flatMap((sets) => mostHeldFirst(sets).slice(1));
  const names = rarer
    .toSorted((left, right) => left.holders - right.holders)
    .flatMap((sharers) => [...sharers.names]);
  return [...new Set(names)].slice(0, MOST_NAMED);
}

function mostHeldFirst(sets: SubnetSharers): readonly Sharers[] {
  return [...sets.values()].toSorted((left, right) => right.holders - left.holders);
}

function newSharers(): Sharers {
  return { holders: 0, names: new Set() };
}

function getOrAdd<Value>(map: Map<string, Value>, key: string, create: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const created = create();
  map.set(key, created);
  return created;
}
