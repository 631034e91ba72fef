import {
  AcceptVpcPeeringConnectionCommand,
  AssociateSubnetCidrBlockCommand,
  AssociateVpcCidrBlockCommand,
  AuthorizeSecurityGroupEgressCommand,
  CreateEgressOnlyInternetGatewayCommand,
  CreateRouteCommand,
  CreateVpcPeeringConnectionCommand,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type AttachedAccount,
  GROUP,
  PRIVATE_A,
  startAttachedAccount,
  VPC,
} from './attached-account.ts';

const PRIVATE_TABLE = 'rtb-0a1b2c3d4e5f6e002';
const FORBIDDEN_VPC = 'vpc-0f0e0d0c0b0a00002';
const FORBIDDEN_SUBNET = 'subnet-0f0e0d0c0b0a0f001';
const FORBIDDEN_TABLE = 'rtb-0f0e0d0c0b0a0e001';
const PUBLIC = '2001:4860:4860::8888';

let account: AttachedAccount;

beforeEach(async () => {
  account = await startAttachedAccount();
});

afterEach(async () => {
  await account.stop();
});

/** Gives a VPC and one of its subnets a block; answers an address in the subnet. */
async function dualStack(VpcId: string, SubnetId: string): Promise<string> {
  const { Ipv6CidrBlockAssociation: made } = await account.ec2.send(
    new AssociateVpcCidrBlockCommand({ VpcId, AmazonProvidedIpv6CidrBlock: true }),
  );
  const Ipv6CidrBlock = made?.Ipv6CidrBlock?.replace('/56', '/64');
  await account.ec2.send(new AssociateSubnetCidrBlockCommand({ SubnetId, Ipv6CidrBlock }));
  return `${Ipv6CidrBlock?.replace('/64', '')}9`;
}

const allowed = (CidrIpv6 = '::/0') =>
  account.ec2.send(
    new AuthorizeSecurityGroupEgressCommand({
      GroupId: GROUP,
      IpPermissions: [{ IpProtocol: '-1', Ipv6Ranges: [{ CidrIpv6 }] }],
    }),
  );

const lead = (RouteTableId: string, DestinationIpv6CidrBlock: string, target: object) =>
  account.ec2.send(new CreateRouteCommand({ RouteTableId, DestinationIpv6CidrBlock, ...target }));

async function attached(Ipv6AllowedForDualStack: boolean): Promise<void> {
  const place = { SubnetIds: [PRIVATE_A], SecurityGroupIds: [GROUP] };
  await account.create('f', { VpcConfig: { ...place, Ipv6AllowedForDualStack } });
  await account.seconds(75);
}

async function pathTo(target: string): Promise<unknown> {
  const { paths } = await account.invoke('f', { payload: { reach: [target] } });
  return paths?.[0];
}

describe('what a function reaches by IPv6', () => {
  it('is nothing where it is detached, or attached without it', async () => {
    await account.create('f', {});
    await account.seconds(5);
    const detached = await pathTo(PUBLIC);
    await account.attach('f', { SubnetIds: [PRIVATE_A], SecurityGroupIds: [GROUP] });
    await account.seconds(75);

    expect(detached).toMatchObject({ because: 'a detached function sends no IPv6' });
    expect(await pathTo(PUBLIC)).toMatchObject({
      because: 'the function was attached without Ipv6AllowedForDualStack',
    });
  });

  it('is the internet by an egress-only gateway, where a rule for IPv6 lets it out', async () => {
    await dualStack(VPC, PRIVATE_A);
    const { EgressOnlyInternetGateway } = await account.ec2.send(
      new CreateEgressOnlyInternetGatewayCommand({ VpcId: VPC }),
    );
    const { EgressOnlyInternetGatewayId } = EgressOnlyInternetGateway ?? {};
    await lead(PRIVATE_TABLE, '::/0', { EgressOnlyInternetGatewayId });
    await attached(true);
    const stopped = await pathTo(`[${PUBLIC}]:443`);
    await allowed();

    expect(stopped).toMatchObject({
      because: `no outbound rule of ${GROUP} allows tcp 443 to ${PUBLIC}`,
    });
    expect(await pathTo(`[${PUBLIC}]:443`)).toMatchObject({
      through: [EgressOnlyInternetGatewayId],
    });
    expect(await pathTo('fd00::1')).toMatchObject({ because: 'the address is not public' });
    expect(await pathTo('2001::zz')).toMatchObject({
      because: '`2001::zz` is no address, no service and not `internet`',
    });
  });

  it('is all of the internet only where IPv6 leads out, whatever the NAT gateway does', async () => {
    await dualStack(VPC, PRIVATE_A);
    const { EgressOnlyInternetGateway } = await account.ec2.send(
      new CreateEgressOnlyInternetGatewayCommand({ VpcId: VPC }),
    );
    const { EgressOnlyInternetGatewayId } = EgressOnlyInternetGateway ?? {};
    await allowed();
    await attached(true);
    const behindNat = [await pathTo('internet'), await pathTo('internet6')];
    await lead(PRIVATE_TABLE, '::/0', { EgressOnlyInternetGatewayId });

    expect(behindNat).toMatchObject([
      { reaches: true },
      { because: `no route of ${PRIVATE_A} leads there` },
    ]);
    expect(await pathTo('internet6')).toMatchObject({ through: [EgressOnlyInternetGatewayId] });
  });

  it('is its own VPC, and a peered one where routes lead there and back', async () => {
    const here = await dualStack(VPC, PRIVATE_A);
    const there = await dualStack(FORBIDDEN_VPC, FORBIDDEN_SUBNET);
    const { VpcPeeringConnection } = await account.ec2.send(
      new CreateVpcPeeringConnectionCommand({ VpcId: VPC, PeerVpcId: FORBIDDEN_VPC }),
    );
    const { VpcPeeringConnectionId = '' } = VpcPeeringConnection ?? {};
    await account.ec2.send(new AcceptVpcPeeringConnectionCommand({ VpcPeeringConnectionId }));
    await lead(PRIVATE_TABLE, '::/0', { VpcPeeringConnectionId });
    await allowed();
    await attached(true);
    const oneWay = await pathTo(there);
    await lead(FORBIDDEN_TABLE, '::/0', { VpcPeeringConnectionId });

    expect(await pathTo(here)).toMatchObject({ through: ['local'] });
    expect(oneWay).toMatchObject({ because: `no route leads back from ${FORBIDDEN_SUBNET}` });
    expect(await pathTo(there)).toMatchObject({ through: [VpcPeeringConnectionId] });
    expect(await pathTo(PUBLIC)).toMatchObject({
      because: `${VpcPeeringConnectionId} leads no further than into the other VPC`,
    });
  });
});
