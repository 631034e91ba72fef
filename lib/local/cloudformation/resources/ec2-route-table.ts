import { only } from '../property-value.ts';
import type { ResourceType } from '../resource-type.ts';
import { applyEc2Tags, TAGS, tagsOfNew } from './ec2-tags.ts';
import { onceFree } from './once-free.ts';

/** AWS::EC2::RouteTable. */
export const ec2RouteTable: ResourceType = {
  name: 'AWS::EC2::RouteTable',
  properties: { Tags: TAGS, VpcId: true },
  required: ['VpcId'],
  attributes: ['RouteTableId'],
  replacedBy: ['VpcId'],
  create: async (work, properties) => {
    const { RouteTable } = await work.call<{ RouteTable: { RouteTableId: string } }>(
      'ec2',
      'CreateRouteTable',
      { ...only(properties, ['VpcId']), ...tagsOfNew('route-table', properties) },
    );
    const { RouteTableId } = RouteTable;
    return { physicalId: RouteTableId, attributes: { RouteTableId } };
  },
  update: async (work, properties, { physicalId, attributes, properties: before }) => {
    await applyEc2Tags(work, physicalId, { now: properties, before });
    return { physicalId, attributes };
  },
  remove: (work, { physicalId: RouteTableId }) =>
    onceFree(work, () => work.call('ec2', 'DeleteRouteTable', { RouteTableId })),
};
