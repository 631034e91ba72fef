import { APPROVED, type Ec2Scene, FORBIDDEN, given, tagged } from './ec2-scene.ts';

const LAB = 'subnet-0a1b2c3d4e5f6b001';

/** Route tables with a route to each kind of target. */
export async function playRoutes(scene: Ec2Scene): Promise<void> {
  const { ec2 } = scene;
  const { RouteTable } = await ec2.createRouteTable({
    VpcId: APPROVED,
    ClientToken: 'once',
    TagSpecifications: tagged('route-table'),
  });
  const { RouteTableId } = given(RouteTable);
  await playAssociations(scene, given(RouteTableId));
  const { EgressOnlyInternetGateway } = await ec2.createEgressOnlyInternetGateway({
    VpcId: APPROVED,
    ClientToken: 'once',
    TagSpecifications: tagged('egress-only-internet-gateway'),
  });
  const { EgressOnlyInternetGatewayId } = given(EgressOnlyInternetGateway);
  const to = { RouteTableId, DestinationIpv6CidrBlock: '::/0' };
  await ec2.createRoute({ ...to, EgressOnlyInternetGatewayId });
  await ec2.describeEgressOnlyInternetGateways();
  await ec2.describeRouteTables();
  await ec2.replaceRoute({ ...to, GatewayId: 'igw-0a1b2c3d4e5f6c002' });
  await ec2.deleteRoute(to);
  await ec2.deleteEgressOnlyInternetGateway({ EgressOnlyInternetGatewayId });
  await ec2.deleteRouteTable({ RouteTableId });
}

async function playAssociations({ ec2 }: Ec2Scene, RouteTableId: string): Promise<void> {
  const { AssociationId } = await ec2.associateRouteTable({ RouteTableId, SubnetId: LAB });
  const { NewAssociationId } = await ec2.replaceRouteTableAssociation({
    AssociationId,
    RouteTableId: 'rtb-0a1b2c3d4e5f6e003',
  });
  await ec2.disassociateRouteTable({ AssociationId: NewAssociationId });
}

/** Peering connections, with IPv6 at both ends. */
export async function playPeerings({ ec2 }: Ec2Scene): Promise<void> {
  const dual = async (CidrBlock: string) =>
    (await ec2.createVpc({ CidrBlock, AmazonProvidedIpv6CidrBlock: true })).Vpc?.VpcId;
  const [VpcId, PeerVpcId] = [await dual('10.30.0.0/16'), await dual('10.31.0.0/16')];
  await ec2.createRouteTable({ VpcId });
  const { VpcPeeringConnection } = await ec2.createVpcPeeringConnection({
    VpcId,
    PeerVpcId,
    TagSpecifications: tagged('vpc-peering-connection'),
  });
  const { VpcPeeringConnectionId } = given(VpcPeeringConnection);
  await ec2.describeVpcPeeringConnections();
  await ec2.acceptVpcPeeringConnection({ VpcPeeringConnectionId });
  const { RouteTables: [main] = [] } = await ec2.describeRouteTables({
    Filters: [{ Name: 'vpc-id', Values: [given(VpcId)] }],
  });
  const { RouteTableId } = given(main);
  const DestinationCidrBlock = '10.31.0.0/16';
  await ec2.createRoute({ RouteTableId, DestinationCidrBlock, VpcPeeringConnectionId });
  await ec2.describeRouteTables();
  await ec2.describeVpcPeeringConnections();
  await ec2.deleteVpcPeeringConnection({ VpcPeeringConnectionId });
}

/** A transit gateway between VPCs. */
export async function playTransit({ account, ec2 }: Ec2Scene): Promise<void> {
  const { TransitGateway } = await ec2.createTransitGateway({
    Description: 'between VPCs',
    Options: { TransitGatewayCidrBlocks: ['10.200.0.0/24'] },
    TagSpecifications: tagged('transit-gateway'),
  });
  const { TransitGatewayId } = given(TransitGateway);
  await account.advance(180_000);
  const { TransitGatewayVpcAttachment } = await ec2.createTransitGatewayVpcAttachment({
    TransitGatewayId,
    VpcId: FORBIDDEN,
    SubnetIds: ['subnet-0f0e0d0c0b0a0f001'],
    TagSpecifications: tagged('transit-gateway-attachment'),
  });
  const { TransitGatewayAttachmentId } = given(TransitGatewayVpcAttachment);
  await account.advance(120_000);
  const RouteTableId = 'rtb-0f0e0d0c0b0a0e001';
  const DestinationCidrBlock = '192.168.0.0/16';
  await ec2.createRoute({ RouteTableId, DestinationCidrBlock, TransitGatewayId });
  await ec2.describeRouteTables();
  await ec2.describeTransitGateways();
  await ec2.describeTransitGatewayVpcAttachments();
  await ec2.deleteTransitGatewayVpcAttachment({ TransitGatewayAttachmentId });
  await account.advance(120_000);
  await ec2.deleteTransitGateway({ TransitGatewayId });
}
