import type { JsonObject } from '../json-value.ts';
import { only, textAt } from '../property-value.ts';
import type { ResourceType, ResourceWork } from '../resource-type.ts';
import { applyEc2Tags, TAGS, tagsOfNew } from './ec2-tags.ts';
import { onceFree } from './once-free.ts';

/** What each attribute is where a template does not name it. */
const DNS_DEFAULTS: Readonly<Record<string, string>> = {
  EnableDnsHostnames: 'false',
  EnableDnsSupport: 'true',
};

/** AWS::EC2::VPC. */
export const ec2Vpc: ResourceType = {
  name: 'AWS::EC2::VPC',
  properties: {
    CidrBlock: true,
    EnableDnsHostnames: true,
    EnableDnsSupport: true,
    InstanceTenancy: true,
    Tags: TAGS,
  },
  required: [],
  attributes: [
    'CidrBlock',
    'CidrBlockAssociations',
    'DefaultSecurityGroup',
    'Ipv6CidrBlocks',
    'VpcId',
  ],
  // AWS: a dedicated VPC can be given default tenancy in place; the local account makes a new one.
  replacedBy: ['CidrBlock', 'InstanceTenancy'],
  create: async (work, properties) => {
    const { Vpc } = await work.call<{ Vpc: { VpcId: string } }>('ec2', 'CreateVpc', {
      ...only(properties, ['CidrBlock', 'InstanceTenancy']),
      ...tagsOfNew('vpc', properties),
    });
    const { VpcId: physicalId } = Vpc;
    work.exists({ physicalId, attributes: {} });
    await applyDns(work, physicalId, { now: properties, before: {} });
    return { physicalId, attributes: await readAttributes(work, physicalId) };
  },
  update: async (work, properties, { physicalId, attributes, properties: before }) => {
    await applyDns(work, physicalId, { now: properties, before });
    await applyEc2Tags(work, physicalId, { now: properties, before });
    return { physicalId, attributes };
  },
  remove: (work, { physicalId: VpcId }) =>
    onceFree(work, () => work.call('ec2', 'DeleteVpc', { VpcId })),
  changing: {
    names: ['Ipv6CidrBlocks'],
    read: (work, { physicalId }) => readAttributes(work, physicalId),
  },
};

async function applyDns(
  work: ResourceWork,
  VpcId: string,
  { now, before }: { readonly now: JsonObject; readonly before: JsonObject },
): Promise<void> {
  for (const [name, usual] of Object.entries(DNS_DEFAULTS)) {
    const wanted = textAt(now, name) ?? usual;
    if (wanted === (textAt(before, name) ?? usual)) continue;
    await work.call('ec2', 'ModifyVpcAttribute', { VpcId, [name]: { Value: wanted } });
  }
}

interface VpcAnswer {
  readonly CidrBlock: string;
  readonly CidrBlockAssociationSet: readonly { readonly AssociationId: string }[];
  readonly Ipv6CidrBlockAssociationSet: readonly { readonly Ipv6CidrBlock: string }[];
}

async function readAttributes(work: ResourceWork, VpcId: string) {
  const { Vpcs } = await work.call<{ Vpcs: readonly VpcAnswer[] }>('ec2', 'DescribeVpcs', {
    VpcIds: [VpcId],
  });
  const { SecurityGroups } = await work.call<{ SecurityGroups: readonly { GroupId: string }[] }>(
    'ec2',
    'DescribeSecurityGroups',
    {
      Filters: [
        { Name: 'vpc-id', Values: [VpcId] },
        { Name: 'group-name', Values: ['default'] },
      ],
    },
  );
  return {
    VpcId,
    CidrBlock: Vpcs[0]?.CidrBlock ?? '',
    CidrBlockAssociations:
      Vpcs[0]?.CidrBlockAssociationSet.map(({ AssociationId }) => AssociationId) ?? [],
    Ipv6CidrBlocks: Vpcs[0]?.Ipv6CidrBlockAssociationSet.map((held) => held.Ipv6CidrBlock) ?? [],
    DefaultSecurityGroup: SecurityGroups[0]?.GroupId ?? '',
  };
}
