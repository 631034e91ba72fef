import { only } from '../property-value.ts';
import type { ResourceType } from '../resource-type.ts';
import { onceFree } from './once-free.ts';

const PROPERTIES = ['AmazonProvidedIpv6CidrBlock', 'VpcId'];

/** AWS::EC2::VPCCidrBlock, for the IPv6 block that Amazon provides. */
export const ec2VpcCidrBlock: ResourceType = {
  name: 'AWS::EC2::VPCCidrBlock',
  properties: { AmazonProvidedIpv6CidrBlock: true, VpcId: true },
  required: ['VpcId'],
  attributes: ['Id', 'Ipv6CidrBlock'],
  replacedBy: PROPERTIES,
  create: async (work, properties) => {
    const { Ipv6CidrBlockAssociation: made } = await work.call<{
      Ipv6CidrBlockAssociation: { AssociationId: string; Ipv6CidrBlock: string };
    }>('ec2', 'AssociateVpcCidrBlock', only(properties, PROPERTIES));
    const { AssociationId: Id, Ipv6CidrBlock } = made;
    return { physicalId: Id, attributes: { Id, Ipv6CidrBlock } };
  },
  update: async (_work, _properties, { physicalId, attributes }) => ({ physicalId, attributes }),
  remove: (work, { physicalId: AssociationId }) =>
    onceFree(work, () => work.call('ec2', 'DisassociateVpcCidrBlock', { AssociationId })),
};
