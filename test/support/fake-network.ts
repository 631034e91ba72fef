import {
  indexNetwork,
  type ListedNetwork,
  type NetworkFacts,
} from '../../functions/core/network.ts';

const VPCS = ['vpc-1', 'vpc-8', 'vpc-9'];

/** The network that the attachments of the builders are in: private subnets with no way out. */
export const LISTED_NETWORK: ListedNetwork = {
  vpcs: VPCS.map((vpcId) => ({ vpcId, isDedicated: false })),
  subnets: [
    subnetOf('subnet-1', 'vpc-1', 'a'),
    subnetOf('subnet-2', 'vpc-1', 'b'),
    subnetOf('subnet-3', 'vpc-1', 'a'),
    subnetOf('subnet-8', 'vpc-8', 'a'),
    subnetOf('subnet-9', 'vpc-9', 'a'),
  ],
  securityGroups: ['sg-1', 'sg-8', 'sg-9'].map((groupId) => ({
    groupId,
    groupName: 'functions',
    vpcId: groupId.replace('sg', 'vpc'),
  })),
  routeTables: VPCS.map((vpcId) => ({
    routeTableId: vpcId.replace('vpc', 'rtb'),
    vpcId,
    isMain: true,
    subnetIds: [],
    routes: [
      { destination: '10.0.0.0/16', kind: 'local', targetId: 'local', isBlackhole: false } as const,
    ],
  })),
  natGateways: [],
  attachedInternetGatewayIds: [],
  endpoints: [],
};

/** {@link LISTED_NETWORK} without what no longer exists. */
export function networkWithout(missing: ReadonlySet<string> = new Set()): NetworkFacts {
  return indexNetwork({
    ...LISTED_NETWORK,
    subnets: LISTED_NETWORK.subnets.filter(({ subnetId }) => !missing.has(subnetId)),
    securityGroups: LISTED_NETWORK.securityGroups.filter(({ groupId }) => !missing.has(groupId)),
  });
}

function subnetOf(subnetId: string, vpcId: string, zone: string) {
  return {
    subnetId,
    vpcId,
    ownerId: '123456789012',
    zone: `us-east-1${zone}`,
    freeAddresses: 200,
    isDualStack: false,
  };
}
