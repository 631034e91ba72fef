import {
  CreateEgressOnlyInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateRouteCommand,
  type CreateRouteCommandInput,
  DeleteEgressOnlyInternetGatewayCommand,
  DeleteRouteCommand,
  DescribeRouteTablesCommand,
  EC2Client,
  ReplaceRouteCommand,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type StartedAccount, startAccount } from '../start-account.ts';

const APPROVED = 'vpc-0a1b2c3d4e5f60001';
const MAIN = 'rtb-0a1b2c3d4e5f6e001';
const PRIVATE = 'rtb-0a1b2c3d4e5f6e002';
const FORBIDDEN_MAIN = 'rtb-0f0e0d0c0b0a0e001';
const INTERNET = 'igw-0a1b2c3d4e5f6c002';
const NAT = 'nat-0a1b2c3d4e5f6c001';
const S3 = 'vpce-0a1b2c3d4e5f6c005';

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

async function routesOf(routeTableId: string) {
  const { RouteTables } = await ec2.send(
    new DescribeRouteTablesCommand({ RouteTableIds: [routeTableId] }),
  );
  return RouteTables?.[0]?.Routes ?? [];
}

const toInternet: CreateRouteCommandInput = {
  RouteTableId: MAIN,
  DestinationCidrBlock: '0.0.0.0/0',
  GatewayId: INTERNET,
};

describe('CreateRoute', () => {
  it('adds a route in canonical form, and records what was asked', async () => {
    const { Return } = await ec2.send(
      new CreateRouteCommand({
        RouteTableId: MAIN,
        DestinationCidrBlock: '100.68.0.18/18',
        NatGatewayId: NAT,
      }),
    );

    expect(Return).toBe(true);
    expect(await routesOf(MAIN)).toContainEqual({
      DestinationCidrBlock: '100.68.0.0/18',
      NatGatewayId: NAT,
      Origin: 'CreateRoute',
      State: 'active',
    });
    expect(account.records('CreateRoute')).toMatchObject([
      {
        requestParameters: {
          routeTableId: MAIN,
          destinationCidrBlock: '100.68.0.18/18',
          natGatewayId: NAT,
        },
        responseElements: { _return: true },
      },
    ]);
  });

  it('leads IPv6 out through an egress-only gateway, until that is deleted', async () => {
    const { EgressOnlyInternetGateway } = await ec2.send(
      new CreateEgressOnlyInternetGatewayCommand({ VpcId: APPROVED }),
    );
    const { EgressOnlyInternetGatewayId = '' } = EgressOnlyInternetGateway ?? {};
    const route = { DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId };

    await ec2.send(new CreateRouteCommand({ RouteTableId: MAIN, ...route }));
    const before = await routesOf(MAIN);
    await ec2.send(new DeleteEgressOnlyInternetGatewayCommand({ EgressOnlyInternetGatewayId }));

    expect(before).toContainEqual({ ...route, Origin: 'CreateRoute', State: 'active' });
    expect(await routesOf(MAIN)).toContainEqual({
      ...route,
      Origin: 'CreateRoute',
      State: 'blackhole',
    });
    await expect(
      ec2.send(
        new CreateRouteCommand({
          RouteTableId: MAIN,
          DestinationIpv6CidrBlock: '2001:db8::/32',
          EgressOnlyInternetGatewayId,
        }),
      ),
    ).rejects.toMatchObject({ name: 'InvalidGatewayID.NotFound' });
  });

  it('leads to a prefix list', async () => {
    await ec2.send(
      new CreateRouteCommand({
        RouteTableId: MAIN,
        DestinationPrefixListId: 'pl-63a5400a',
        NatGatewayId: NAT,
      }),
    );

    expect(await routesOf(MAIN)).toContainEqual(
      expect.objectContaining({ DestinationPrefixListId: 'pl-63a5400a', NatGatewayId: NAT }),
    );
  });

  it.each<[object, string, string]>([
    [
      { ...toInternet, RouteTableId: 'rtb-0' },
      'InvalidRouteTableID.NotFound',
      "The routeTable ID 'rtb-0' does not exist",
    ],
    [
      { ...toInternet, RouteTableId: PRIVATE },
      'RouteAlreadyExists',
      'The route identified by 0.0.0.0/0 already exists.',
    ],
    [
      { ...toInternet, DestinationCidrBlock: '172.31.0.0/16' },
      'RouteAlreadyExists',
      'The route identified by 172.31.0.0/16 already exists.',
    ],
    [
      { ...toInternet, DestinationCidrBlock: 'everywhere' },
      'InvalidParameterValue',
      'Value (everywhere) for parameter destinationCidrBlock is invalid. This is not a valid CIDR block.',
    ],
    [
      { RouteTableId: MAIN, DestinationIpv6CidrBlock: '::/129', GatewayId: INTERNET },
      'InvalidParameterValue',
      'Value (::/129) for parameter destinationIpv6CidrBlock is invalid. This is not a valid CIDR block.',
    ],
    [
      { RouteTableId: MAIN, DestinationPrefixListId: 'pl-0', GatewayId: INTERNET },
      'InvalidPrefixListId.NotFound',
      "The prefix list ID 'pl-0' does not exist",
    ],
    [
      { RouteTableId: MAIN, GatewayId: INTERNET },
      'MissingParameter',
      'The request must contain the parameter destinationCidrBlock or destinationIpv6CidrBlock',
    ],
    [
      { ...toInternet, DestinationIpv6CidrBlock: '::/0' },
      'InvalidParameterCombination',
      'The request must contain exactly one destination',
    ],
    [
      { RouteTableId: MAIN, DestinationCidrBlock: '0.0.0.0/0' },
      'MissingParameter',
      'The request must contain the parameter gatewayId, natGatewayId, networkInterfaceId, vpcPeeringConnectionId, egressOnlyInternetGatewayId, transitGatewayId, instanceId',
    ],
    [
      { ...toInternet, NatGatewayId: NAT },
      'InvalidParameterCombination',
      'The request must contain exactly one target',
    ],
    [
      { ...toInternet, GatewayId: undefined, CarrierGatewayId: 'cagw-0' },
      'UnsupportedOperation',
      'The functionality you requested is not available in this region.',
    ],
    [
      { ...toInternet, GatewayId: 'igw-0' },
      'InvalidGatewayID.NotFound',
      "The gateway ID 'igw-0' does not exist",
    ],
    [
      { ...toInternet, GatewayId: NAT },
      'InvalidGatewayID.NotFound',
      `The gateway ID '${NAT}' does not exist`,
    ],
    [
      { ...toInternet, GatewayId: S3 },
      'InvalidGatewayID.NotFound',
      `The gateway ID '${S3}' does not exist`,
    ],
    [
      { ...toInternet, GatewayId: undefined, NatGatewayId: 'nat-0' },
      'InvalidNatGatewayID.NotFound',
      "The natGateway ID 'nat-0' does not exist",
    ],
    [
      { ...toInternet, GatewayId: undefined, VpcPeeringConnectionId: 'pcx-0' },
      'InvalidVpcPeeringConnectionID.NotFound',
      "The vpcPeeringConnection ID 'pcx-0' does not exist",
    ],
    [
      { ...toInternet, GatewayId: undefined, TransitGatewayId: 'tgw-0' },
      'InvalidTransitGatewayID.NotFound',
      'Transit Gateway tgw-0 was deleted or does not exist.',
    ],
    [
      { ...toInternet, GatewayId: undefined, InstanceId: 'i-0' },
      'InvalidInstanceID.NotFound',
      "The instance ID 'i-0' does not exist",
    ],
    [
      { ...toInternet, GatewayId: undefined, NetworkInterfaceId: 'eni-0' },
      'InvalidNetworkInterfaceID.NotFound',
      "The networkInterface ID 'eni-0' does not exist",
    ],
    [
      { ...toInternet, RouteTableId: FORBIDDEN_MAIN },
      'InvalidParameterValue',
      `route table ${FORBIDDEN_MAIN} and network gateway ${INTERNET} belong to different networks`,
    ],
    [
      { RouteTableId: undefined, DestinationCidrBlock: '0.0.0.0/0', GatewayId: INTERNET },
      'MissingParameter',
      'The request must contain the parameter routeTableId',
    ],
  ])('refuses %j', async (input, name, message) => {
    const asked = ec2.send(new CreateRouteCommand(input as CreateRouteCommandInput));

    await expect(asked).rejects.toMatchObject({ name, message });
  });

  it('refuses a gateway that is attached to no VPC', async () => {
    const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
    const GatewayId = InternetGateway?.InternetGatewayId;

    await expect(
      ec2.send(new CreateRouteCommand({ ...toInternet, GatewayId })),
    ).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });

  it('refuses IPv4 through an egress-only gateway', async () => {
    const { EgressOnlyInternetGateway: made } = await ec2.send(
      new CreateEgressOnlyInternetGatewayCommand({ VpcId: APPROVED }),
    );

    const asked = ec2.send(
      new CreateRouteCommand({
        RouteTableId: MAIN,
        DestinationCidrBlock: '0.0.0.0/0',
        EgressOnlyInternetGatewayId: made?.EgressOnlyInternetGatewayId,
      }),
    );

    await expect(asked).rejects.toThrow('only supports IPv6 destinations');
  });

  it('is refused to a user who may change another table only', async () => {
    const allowed = {
      Effect: 'Allow',
      Action: 'ec2:CreateRoute',
      Resource: `arn:aws:ec2:us-east-1:123456789012:route-table/${PRIVATE}`,
    };
    const user = new EC2Client(account.settings(account.user('ann', allowed)));

    await expect(user.send(new CreateRouteCommand(toInternet))).rejects.toMatchObject({
      name: 'UnauthorizedOperation',
      message: expect.stringContaining(`route-table/${MAIN}`) as string,
    });
    expect(account.records('CreateRoute')).toMatchObject([
      { errorCode: 'Client.UnauthorizedOperation', responseElements: null },
    ]);
  });

  it('changes nothing on a dry run', async () => {
    const asked = ec2.send(new CreateRouteCommand({ ...toInternet, DryRun: true }));

    await expect(asked).rejects.toMatchObject({ name: 'DryRunOperation' });
    expect(await routesOf(MAIN)).toHaveLength(1);
  });
});

describe('a route that is there already', () => {
  it('names instances and interfaces where it leads to them', async () => {
    const table = account.network.routeTables.get(MAIN);
    const leadTo = (destination: string, target: string) =>
      ({ destination, target, origin: 'CreateRoute' }) as const;
    if (table !== undefined) {
      const routes = [leadTo('0.0.0.0/0', 'i-0'), leadTo('10.0.0.0/8', 'eni-0')];
      account.network.routeTables.set(MAIN, { ...table, routes });
    }

    expect(await routesOf(MAIN)).toMatchObject([
      { InstanceId: 'i-0', State: 'active' },
      { NetworkInterfaceId: 'eni-0', State: 'active' },
    ]);
  });
});

describe('ReplaceRoute', () => {
  it('changes where a route leads to', async () => {
    const input = { RouteTableId: PRIVATE, DestinationCidrBlock: '0.0.0.0/0' };

    await ec2.send(new ReplaceRouteCommand({ ...input, GatewayId: INTERNET }));

    expect(await routesOf(PRIVATE)).toContainEqual({
      DestinationCidrBlock: '0.0.0.0/0',
      GatewayId: INTERNET,
      Origin: 'CreateRoute',
      State: 'active',
    });
    expect(account.records('ReplaceRoute')).toMatchObject([
      {
        requestParameters: { routeTableId: PRIVATE, gatewayId: INTERNET },
        responseElements: { _return: true },
      },
    ]);
  });

  it('leads back to the VPC itself', async () => {
    const input = { RouteTableId: MAIN, DestinationCidrBlock: '172.31.0.0/16' };

    await ec2.send(new ReplaceRouteCommand({ ...input, NatGatewayId: NAT }));
    await ec2.send(new ReplaceRouteCommand({ ...input, LocalTarget: true }));

    expect(await routesOf(MAIN)).toMatchObject([{ GatewayId: 'local' }]);
  });

  it.each([
    [
      { DestinationCidrBlock: '10.0.0.0/8', NatGatewayId: NAT },
      'InvalidParameterValue',
      "There is no route defined for '10.0.0.0/8' in the route table. Use CreateRoute instead.",
    ],
    [
      { DestinationPrefixListId: 'pl-63a5400a', NatGatewayId: NAT },
      'InvalidParameterValue',
      `cannot modify VPC endpoint route ${S3} in route table ${PRIVATE}`,
    ],
    [
      { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-0' },
      'InvalidGatewayID.NotFound',
      "The gateway ID 'igw-0' does not exist",
    ],
  ])('refuses %j', async (input, name, message) => {
    const asked = ec2.send(new ReplaceRouteCommand({ RouteTableId: PRIVATE, ...input }));

    await expect(asked).rejects.toMatchObject({ name, message });
  });
});

describe('DeleteRoute', () => {
  it('removes a route', async () => {
    await ec2.send(
      new DeleteRouteCommand({ RouteTableId: PRIVATE, DestinationCidrBlock: '0.0.0.0/0' }),
    );

    expect(await routesOf(PRIVATE)).toHaveLength(3);
    expect(account.records('DeleteRoute')).toMatchObject([
      { requestParameters: { routeTableId: PRIVATE, destinationCidrBlock: '0.0.0.0/0' } },
    ]);
  });

  it.each([
    [
      { DestinationCidrBlock: '10.0.0.0/8' },
      'InvalidRoute.NotFound',
      `no route with destination-cidr-block 10.0.0.0/8 in route table ${PRIVATE}`,
    ],
    [
      { DestinationCidrBlock: '172.31.0.0/16' },
      'InvalidParameterValue',
      `cannot remove local route 172.31.0.0/16 in route table ${PRIVATE}`,
    ],
    [
      { DestinationPrefixListId: 'pl-63a5400a' },
      'InvalidParameterValue',
      `cannot remove VPC endpoint route ${S3} in route table ${PRIVATE}`,
    ],
  ])('refuses %j', async (input, name, message) => {
    const asked = ec2.send(new DeleteRouteCommand({ RouteTableId: PRIVATE, ...input }));

    await expect(asked).rejects.toMatchObject({ name, message });
  });
});
