import {
  AssociateSubnetCidrBlockCommand,
  AssociateVpcCidrBlockCommand,
  CreateRouteTableCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  DisassociateSubnetCidrBlockCommand,
  EC2Client,
  ModifySubnetAttributeCommand,
  type ModifySubnetAttributeCommandInput,
} from '@aws-sdk/client-ec2';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { containsIpv6, parseIpv6Cidr } from '../../../lib/local/ec2/ipv6-cidr.ts';
import { shareSubnet } from '../../../lib/local/ec2/shared-subnet.ts';
import { type StartedAccount, startAccount } from '../start-account.ts';

const APPROVED = 'vpc-0a1b2c3d4e5f60001';
const PRIVATE_A = 'subnet-071f712345678e7c8';
const PRIVATE_B = 'subnet-07fd123456788a036';

let account: StartedAccount;
let ec2: EC2Client;

beforeEach(async () => {
  account = await startAccount();
  ec2 = new EC2Client(account.settings());
});

afterEach(async () => {
  ec2.destroy();
  await account.stop();
});

async function readSubnet(id: string) {
  const { Subnets } = await ec2.send(new DescribeSubnetsCommand({ SubnetIds: [id] }));
  return Subnets?.[0];
}

/** Gives the approved VPC a block, and answers it with the two digits that its subnets may choose. */
async function giveBlock(): Promise<(digits: string) => string> {
  const { Ipv6CidrBlockAssociation } = await ec2.send(
    new AssociateVpcCidrBlockCommand({ VpcId: APPROVED, AmazonProvidedIpv6CidrBlock: true }),
  );
  const block = Ipv6CidrBlockAssociation?.Ipv6CidrBlock ?? '';
  const [a, b, c = '', d = ''] = block.replace('::/56', '').split(':');
  const digits = d.padStart(4, '0').slice(0, 2);
  return (last) => `${a}:${b}:${c}:${digits}${last}::/64`;
}

describe('ModifySubnetAttribute', () => {
  it('makes a subnet a public one, and records it', async () => {
    await ec2.send(
      new ModifySubnetAttributeCommand({
        SubnetId: PRIVATE_A,
        MapPublicIpOnLaunch: { Value: true },
      }),
    );

    expect(await readSubnet(PRIVATE_A)).toMatchObject({ MapPublicIpOnLaunch: true });
    expect(account.records('ModifySubnetAttribute')).toMatchObject([
      {
        requestParameters: { subnetId: PRIVATE_A, mapPublicIpOnLaunch: { value: true } },
        responseElements: { _return: true },
      },
    ]);
  });

  it('changes what a dual-stack subnet gives', async () => {
    const toBlock = await giveBlock();
    await ec2.send(
      new AssociateSubnetCidrBlockCommand({ SubnetId: PRIVATE_A, Ipv6CidrBlock: toBlock('01') }),
    );

    for (const change of [
      { AssignIpv6AddressOnCreation: { Value: true } },
      { EnableDns64: { Value: true } },
    ]) {
      await ec2.send(new ModifySubnetAttributeCommand({ SubnetId: PRIVATE_A, ...change }));
    }

    expect(await readSubnet(PRIVATE_A)).toMatchObject({
      AssignIpv6AddressOnCreation: true,
      EnableDns64: true,
    });
  });

  it.each<[ModifySubnetAttributeCommandInput, string]>([
    [{ SubnetId: 'subnet-0', MapPublicIpOnLaunch: { Value: true } }, 'InvalidSubnetID.NotFound'],
    [{ SubnetId: PRIVATE_A }, 'MissingParameter'],
    [
      { SubnetId: PRIVATE_A, MapPublicIpOnLaunch: { Value: true }, EnableDns64: { Value: true } },
      'InvalidParameterCombination',
    ],
    [
      { SubnetId: PRIVATE_A, AssignIpv6AddressOnCreation: { Value: true } },
      'InvalidParameterValue',
    ],
    [{ SubnetId: PRIVATE_A, EnableLniAtDeviceIndex: 1 }, 'UnsupportedOperation'],
  ])('refuses %j', async (input, name) => {
    await expect(ec2.send(new ModifySubnetAttributeCommand(input))).rejects.toMatchObject({ name });
  });

  it('is refused to a user who may change another subnet only', async () => {
    const allowed = {
      Effect: 'Allow',
      Action: 'ec2:ModifySubnetAttribute',
      Resource: `arn:aws:ec2:us-east-1:123456789012:subnet/${PRIVATE_B}`,
    };
    const user = new EC2Client(account.settings(account.user('ann', allowed)));

    await expect(
      user.send(
        new ModifySubnetAttributeCommand({
          SubnetId: PRIVATE_A,
          MapPublicIpOnLaunch: { Value: true },
        }),
      ),
    ).rejects.toMatchObject({ name: 'UnauthorizedOperation' });
  });
});

describe('IPv6', () => {
  it('comes with a new VPC, its tables and its subnets', async () => {
    const { Vpc } = await ec2.send(
      new CreateVpcCommand({ CidrBlock: '10.1.0.0/16', AmazonProvidedIpv6CidrBlock: true }),
    );
    const [association] = Vpc?.Ipv6CidrBlockAssociationSet ?? [];
    const block = association?.Ipv6CidrBlock ?? '';

    const { Subnet } = await ec2.send(
      new CreateSubnetCommand({
        VpcId: Vpc?.VpcId,
        CidrBlock: '10.1.1.0/24',
        Ipv6CidrBlock: block.replace('/56', '/64'),
      }),
    );

    const { RouteTables } = await ec2.send(
      new DescribeRouteTablesCommand({
        Filters: [{ Name: 'route.destination-ipv6-cidr-block', Values: [block] }],
      }),
    );
    const found = await ec2.send(
      new DescribeVpcsCommand({
        Filters: [{ Name: 'ipv6-cidr-block-association.ipv6-cidr-block', Values: [block] }],
      }),
    );
    expect(block).toMatch(/^2600:1f18:.*\/56$/);
    expect(Subnet?.Ipv6CidrBlockAssociationSet).toMatchObject([
      { Ipv6CidrBlock: block.replace('/56', '/64'), Ipv6CidrBlockState: { State: 'associated' } },
    ]);
    expect(RouteTables).toMatchObject([
      { Routes: [{}, { DestinationIpv6CidrBlock: block, GatewayId: 'local' }] },
    ]);
    expect(found.Vpcs).toHaveLength(1);
  });

  it('comes to a VPC and a subnet that are there, and leaves the subnet again', async () => {
    const toBlock = await giveBlock();
    const Ipv6CidrBlock = toBlock('0a');
    const { Ipv6CidrBlockAssociation: made } = await ec2.send(
      new AssociateSubnetCidrBlockCommand({ SubnetId: PRIVATE_A, Ipv6CidrBlock }),
    );
    const { Subnets } = await ec2.send(
      new DescribeSubnetsCommand({
        Filters: [
          {
            Name: 'ipv6-cidr-block-association.ipv6-cidr-block',
            Values: [made?.Ipv6CidrBlock ?? ''],
          },
        ],
      }),
    );

    const { SubnetId } = await ec2.send(
      new DisassociateSubnetCidrBlockCommand({ AssociationId: made?.AssociationId }),
    );

    expect(Subnets).toMatchObject([{ SubnetId: PRIVATE_A }]);
    expect(SubnetId).toBe(PRIVATE_A);
    expect((await readSubnet(PRIVATE_A))?.Ipv6CidrBlockAssociationSet ?? []).toEqual([]);
    expect(account.network.routeTables.get('rtb-0a1b2c3d4e5f6e002')?.routes).toHaveLength(5);
    expect(account.records('AssociateSubnetCidrBlock')).toMatchObject([
      { requestParameters: { subnetId: PRIVATE_A, ipv6CidrBlock: Ipv6CidrBlock } },
    ]);
    expect(account.records('AssociateVpcCidrBlock')).toMatchObject([
      { requestParameters: { vpcId: APPROVED, amazonProvidedIpv6CidrBlock: true } },
    ]);
  });

  it.each([
    [{ VpcId: 'vpc-0', AmazonProvidedIpv6CidrBlock: true }, 'InvalidVpcID.NotFound'],
    [{ VpcId: APPROVED, AmazonProvidedIpv6CidrBlock: true }, 'InvalidVpc.Conflict'],
    [{ VpcId: APPROVED, CidrBlock: '10.2.0.0/16' }, 'UnsupportedOperation'],
  ])('of a VPC is refused for %j', async (input, name) => {
    await giveBlock();

    await expect(ec2.send(new AssociateVpcCidrBlockCommand(input))).rejects.toMatchObject({ name });
  });

  it('of a subnet has to be a free part of the block of its VPC', async () => {
    const toBlock = await giveBlock();
    const associate = (SubnetId: string, Ipv6CidrBlock?: string) =>
      ec2.send(new AssociateSubnetCidrBlockCommand({ SubnetId, Ipv6CidrBlock }));
    await associate(PRIVATE_A, toBlock('01'));

    await expect(associate(PRIVATE_A, toBlock('02'))).rejects.toMatchObject({
      name: 'InvalidSubnet.Conflict',
    });
    await expect(associate(PRIVATE_B, toBlock('01'))).rejects.toMatchObject({
      name: 'InvalidSubnet.Conflict',
    });
    await expect(associate(PRIVATE_B, '2600:1f18::/64')).rejects.toMatchObject({
      name: 'InvalidSubnet.Range',
    });
    await expect(associate(PRIVATE_B, 'a block')).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    });
    await expect(associate(PRIVATE_B)).rejects.toMatchObject({ name: 'MissingParameter' });
    await expect(
      ec2.send(
        new CreateSubnetCommand({
          VpcId: 'vpc-0f0e0d0c0b0a00002',
          CidrBlock: '10.99.16.0/20',
          Ipv6CidrBlock: toBlock('03'),
        }),
      ),
    ).rejects.toMatchObject({ name: 'InvalidSubnet.Range' });
    await expect(
      ec2.send(new DisassociateSubnetCidrBlockCommand({ AssociationId: 'subnet-cidr-assoc-0' })),
    ).rejects.toMatchObject({ name: 'InvalidSubnetCidrBlockAssociationID.NotFound' });
  });
});

describe('a subnet that another account shares', () => {
  it('is described with its owner, its route tables are not', async () => {
    const { vpc, subnet } = shareSubnet(account.network, '210987654321');

    const Filters = [{ Name: 'vpc-id', Values: [vpc.vpcId] }];
    const { RouteTables = [] } = await ec2.send(new DescribeRouteTablesCommand({ Filters }));
    const { Vpcs } = await ec2.send(new DescribeVpcsCommand({ Filters }));
    expect(await readSubnet(subnet.subnetId)).toMatchObject({
      OwnerId: '210987654321',
      SubnetArn: `arn:aws:ec2:us-east-1:210987654321:subnet/${subnet.subnetId}`,
    });
    expect(Vpcs).toMatchObject([{ OwnerId: '210987654321' }]);
    expect(RouteTables).toEqual([]);
  });

  it('is not changed by this account', async () => {
    const { vpc, subnet } = shareSubnet(account.network, '210987654321');

    await expect(
      ec2.send(
        new ModifySubnetAttributeCommand({
          SubnetId: subnet.subnetId,
          MapPublicIpOnLaunch: { Value: true },
        }),
      ),
    ).rejects.toMatchObject({ name: 'UnauthorizedOperation' });
    await expect(ec2.send(new CreateRouteTableCommand({ VpcId: vpc.vpcId }))).rejects.toMatchObject(
      { name: 'UnauthorizedOperation' },
    );
  });
});

describe('parseIpv6Cidr', () => {
  it.each([
    ['::/0', '::/0'],
    ['2001:DB8:0:0:1::5/64', '2001:db8::/64'],
    ['2600:1f18:0:aa00::/56', '2600:1f18:0:aa00::/56'],
    ['::1/128', '::1/128'],
    ['::/129', undefined],
    ['10.0.0.0/8', undefined],
    ['2001:db8::', undefined],
    [':/0', undefined],
  ])('reads %s as %s', (text, expected) => {
    expect(parseIpv6Cidr(text)?.text).toBe(expected);
  });

  it('reads its own spelling back, and a range lies in every wider one', () => {
    fc.assert(
      fc.property(fc.ipV6(), fc.nat(128), fc.nat(128), (address, one, other) => {
        const [wide, narrow] = [Math.min(one, other), Math.max(one, other)];
        const outer = parseIpv6Cidr(`${address}/${wide}`);
        const inner = parseIpv6Cidr(`${address}/${narrow}`);
        fc.pre(outer !== undefined && inner !== undefined);
        expect(parseIpv6Cidr(outer.text)).toEqual(outer);
        expect(containsIpv6(outer, inner)).toBe(true);
        expect(containsIpv6(inner, outer)).toBe(wide === narrow);
      }),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        parseIpv6Cidr(text);
      }),
    );
  });
});
