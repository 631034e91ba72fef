import type {
  ReportedFunction,
  ReportedNetwork,
  ReportedSubnet,
  ScanDetails,
  SubnetEgress,
} from '../cli/report/report.ts';
import { countStandings, groupBy, type StandingCounts } from './model.ts';
import { EGRESS_WORDS } from './words.ts';

/** Some functions that stand together, and how. */
export interface Party {
  readonly functions: readonly ReportedFunction[];
  readonly counts: StandingCounts;
}

/** One VPC as it is drawn. */
export interface PictureVpc extends Party {
  readonly vpcId: string;
  /** Absent where the network was not seen. */
  readonly network?: ReportedNetwork;
  readonly zones: readonly string[];
  readonly tiers: readonly PictureTier[];
  readonly interfaces: number;
}

/** The subnets of a VPC that leave it in the same way. */
export interface PictureTier {
  readonly egress: SubnetEgress;
  /** In order of zone and id. */
  readonly subnets: readonly PictureSubnet[];
}

/** One subnet as it is drawn. */
export interface PictureSubnet extends Party {
  readonly subnetId: string;
  /** Absent where the subnet was not seen. */
  readonly seen?: ReportedSubnet;
  readonly natGateways: ReportedNetwork['natGateways'];
  /** Those with violations first, then the most used. */
  readonly interfaces: readonly PictureInterface[];
}

/** One network interface: functions with the same groups in a subnet share it. */
export interface PictureInterface extends Party {
  readonly securityGroupIds: readonly string[];
}

/** What is drawn: VPCs, and who is in none. */
export interface Picture {
  /** The most violations first. */
  readonly vpcs: readonly PictureVpc[];
  readonly detached: Party;
}

const EGRESSES = Object.keys(EGRESS_WORDS) as readonly SubnetEgress[];
const NOT_NAMED = 'a VPC that was not named';

/** Arranges functions by where they are attached. */
export function toPicture({ functions, networks }: ScanDetails): Picture {
  const seen = new Map(networks.map((network) => [network.vpcId, network]));
  const attached = functions.filter(({ attachment }) => (attachment?.subnetIds.length ?? 0) > 0);
  const byVpc = groupBy(attached, ({ attachment }) => attachment?.vpcId ?? NOT_NAMED);
  const vpcIds = new Set([...byVpc.keys(), ...seen.keys()]);
  const isAttached = new Set(attached);
  return {
    vpcs: [...vpcIds]
      .map((vpcId) => toVpc(vpcId, byVpc.get(vpcId) ?? [], seen.get(vpcId)))
      .toSorted(byTrouble),
    detached: toParty(functions.filter((one) => !isAttached.has(one))),
  };
}

function toVpc(
  vpcId: string,
  functions: readonly ReportedFunction[],
  network: ReportedNetwork | undefined,
): PictureVpc {
  const residents = residentsOf(functions);
  const seen = new Map(network?.subnets.map((subnet) => [subnet.subnetId, subnet]));
  const subnets = [...new Set([...seen.keys(), ...residents.keys()])].map((subnetId) =>
    toSubnet(subnetId, residents.get(subnetId) ?? [], seen.get(subnetId), network),
  );
  return {
    vpcId,
    ...(network === undefined ? {} : { network }),
    ...toParty(functions),
    zones: [...new Set(subnets.map(zoneOf))].toSorted(),
    tiers: EGRESSES.flatMap((egress) => {
      const own = subnets.filter((subnet) => (subnet.seen?.egress ?? 'unknown') === egress);
      return own.length === 0 ? [] : [{ egress, subnets: own.toSorted(byZone) }];
    }),
    interfaces: subnets.reduce((sum, subnet) => sum + subnet.interfaces.length, 0),
  };
}

function residentsOf(functions: readonly ReportedFunction[]) {
  const residents = new Map<string, ReportedFunction[]>();
  for (const one of functions) {
    for (const subnetId of one.attachment?.subnetIds ?? []) {
      const known = residents.get(subnetId);
      if (known === undefined) residents.set(subnetId, [one]);
      else known.push(one);
    }
  }
  return residents;
}

function toSubnet(
  subnetId: string,
  functions: readonly ReportedFunction[],
  seen: ReportedSubnet | undefined,
  network: ReportedNetwork | undefined,
): PictureSubnet {
  const sets = groupBy(functions, ({ attachment }) => attachment?.securityGroupIds.join(' ') ?? '');
  const interfaces = [...sets].map(([key, own]) => ({
    securityGroupIds: key.split(' ').filter(Boolean),
    ...toParty(own),
  }));
  return {
    subnetId,
    ...(seen === undefined ? {} : { seen }),
    natGateways: network?.natGateways.filter((nat) => nat.subnetId === subnetId) ?? [],
    ...toParty(functions),
    interfaces: interfaces.toSorted(byTrouble),
  };
}

function toParty(functions: readonly ReportedFunction[]): Party {
  return { functions, counts: countStandings(functions) };
}

function byTrouble(left: Party, right: Party): number {
  return (
    right.counts.violation - left.counts.violation || right.functions.length - left.functions.length
  );
}

/** Where a subnet is drawn; empty where nobody knows. */
export function zoneOf({ seen }: PictureSubnet): string {
  return seen?.zone ?? '';
}

function byZone(left: PictureSubnet, right: PictureSubnet): number {
  return `${zoneOf(left)} ${left.subnetId}` < `${zoneOf(right)} ${right.subnetId}` ? -1 : 1;
}
