import type { ResourceType } from '../resource-type.ts';
import { applyEc2Tags, TAGS, tagsOfNew } from './ec2-tags.ts';
import { onceFree } from './once-free.ts';

/** AWS::EC2::InternetGateway. */
export const ec2InternetGateway: ResourceType = {
  name: 'AWS::EC2::InternetGateway',
  properties: { Tags: TAGS },
  required: [],
  attributes: ['InternetGatewayId'],
  replacedBy: [],
  create: async (work, properties) => {
    const { InternetGateway } = await work.call<{ InternetGateway: { InternetGatewayId: string } }>(
      'ec2',
      'CreateInternetGateway',
      tagsOfNew('internet-gateway', properties),
    );
    const { InternetGatewayId } = InternetGateway;
    return { physicalId: InternetGatewayId, attributes: { InternetGatewayId } };
  },
  update: async (work, properties, { physicalId, attributes, properties: before }) => {
    await applyEc2Tags(work, physicalId, { now: properties, before });
    return { physicalId, attributes };
  },
  remove: (work, { physicalId: InternetGatewayId }) =>
    onceFree(work, () => work.call('ec2', 'DeleteInternetGateway', { InternetGatewayId })),
};
