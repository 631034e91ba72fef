import { only } from '../property-value.ts';
import type { ResourceType } from '../resource-type.ts';
import { applyEc2Tags, TAGS, tagsOfNew } from './ec2-tags.ts';

const ENDS = ['PeerOwnerId', 'PeerRegion', 'PeerVpcId', 'VpcId'];

/** AWS::EC2::VPCPeeringConnection, which is accepted at once. */
export const ec2VpcPeeringConnection: ResourceType = {
  name: 'AWS::EC2::VPCPeeringConnection',
  properties: { PeerOwnerId: true, PeerRegion: true, PeerVpcId: true, Tags: TAGS, VpcId: true },
  required: ['PeerVpcId', 'VpcId'],
  attributes: ['Id'],
  replacedBy: ENDS,
  create: async (work, properties) => {
    const { VpcPeeringConnection } = await work.call<{ VpcPeeringConnection: PeeringAnswer }>(
      'ec2',
      'CreateVpcPeeringConnection',
      { ...only(properties, ENDS), ...tagsOfNew('vpc-peering-connection', properties) },
    );
    const { VpcPeeringConnectionId: Id, Status } = VpcPeeringConnection;
    const made = { physicalId: Id, attributes: { Id } };
    work.exists(made);
    if (Status.Code === 'failed') {
      throw new Error(`VPC peering connection ${Id} failed: ${Status.Message}`);
    }
    await work.call('ec2', 'AcceptVpcPeeringConnection', { VpcPeeringConnectionId: Id });
    return made;
  },
  update: async (work, properties, { physicalId, attributes, properties: before }) => {
    await applyEc2Tags(work, physicalId, { now: properties, before });
    return { physicalId, attributes };
  },
  remove: async (work, { physicalId: VpcPeeringConnectionId }) => {
    await work.call('ec2', 'DeleteVpcPeeringConnection', { VpcPeeringConnectionId });
  },
};

interface PeeringAnswer {
  readonly VpcPeeringConnectionId: string;
  readonly Status: { readonly Code: string; readonly Message: string };
}
