import { only } from '../property-value.ts';
import type { ResourceType } from '../resource-type.ts';

const PROPERTIES = ['Ipv6CidrBlock', 'SubnetId'];

/** AWS::EC2::SubnetCidrBlock. */
export const ec2SubnetCidrBlock: ResourceType = {
  name: 'AWS::EC2::SubnetCidrBlock',
  properties: { Ipv6CidrBlock: true, SubnetId: true },
  required: ['SubnetId'],
  attributes: ['Id'],
  replacedBy: PROPERTIES,
  create: async (work, properties) => {
    const { Ipv6CidrBlockAssociation } = await work.call<{
      Ipv6CidrBlockAssociation: { AssociationId: string };
    }>('ec2', 'AssociateSubnetCidrBlock', only(properties, PROPERTIES));
    const { AssociationId: Id } = Ipv6CidrBlockAssociation;
    return { physicalId: Id, attributes: { Id } };
  },
  update: async (_work, _properties, { physicalId, attributes }) => ({ physicalId, attributes }),
  remove: async (work, { physicalId: AssociationId }) => {
    await work.call('ec2', 'DisassociateSubnetCidrBlock', { AssociationId });
  },
};
