import { only } from '../property-value.ts';
import type { ResourceType } from '../resource-type.ts';
import { onceFree } from './once-free.ts';

const ENDS = ['InternetGatewayId', 'VpcId'];

/** AWS::EC2::VPCGatewayAttachment, of an internet gateway. */
export const ec2VpcGatewayAttachment: ResourceType = {
  name: 'AWS::EC2::VPCGatewayAttachment',
  properties: { InternetGatewayId: true, VpcId: true },
  required: ENDS,
  attributes: ['AttachmentType'],
  replacedBy: ['VpcId'],
  create: async (work, properties) => {
    await work.call('ec2', 'AttachInternetGateway', only(properties, ENDS));
    const attributes = { AttachmentType: 'IGW' };
    return { physicalId: `IGW|${String(properties['VpcId'])}`, attributes };
  },
  update: async (work, properties, { physicalId, attributes, properties: before }) => {
    // AWS: a VPC has one internet gateway at a time.
    await work.call('ec2', 'DetachInternetGateway', only(before, ENDS));
    await work.call('ec2', 'AttachInternetGateway', only(properties, ENDS));
    return { physicalId, attributes };
  },
  remove: (work, { properties }) =>
    onceFree(work, () => work.call('ec2', 'DetachInternetGateway', only(properties, ENDS))),
};
