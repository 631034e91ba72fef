import type { EC2 } from '@aws-sdk/client-ec2';
import { APPROVED, type Ec2Scene, FORBIDDEN, FUNCTIONS, given, PRIVATE_A } from './ec2-scene.ts';

/** The least page of most operations, and one more: there is a second page then. */
const PLENTY = 6;

/** Makes so much of everything that no list of it fits on one page. */
export async function makePlenty({ account, ec2 }: Ec2Scene): Promise<void> {
  const { TransitGateway } = await ec2.createTransitGateway({});
  const TransitGatewayId = given(TransitGateway?.TransitGatewayId);
  await account.advance(180_000);
  await makeDualStack(ec2);
  for (let index = 0; index < PLENTY; index += 1) {
    const { Vpc } = await ec2.createVpc({ CidrBlock: `10.${100 + index}.0.0/16` });
    const VpcId = given(Vpc?.VpcId);
    const CidrBlock = `10.${100 + index}.1.0/24`;
    const { Subnet } = await ec2.createSubnet({ VpcId, CidrBlock });
    const SubnetIds = [given(Subnet?.SubnetId)];
    await ec2.createTransitGatewayVpcAttachment({ TransitGatewayId, VpcId, SubnetIds });
    await ec2.createVpcPeeringConnection({ VpcId, PeerVpcId: APPROVED });
    await ec2.createInternetGateway({});
    await ec2.createEgressOnlyInternetGateway({ VpcId });
    await ec2.createTransitGateway({});
    await ec2.createNatGateway({ SubnetId: PRIVATE_A, ConnectivityType: 'private' });
    await ec2.createSecurityGroup({ VpcId: FORBIDDEN, GroupName: `g${index}`, Description: 'one' });
  }
}

/** A VPC and a subnet of both families, and a group with ports of its own. */
async function makeDualStack(ec2: EC2): Promise<void> {
  const { Vpc } = await ec2.createVpc({
    CidrBlock: '10.99.0.0/16',
    AmazonProvidedIpv6CidrBlock: true,
  });
  const { VpcId, Ipv6CidrBlockAssociationSet: [block] = [] } = given(Vpc);
  const Ipv6CidrBlock = given(block?.Ipv6CidrBlock).replace('/56', '/64');
  await ec2.createSubnet({ VpcId, CidrBlock: '10.99.1.0/24', Ipv6CidrBlock });
  const web = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 };
  const IpPermissions = [
    {
      ...web,
      IpRanges: [{ CidrIp: '10.0.0.0/8' }],
      Ipv6Ranges: [{ CidrIpv6: '::/0' }],
      PrefixListIds: [{ PrefixListId: 'pl-63a5400a' }],
      UserIdGroupPairs: [{ GroupId: FUNCTIONS }],
    },
  ];
  await ec2.authorizeSecurityGroupIngress({ GroupId: FUNCTIONS, IpPermissions });
  await ec2.authorizeSecurityGroupEgress({ GroupId: FUNCTIONS, IpPermissions });
}
