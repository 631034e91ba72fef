import { APPROVED, type Ec2Scene, given, PRIVATE_A, PUBLIC_A, tagged } from './ec2-scene.ts';

/** An internet gateway, attached and detached. */
export async function playInternetGateways({ ec2 }: Ec2Scene): Promise<void> {
  const { Vpc } = await ec2.createVpc({ CidrBlock: '10.40.0.0/16' });
  const { VpcId } = given(Vpc);
  const { InternetGateway } = await ec2.createInternetGateway({
    TagSpecifications: tagged('internet-gateway'),
  });
  const { InternetGatewayId } = given(InternetGateway);
  await ec2.attachInternetGateway({ InternetGatewayId, VpcId });
  await ec2.describeInternetGateways();
  await ec2.detachInternetGateway({ InternetGatewayId, VpcId });
  await ec2.deleteInternetGateway({ InternetGatewayId });
}

/** NAT gateways that come to be, that fail and that are deleted. */
export async function playNatGateways({ account, ec2 }: Ec2Scene): Promise<void> {
  await ec2.modifyVpcAttribute({ VpcId: APPROVED, EnableDnsHostnames: { Value: true } });
  const { AllocationId } = await ec2.allocateAddress({ TagSpecifications: tagged('elastic-ip') });
  const { NatGateway } = await ec2.createNatGateway({
    SubnetId: PUBLIC_A,
    AllocationId,
    ClientToken: 'once',
    TagSpecifications: tagged('natgateway'),
  });
  await ec2.createNatGateway({ SubnetId: PUBLIC_A, AllocationId });
  await account.advance(120_000);
  await ec2.describeNatGateways();
  await ec2.describeAddresses();
  await ec2.describeNetworkInterfaces();
  await ec2.deleteNatGateway({ NatGatewayId: NatGateway?.NatGatewayId });
  await account.advance(120_000);
  await ec2.describeNatGateways();
  await ec2.releaseAddress({ AllocationId });
}

/** VPC endpoints of both types. */
export async function playEndpoints({ account, ec2 }: Ec2Scene): Promise<void> {
  const { VpcEndpoint } = await ec2.createVpcEndpoint({
    VpcId: APPROVED,
    VpcEndpointType: 'Interface',
    ServiceName: 'com.amazonaws.us-east-1.sts',
    SubnetIds: [PRIVATE_A],
    ClientToken: 'once',
    TagSpecifications: tagged('vpc-endpoint'),
  });
  const VpcEndpointId = given(VpcEndpoint?.VpcEndpointId);
  await account.advance(120_000);
  await ec2.modifyVpcEndpoint({ VpcEndpointId, PrivateDnsEnabled: false });
  await ec2.describeVpcEndpoints();
  await ec2.describeNetworkInterfaces();
  await ec2.deleteVpcEndpoints({ VpcEndpointIds: [VpcEndpointId, 'vpce-00000000000000000'] });
}
