import type { Fact } from './facts.ts';
import type { InterfaceMap, MappedSubnet } from './interface-map.ts';
import type { NetworkFacts } from './network.ts';

/** The network interfaces of one VPC: how many its functions need, who shares them, and what room is left. */
export interface InterfaceReport {
  readonly vpcId: string;
  /** Distinct pairs of subnet and set of security groups: each is one network interface. */
  readonly interfaces: number;
  /** How many it may have; absent where nobody asked, or where it is not known. */
  readonly quota?: number;
  readonly unknownQuota?: string;
  /** Functions that would share an interface if their sets of groups were the same. */
  readonly couldShare: readonly string[];
  /** Those that functions use, in order. */
  readonly subnets: readonly SubnetReport[];
}

/** One subnet, who shares its interfaces, and how many addresses are free. */
export interface SubnetReport extends MappedSubnet {
  /** Absent where the network does not have the subnet, as `freeAddresses`. */
  readonly zone?: string;
  readonly freeAddresses?: number;
}

/** Reports the network interfaces of an account, VPC by VPC in order. */
export function reportInterfaces(
  map: InterfaceMap,
  network: NetworkFacts | undefined,
  quota: Fact<number> | undefined,
): readonly InterfaceReport[] {
  return map.vpcIds().map((vpcId) => {
    const { combinations, couldShare } = map.factsOf(vpcId, 0);
    return {
      vpcId,
      interfaces: combinations,
      ...describeQuota(quota),
      couldShare,
      subnets: map.subnetsOf(vpcId).map((mapped) => describeSubnet(mapped, network)),
    };
  });
}

function describeQuota(
  quota: Fact<number> | undefined,
): Pick<InterfaceReport, 'quota' | 'unknownQuota'> {
  if (quota === undefined) return {};
  return 'unknown' in quota ? { unknownQuota: quota.unknown } : { quota: quota.value };
}

function describeSubnet(mapped: MappedSubnet, network: NetworkFacts | undefined): SubnetReport {
  const { subnetId, sets } = mapped;
  const subnet = network?.subnets.get(subnetId);
  if (subnet === undefined) return mapped;
  const { zone, freeAddresses } = subnet;
  return { subnetId, zone, freeAddresses, sets };
}
