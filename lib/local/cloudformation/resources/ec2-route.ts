import type { JsonObject } from '../json-value.ts';
import { only, textAt } from '../property-value.ts';
import type { ResourceType } from '../resource-type.ts';

const DESTINATIONS = [
  'DestinationCidrBlock',
  'DestinationIpv6CidrBlock',
  'DestinationPrefixListId',
];

const PLACE = ['RouteTableId', ...DESTINATIONS];

const TARGETS = [
  'EgressOnlyInternetGatewayId',
  'GatewayId',
  'NatGatewayId',
  'TransitGatewayId',
  'VpcPeeringConnectionId',
];

/** AWS::EC2::Route. */
export const ec2Route: ResourceType = {
  name: 'AWS::EC2::Route',
  properties: Object.fromEntries([...PLACE, ...TARGETS].map((name) => [name, true])),
  required: ['RouteTableId'],
  attributes: ['CidrBlock'],
  replacedBy: PLACE,
  create: async (work, properties) => {
    await work.call('ec2', 'CreateRoute', only(properties, [...PLACE, ...TARGETS]));
    const CidrBlock = destinationOf(properties);
    const physicalId = `${String(properties['RouteTableId'])}|${CidrBlock}`;
    return { physicalId, attributes: { CidrBlock } };
  },
  update: async (work, properties, { physicalId, attributes }) => {
    await work.call('ec2', 'ReplaceRoute', only(properties, [...PLACE, ...TARGETS]));
    return { physicalId, attributes };
  },
  remove: async (work, { properties }) => {
    await work.call('ec2', 'DeleteRoute', only(properties, PLACE));
  },
};

function destinationOf(properties: JsonObject): string {
  const [destination = ''] = DESTINATIONS.flatMap((name) => textAt(properties, name) ?? []);
  return destination;
}
