import {
  AcceptVpcPeeringConnectionCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateNatGatewayCommand,
  CreateRouteCommand,
  CreateTransitGatewayCommand,
  CreateTransitGatewayVpcAttachmentCommand,
  CreateVpcEndpointCommand,
  CreateVpcPeeringConnectionCommand,
  DeleteNatGatewayCommand,
  DeleteRouteCommand,
  ReplaceRouteCommand,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shareSubnet } from '../../../lib/local/ec2/shared-subnet.ts';
import {
  type AttachedAccount,
  GROUP,
  PRIVATE_A,
  PRIVATE_B,
  startAttachedAccount,
  VPC,
} from './attached-account.ts';

const PUBLIC = 'subnet-0a1b2c3d4e5f6a001';
const LAB = 'subnet-0a1b2c3d4e5f6b001';
const NAT = 'nat-0a1b2c3d4e5f6c001';
const GATEWAY = 'igw-0a1b2c3d4e5f6c002';
const PRIVATE_TABLE = 'rtb-0a1b2c3d4e5f6e002';
const PUBLIC_TABLE = 'rtb-0a1b2c3d4e5f6e003';
const FORBIDDEN_VPC = 'vpc-0f0e0d0c0b0a00002';
const FORBIDDEN_TABLE = 'rtb-0f0e0d0c0b0a0e001';
const FORBIDDEN_DEFAULT = 'sg-0f0e0d0c0b0a0f0d1';
const FORBIDDEN = {
  SubnetIds: ['subnet-0f0e0d0c0b0a0f001'],
  SecurityGroupIds: ['sg-0f0e0d0c0b0a0f0a1'],
};
const DEDICATED_TABLE = 'rtb-0dedd1ca7ed00e001';
const THERE = '10.99.1.9';

let account: AttachedAccount;

beforeEach(async () => {
  account = await startAttachedAccount();
});

afterEach(async () => {
  await account.stop();
});

const inApproved = (...SubnetIds: string[]) => ({ SubnetIds, SecurityGroupIds: [GROUP] });

async function attached(VpcConfig: object | undefined): Promise<void> {
  await account.create('f', VpcConfig === undefined ? {} : { VpcConfig });
  await account.seconds(75);
}

/** What the function reaches of some targets, or of the usual ones. */
async function reaches(...reach: string[]): Promise<unknown> {
  const payload = reach.length === 0 ? {} : { reach };
  return (await account.invoke('f', { payload }))['reaches'];
}

/** How, or why not, from the only subnet. */
async function pathTo(target: string): Promise<unknown> {
  const { paths } = await account.invoke('f', { payload: { reach: [target] } });
  return paths?.[0];
}

const lead = (RouteTableId: string, DestinationCidrBlock: string, target: object) =>
  account.ec2.send(new CreateRouteCommand({ RouteTableId, DestinationCidrBlock, ...target }));

async function peer(VpcId: string, PeerVpcId: string): Promise<string> {
  const { VpcPeeringConnection } = await account.ec2.send(
    new CreateVpcPeeringConnectionCommand({ VpcId, PeerVpcId }),
  );
  const { VpcPeeringConnectionId = '' } = VpcPeeringConnection ?? {};
  await account.ec2.send(new AcceptVpcPeeringConnectionCommand({ VpcPeeringConnectionId }));
  return VpcPeeringConnectionId;
}

describe('what a function answers that it reaches', () => {
  it('is everything public, and no VPC, where it is detached', async () => {
    await attached(undefined);

    expect(await reaches()).toEqual({ internet: true, s3: true, dynamodb: true, sts: true });
    expect(await reaches('8.8.8.8', '172.31.3.4', 'Not a target')).toEqual({
      '8.8.8.8': true,
      '172.31.3.4': false,
      'Not a target': false,
    });
    expect(await pathTo('internet')).toEqual({
      target: 'internet',
      reaches: true,
      through: ['the VPC of Lambda'],
    });
  });

  it.each(['foobar', 'google.com', 'vpce', '', '10.0.0.1:99999', '8.8.8.8:0', '8.8.8.8:65536'])(
    'is not told of `%s`, wherever it is',
    async (target) => {
      const because = `\`${target}\` is no address, no service and not \`internet\``;
      await account.create('f', {});
      await account.seconds(2);
      expect(await pathTo(target)).toEqual({ target, reaches: false, because });

      await account.attach('f', inApproved(PRIVATE_A));
      await account.seconds(75);
      expect(await pathTo(target)).toMatchObject({ reaches: false, because });
    },
  );

  it('is told of services that have no endpoint, and of every port', async () => {
    await attached(inApproved(PRIVATE_A));

    expect(await reaches('iam', 'servicequotas', '8.8.8.8:1', '8.8.8.8:65535')).toEqual({
      iam: true,
      servicequotas: true,
      '8.8.8.8:1': true,
      '8.8.8.8:65535': true,
    });
  });

  it('is what the NAT gateway and the endpoints of a private subnet lead to', async () => {
    await attached(inApproved(PRIVATE_A));

    expect(await reaches()).toEqual({ internet: true, s3: true, dynamodb: true, sts: true });
    expect(await pathTo('sts')).toMatchObject({ subnetId: PRIVATE_A, through: [NAT, GATEWAY] });
    expect(await pathTo('s3')).toMatchObject({ through: ['vpce-0a1b2c3d4e5f6c005'] });
    expect(await pathTo('172.31.9.200')).toMatchObject({ reaches: true, through: ['local'] });
    expect(await reaches(THERE, '192.168.1.1', '1.2.3.4', '10.0.0.999')).toEqual({
      [THERE]: false,
      '192.168.1.1': false,
      '1.2.3.4': true,
      '10.0.0.999': false,
    });
  });

  it('has neither a public address nor the internet in a public subnet', async () => {
    await attached(inApproved(PUBLIC));

    expect((await account.invoke('f'))['servedBy']).toMatchObject({ publicIp: null });
    expect(await reaches()).toEqual({ internet: false, s3: false, dynamodb: false, sts: false });
    expect(await pathTo('internet')).toMatchObject({
      because: `${GATEWAY} needs a public IP address`,
    });
  });

  it('is nothing outside where the main table leads nowhere', async () => {
    await attached(inApproved(LAB));

    expect(await reaches()).toEqual({ internet: false, s3: false, dynamodb: false, sts: false });
    expect(await pathTo('internet')).toMatchObject({ because: `no route of ${LAB} leads there` });
  });

  it('is only what every one of its subnets leads to', async () => {
    await attached(inApproved(PRIVATE_B, LAB));

    const { reaches: reached, paths } = await account.invoke('f', {
      payload: { reach: ['internet', '172.31.2.4', 7] },
    });

    expect(reached).toEqual({ internet: false, '172.31.2.4': true });
    expect(paths).toHaveLength(4);
  });

  it.each([
    [
      'it is being deleted',
      () => account.ec2.send(new DeleteNatGatewayCommand({ NatGatewayId: NAT })),
    ],
    [
      'the internet gateway is detached',
      () => account.network.internetGateways.set(GATEWAY, { gatewayId: GATEWAY, name: 'internet' }),
    ],
    [
      'its own subnet does not lead out',
      () =>
        account.ec2.send(
          new DeleteRouteCommand({ RouteTableId: PUBLIC_TABLE, DestinationCidrBlock: '0.0.0.0/0' }),
        ),
    ],
    [
      'its own subnet leads to itself',
      () =>
        account.ec2.send(
          new ReplaceRouteCommand({
            RouteTableId: PUBLIC_TABLE,
            DestinationCidrBlock: '0.0.0.0/0',
            NatGatewayId: NAT,
          }),
        ),
    ],
  ])('is not the internet by a NAT gateway where %s', async (_why, spoil) => {
    await attached(inApproved(PRIVATE_A));
    await spoil();

    expect(await reaches('internet', 'sts', 's3')).toEqual({
      internet: false,
      sts: false,
      s3: true,
    });
  });

  it('is the internet only once a new NAT gateway is available, and never by a private one', async () => {
    const { NatGateway } = await account.ec2.send(
      new CreateNatGatewayCommand({ SubnetId: PUBLIC, ConnectivityType: 'private' }),
    );
    const { NatGatewayId } = NatGateway ?? {};
    await account.create('f', { VpcConfig: inApproved(PRIVATE_A) });
    await account.ec2.send(
      new ReplaceRouteCommand({
        RouteTableId: PRIVATE_TABLE,
        DestinationCidrBlock: '0.0.0.0/0',
        NatGatewayId,
      }),
    );
    await account.seconds(75);
    const pending = await pathTo('internet');
    await account.seconds(30);

    expect(pending).toMatchObject({ because: `${NatGatewayId} is not available` });
    expect(await pathTo('internet')).toMatchObject({
      because: `${GATEWAY} needs a public IP address`,
    });
  });

  it('goes by halves of the internet, and by what nobody knows', async () => {
    account.network.routeTables.set(PRIVATE_TABLE, {
      routeTableId: PRIVATE_TABLE,
      vpcId: VPC,
      name: 'private',
      associations: [{ associationId: 'rtbassoc-1', subnetId: PRIVATE_A }],
      routes: [
        { destination: '0.0.0.0/1', target: NAT, origin: 'CreateRoute' },
        { destination: '128.0.0.0/1', target: 'i-0123456789abcdef0', origin: 'CreateRoute' },
      ],
    });
    await attached(inApproved(PRIVATE_A));

    expect(await reaches('internet', '8.8.8.8', '203.0.113.9')).toEqual({
      internet: false,
      '8.8.8.8': true,
      '203.0.113.9': false,
    });
    expect(await pathTo('203.0.113.9')).toMatchObject({
      because: 'nobody knows behind i-0123456789abcdef0',
    });
  });

  it('is a service by an interface endpoint, once that is available and has the name', async () => {
    const create = (service: string, PrivateDnsEnabled: boolean) =>
      account.ec2.send(
        new CreateVpcEndpointCommand({
          VpcId: FORBIDDEN_VPC,
          VpcEndpointType: 'Interface',
          ServiceName: `com.amazonaws.us-east-1.${service}`,
          SubnetIds: FORBIDDEN.SubnetIds,
          SecurityGroupIds: [FORBIDDEN_DEFAULT],
          PrivateDnsEnabled,
        }),
      );
    await attached(FORBIDDEN);
    const FromPort = 443;
    const IpRanges = [{ CidrIp: '10.99.0.0/16' }];
    const IpPermissions = [{ IpProtocol: 'tcp', FromPort, ToPort: FromPort, IpRanges }];
    await account.ec2.send(
      new AuthorizeSecurityGroupIngressCommand({ GroupId: FORBIDDEN_DEFAULT, IpPermissions }),
    );
    const { VpcEndpoint } = await create('sts', true);
    await create('sns', false);
    const pending = await reaches('sts');
    await account.seconds(60);

    expect(pending).toEqual({ sts: false });
    expect(await reaches('sts', 'sns', 'internet')).toEqual({
      sts: true,
      sns: false,
      internet: false,
    });
    expect(await pathTo('sts')).toMatchObject({ through: [VpcEndpoint?.VpcEndpointId] });
  });

  it('is a peered VPC, dedicated ones too, where routes lead there and back', async () => {
    const dedicated = 'vpc-0dedd1ca7ed000003';
    const VpcPeeringConnectionId = await peer(VPC, dedicated);
    await attached(inApproved(PRIVATE_A));
    await lead(PRIVATE_TABLE, '10.0.0.0/8', { VpcPeeringConnectionId });
    const oneWay = await pathTo('10.77.1.5');
    const table = account.network.routeTables.get(DEDICATED_TABLE);
    if (table === undefined) throw new Error('no table');
    account.network.routeTables.set(DEDICATED_TABLE, {
      ...table,
      routes: [{ destination: '0.0.0.0/0', target: GATEWAY, origin: 'CreateRoute' }],
    });
    const otherWay = await pathTo('10.77.1.5');
    await lead(DEDICATED_TABLE, '172.31.0.0/16', { VpcPeeringConnectionId });

    expect(otherWay).toEqual(oneWay);
    expect(oneWay).toMatchObject({ because: 'no route leads back from subnet-0dedd1ca7ed00f001' });
    expect(await pathTo('10.77.1.5')).toMatchObject({ through: [VpcPeeringConnectionId] });
    expect(await pathTo('10.77.200.5')).toMatchObject({
      because: `no subnet of ${dedicated} has this address`,
    });
    expect(await pathTo(THERE)).toMatchObject({
      because: `${VpcPeeringConnectionId} leads no further than into the other VPC`,
    });
    account.network.peerings.clear();
    expect(await pathTo('10.77.1.5')).toMatchObject({
      because: `the route to ${VpcPeeringConnectionId} is a blackhole`,
    });
  });

  it('is the VPC of the requester and those of other accounts by a peering, as far as is known', async () => {
    const pcx = await peer(FORBIDDEN_VPC, VPC);
    await attached(inApproved(PRIVATE_A));
    await lead(PRIVATE_TABLE, '10.99.0.0/16', { VpcPeeringConnectionId: pcx });
    await lead(FORBIDDEN_TABLE, '172.31.0.0/16', { VpcPeeringConnectionId: pcx });
    const mutual = await pathTo(THERE);
    const peering = account.network.peerings.get(pcx);
    if (peering === undefined) throw new Error('no peering');
    const stranger = { vpcId: 'vpc-1', ownerId: '999999999999', region: 'eu-west-1' };
    account.network.peerings.set(pcx, { ...peering, requester: stranger });

    expect(mutual).toMatchObject({ through: [pcx] });
    expect(await pathTo(THERE)).toMatchObject({ through: [pcx] });
  });

  it('is what is attached to the same transit gateway', async () => {
    const { TransitGateway } = await account.ec2.send(new CreateTransitGatewayCommand({}));
    const { TransitGatewayId } = TransitGateway ?? {};
    await account.seconds(300);
    const attach = (VpcId: string, SubnetIds: string[]) =>
      account.ec2.send(
        new CreateTransitGatewayVpcAttachmentCommand({ TransitGatewayId, VpcId, SubnetIds }),
      );
    await attach(VPC, [PRIVATE_A]);
    await attach(FORBIDDEN_VPC, FORBIDDEN.SubnetIds);
    await account.seconds(300);
    await lead(PRIVATE_TABLE, '10.0.0.0/8', { TransitGatewayId });
    await lead(FORBIDDEN_TABLE, '172.31.0.0/16', { TransitGatewayId });
    await attached(inApproved(PRIVATE_A));

    expect(await pathTo(THERE)).toMatchObject({ reaches: true, through: [TransitGatewayId] });
    expect(await pathTo('10.77.1.5')).toMatchObject({
      because: `no VPC with this address is attached to ${TransitGatewayId}`,
    });
  });

  it('is nothing that is known in a subnet of another account, or in one that is gone', async () => {
    const { subnet } = shareSubnet(account.network, '999999999999');
    account.network.securityGroups.set('sg-05ba4ed0000000001', {
      groupId: 'sg-05ba4ed0000000001',
      groupName: 'own',
      description: '',
      vpcId: subnet.vpcId,
    });
    await attached({
      SubnetIds: [subnet.subnetId],
      SecurityGroupIds: ['sg-05ba4ed0000000001'],
    });
    const shared = await reaches('internet');
    account.network.subnets.delete(subnet.subnetId);

    expect(shared).toEqual({ internet: false });
    expect(await pathTo('internet')).toMatchObject({
      because: `${subnet.subnetId} does not exist`,
    });
  });

  it('says by which alias it was asked, and takes any payload', async () => {
    await attached(undefined);

    for (const payload of [[], { reach: 'all' }]) {
      expect(await account.invoke('f', { payload })).toMatchObject({
        servedBy: { alias: null, version: '$LATEST' },
        reaches: { internet: true },
      });
    }
  });
});
