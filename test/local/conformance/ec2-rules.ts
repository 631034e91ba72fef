import { APPROVED, type Ec2Scene, FORBIDDEN, FUNCTIONS, given, tagged } from './ec2-scene.ts';

const WEB = { IpProtocol: 'tcp', FromPort: 8443, ToPort: 8443 };
const Description = 'of mine';

/** Rules of security groups for each kind of peer, in both directions. */
export async function playRules(scene: Ec2Scene): Promise<void> {
  const { ec2 } = scene;
  const elsewhere = await peeredGroup(scene);
  const IpPermissions = [
    {
      ...WEB,
      IpRanges: [{ CidrIp: '10.0.0.0/8', Description }],
      Ipv6Ranges: [{ CidrIpv6: '2001:db8::/32', Description }],
      PrefixListIds: [{ PrefixListId: 'pl-63a5400a', Description }],
      UserIdGroupPairs: [{ GroupId: elsewhere, Description }],
    },
  ];
  const change = { GroupId: FUNCTIONS, IpPermissions };
  const TagSpecifications = tagged('security-group-rule');
  await ec2.authorizeSecurityGroupIngress({ ...change, TagSpecifications });
  await ec2.authorizeSecurityGroupEgress({ ...change, TagSpecifications });
  await ec2.updateSecurityGroupRuleDescriptionsIngress(change);
  await ec2.updateSecurityGroupRuleDescriptionsEgress(change);
  await ec2.describeSecurityGroups();
  await ec2.describeSecurityGroupRules();
  await ec2.revokeSecurityGroupIngress(change);
  await ec2.revokeSecurityGroupEgress(change);
}

/** A group of another VPC, to which there is a peering connection. */
async function peeredGroup({ ec2 }: Ec2Scene): Promise<string> {
  const { VpcPeeringConnection } = await ec2.createVpcPeeringConnection({
    VpcId: APPROVED,
    PeerVpcId: FORBIDDEN,
  });
  const { VpcPeeringConnectionId } = given(VpcPeeringConnection);
  await ec2.acceptVpcPeeringConnection({ VpcPeeringConnectionId });
  const input = { GroupName: 'elsewhere', Description, VpcId: FORBIDDEN };
  return given((await ec2.createSecurityGroup(input)).GroupId);
}
