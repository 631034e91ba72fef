import { only } from '../property-value.ts';
import type { ResourceType } from '../resource-type.ts';

/** AWS::EC2::SubnetRouteTableAssociation. */
export const ec2SubnetRouteTableAssociation: ResourceType = {
  name: 'AWS::EC2::SubnetRouteTableAssociation',
  properties: { RouteTableId: true, SubnetId: true },
  required: ['RouteTableId', 'SubnetId'],
  attributes: ['Id'],
  replacedBy: ['SubnetId'],
  create: async (work, properties) => {
    const { AssociationId: Id } = await work.call<{ AssociationId: string }>(
      'ec2',
      'AssociateRouteTable',
      only(properties, ['RouteTableId', 'SubnetId']),
    );
    return { physicalId: Id, attributes: { Id } };
  },
  update: async (work, properties, { physicalId: AssociationId }) => {
    const { NewAssociationId: Id } = await work.call<{ NewAssociationId: string }>(
      'ec2',
      'ReplaceRouteTableAssociation',
      { AssociationId, ...only(properties, ['RouteTableId']) },
    );
    return { physicalId: Id, attributes: { Id } };
  },
  remove: async (work, { physicalId: AssociationId }) => {
    await work.call('ec2', 'DisassociateRouteTable', { AssociationId });
  },
};
