import type { JsonObject } from '../json-value.ts';
import { only, textAt } from '../property-value.ts';
import type { ResourceType, ResourceWork } from '../resource-type.ts';
import { applyEc2Tags, TAGS, tagsOfNew } from './ec2-tags.ts';
import { onceFree } from './once-free.ts';

const CREATED_WITH = [
  'AvailabilityZone',
  'AvailabilityZoneId',
  'CidrBlock',
  'Ipv6CidrBlock',
  'VpcId',
];

/** Attributes of a subnet, which are off where a template does not name them. */
const SWITCHES = ['AssignIpv6AddressOnCreation', 'EnableDns64', 'MapPublicIpOnLaunch'];

/** AWS::EC2::Subnet. */
export const ec2Subnet: ResourceType = {
  name: 'AWS::EC2::Subnet',
  properties: {
    AssignIpv6AddressOnCreation: true,
    AvailabilityZone: true,
    AvailabilityZoneId: true,
    CidrBlock: true,
    EnableDns64: true,
    Ipv6CidrBlock: true,
    MapPublicIpOnLaunch: true,
    Tags: TAGS,
    VpcId: true,
  },
  required: ['VpcId'],
  attributes: [
    'AvailabilityZone',
    'AvailabilityZoneId',
    'CidrBlock',
    'Ipv6CidrBlocks',
    'SubnetId',
    'VpcId',
  ],
  // AWS: an IPv6 block is given in place; the local account makes a new subnet.
  replacedBy: CREATED_WITH,
  create: async (work, properties) => {
    const { Subnet } = await work.call<{ Subnet: SubnetAnswer }>('ec2', 'CreateSubnet', {
      ...only(properties, CREATED_WITH),
      ...tagsOfNew('subnet', properties),
    });
    const made = { physicalId: Subnet.SubnetId, attributes: toAttributes(Subnet) };
    work.exists(made);
    await applySwitches(work, made.physicalId, { now: properties, before: {} });
    return made;
  },
  update: async (work, properties, { physicalId, attributes, properties: before }) => {
    await applySwitches(work, physicalId, { now: properties, before });
    await applyEc2Tags(work, physicalId, { now: properties, before });
    return { physicalId, attributes };
  },
  remove: (work, { physicalId: SubnetId }) =>
    onceFree(work, () => work.call('ec2', 'DeleteSubnet', { SubnetId })),
  changing: {
    names: ['Ipv6CidrBlocks'],
    read: async (work, { physicalId, attributes }) => {
      const { Subnets } = await work.call<{ Subnets: readonly SubnetAnswer[] }>(
        'ec2',
        'DescribeSubnets',
        { SubnetIds: [physicalId] },
      );
      return Subnets[0] === undefined ? attributes : toAttributes(Subnets[0]);
    },
  },
};

async function applySwitches(
  work: ResourceWork,
  SubnetId: string,
  { now, before }: { readonly now: JsonObject; readonly before: JsonObject },
): Promise<void> {
  for (const name of SWITCHES) {
    const wanted = textAt(now, name) ?? 'false';
    if (wanted === (textAt(before, name) ?? 'false')) continue;
    await work.call('ec2', 'ModifySubnetAttribute', { SubnetId, [name]: { Value: wanted } });
  }
}

interface SubnetAnswer {
  readonly SubnetId: string;
  readonly VpcId: string;
  readonly CidrBlock: string;
  readonly AvailabilityZone: string;
  readonly AvailabilityZoneId: string;
  readonly Ipv6CidrBlockAssociationSet: readonly { readonly Ipv6CidrBlock: string }[];
}

function toAttributes(subnet: SubnetAnswer) {
  const { SubnetId, VpcId, CidrBlock, AvailabilityZone, AvailabilityZoneId } = subnet;
  return {
    SubnetId,
    VpcId,
    CidrBlock,
    AvailabilityZone,
    AvailabilityZoneId,
    Ipv6CidrBlocks: subnet.Ipv6CidrBlockAssociationSet.map((held) => held.Ipv6CidrBlock),
  };
}
