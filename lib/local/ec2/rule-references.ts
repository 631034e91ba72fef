import type { UserIdGroupPair } from '@aws-sdk/client-ec2';
import type { RoutedNetwork } from './network.ts';
import type { SecurityGroupRule } from './security-group-rules.ts';

/** What AWS tells of a group that a rule refers to, where that is in a VPC at the other end of a peering connection. */
export function peeringOfReference(
  { securityGroups, peerings }: RoutedNetwork,
  { groupId, peer }: SecurityGroupRule,
): Pick<UserIdGroupPair, 'VpcId' | 'VpcPeeringConnectionId' | 'PeeringStatus'> {
  const [own, other] = [groupId, peer.value].map((id) => securityGroups.get(id)?.vpcId);
  if (own === undefined || other === undefined || own === other) return {};
  const peering = [...peerings.values()].findLast(({ requester, accepter }) =>
    [requester.vpcId, accepter.vpcId].every((vpcId) => vpcId === own || vpcId === other),
  );
  if (peering === undefined) return { VpcId: other };
  const { peeringId, state } = peering;
  return { VpcId: other, VpcPeeringConnectionId: peeringId, PeeringStatus: state };
}
