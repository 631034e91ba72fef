import { only } from '../property-value.ts';
import type { ResourceType } from '../resource-type.ts';
import { applyEc2Tags, TAGS, tagsOfNew } from './ec2-tags.ts';

/** AWS::EC2::EgressOnlyInternetGateway. */
export const ec2EgressOnlyInternetGateway: ResourceType = {
  name: 'AWS::EC2::EgressOnlyInternetGateway',
  properties: { Tags: TAGS, VpcId: true },
  required: ['VpcId'],
  attributes: ['Id'],
  replacedBy: ['VpcId'],
  create: async (work, properties) => {
    const { EgressOnlyInternetGateway } = await work.call<{
      EgressOnlyInternetGateway: { EgressOnlyInternetGatewayId: string };
    }>('ec2', 'CreateEgressOnlyInternetGateway', {
      ...only(properties, ['VpcId']),
      ...tagsOfNew('egress-only-internet-gateway', properties),
    });
    const { EgressOnlyInternetGatewayId: Id } = EgressOnlyInternetGateway;
    return { physicalId: Id, attributes: { Id } };
  },
  update: async (work, properties, { physicalId, attributes, properties: before }) => {
    await applyEc2Tags(work, physicalId, { now: properties, before });
    return { physicalId, attributes };
  },
  remove: async (work, { physicalId: EgressOnlyInternetGatewayId }) => {
    await work.call('ec2', 'DeleteEgressOnlyInternetGateway', { EgressOnlyInternetGatewayId });
  },
};
