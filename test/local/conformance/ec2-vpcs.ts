import { APPROVED, type Ec2Scene, given, tagged } from './ec2-scene.ts';

/** VPCs with one family of addresses and with both, and what they are asked about. */
export async function playVpcs({ ec2 }: Ec2Scene): Promise<void> {
  await ec2.createVpc({
    CidrBlock: '10.20.0.0/16',
    AmazonProvidedIpv6CidrBlock: true,
    TagSpecifications: tagged('vpc'),
  });
  const { Vpc } = await ec2.createVpc({ CidrBlock: '10.21.0.0/16' });
  const { VpcId } = given(Vpc);
  const { Ipv6CidrBlockAssociation } = await ec2.associateVpcCidrBlock({
    VpcId,
    AmazonProvidedIpv6CidrBlock: true,
  });
  const { AssociationId } = given(Ipv6CidrBlockAssociation);
  await ec2.describeVpcs();
  await ec2.disassociateVpcCidrBlock({ AssociationId });
  await ec2.modifyVpcAttribute({ VpcId, EnableDnsHostnames: { Value: true } });
  await ec2.describeVpcAttribute({ VpcId, Attribute: 'enableDnsHostnames' });
  await ec2.describeVpcAttribute({ VpcId, Attribute: 'enableDnsSupport' });
  await ec2.describeVpcAttribute({ VpcId, Attribute: 'enableNetworkAddressUsageMetrics' });
  await ec2.deleteVpc({ VpcId });
}

/** Subnets with one family of addresses and with both. */
export async function playSubnets({ ec2 }: Ec2Scene): Promise<void> {
  const { Vpc } = await ec2.createVpc({
    CidrBlock: '10.22.0.0/16',
    AmazonProvidedIpv6CidrBlock: true,
  });
  const { VpcId, Ipv6CidrBlockAssociationSet: [block] = [] } = given(Vpc);
  const Ipv6CidrBlock = given(block?.Ipv6CidrBlock).replace('/56', '/64');
  const { Subnet } = await ec2.createSubnet({
    VpcId,
    CidrBlock: '10.22.1.0/24',
    Ipv6CidrBlock,
    TagSpecifications: tagged('subnet'),
  });
  const { SubnetId, Ipv6CidrBlockAssociationSet: [own] = [] } = given(Subnet);
  await ec2.describeSubnets();
  await ec2.disassociateSubnetCidrBlock({ AssociationId: own?.AssociationId });
  await ec2.associateSubnetCidrBlock({ SubnetId, Ipv6CidrBlock });
  await ec2.modifySubnetAttribute({ SubnetId, MapPublicIpOnLaunch: { Value: true } });
  await ec2.deleteSubnet({ SubnetId });
  await ec2.describeAvailabilityZones();
  await ec2.describeRegions();
  await ec2.describePrefixLists();
}

/** Security groups of a VPC. */
export async function playGroups({ ec2 }: Ec2Scene): Promise<void> {
  const { GroupId } = await ec2.createSecurityGroup({
    GroupName: 'mine',
    Description: 'of mine',
    VpcId: APPROVED,
    TagSpecifications: tagged('security-group'),
  });
  await ec2.describeSecurityGroups();
  await ec2.getSecurityGroupsForVpc({ VpcId: APPROVED });
  await ec2.deleteSecurityGroup({ GroupId });
}

/** Tags, given and taken. */
export async function playTags({ ec2 }: Ec2Scene): Promise<void> {
  const Tags = [{ Key: 'stage', Value: 'test' }];
  await ec2.createTags({ Resources: [APPROVED], Tags });
  await ec2.deleteTags({ Resources: [APPROVED], Tags });
}
