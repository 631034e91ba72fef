import {
  AssociateRouteTableCommand,
  CreateRouteTableCommand,
  DeleteRouteTableCommand,
  DescribeRouteTablesCommand,
  DisassociateRouteTableCommand,
  EC2Client,
  ReplaceRouteTableAssociationCommand,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type StartedAccount, startAccount } from '../start-account.ts';

const APPROVED = 'vpc-0a1b2c3d4e5f60001';
const MAIN = 'rtb-0a1b2c3d4e5f6e001';
const PRIVATE = 'rtb-0a1b2c3d4e5f6e002';
const FORBIDDEN_MAIN = 'rtb-0f0e0d0c0b0a0e001';
const LAB = 'subnet-0a1b2c3d4e5f6b001';
const PRIVATE_A = 'subnet-071f712345678e7c8';
const PRIVATE_A_ASSOCIATION = 'rtbassoc-071f712345678e7c8';
const MAIN_ASSOCIATION = 'rtbassoc-0a1b2c3d4e5f6e001';

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

async function associationsOf(routeTableId: string) {
  const { RouteTables } = await ec2.send(
    new DescribeRouteTablesCommand({ RouteTableIds: [routeTableId] }),
  );
  return RouteTables?.[0]?.Associations ?? [];
}

async function createTable(): Promise<string> {
  const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId: APPROVED }));
  return RouteTable?.RouteTableId ?? '';
}

describe('CreateRouteTable', () => {
  it('makes a table with its local route only, and records it', async () => {
    const { RouteTable } = await ec2.send(
      new CreateRouteTableCommand({
        VpcId: APPROVED,
        TagSpecifications: [
          { ResourceType: 'route-table', Tags: [{ Key: 'Name', Value: 'mine' }] },
        ],
      }),
    );

    expect(RouteTable).toMatchObject({
      VpcId: APPROVED,
      OwnerId: '123456789012',
      Routes: [
        {
          DestinationCidrBlock: '172.31.0.0/16',
          GatewayId: 'local',
          Origin: 'CreateRouteTable',
          State: 'active',
        },
      ],
      Tags: [{ Key: 'Name', Value: 'mine' }],
    });
    expect(RouteTable?.Associations ?? []).toEqual([]);
    expect(account.records('CreateRouteTable')).toMatchObject([
      {
        readOnly: false,
        managementEvent: true,
        requestParameters: { vpcId: APPROVED },
        responseElements: {
          routeTable: {
            routeTableId: RouteTable?.RouteTableId,
            associationSet: {},
            routeSet: { items: [{ gatewayId: 'local', state: 'active' }] },
          },
        },
      },
    ]);
  });

  it('refuses a VPC that does not exist', async () => {
    await expect(ec2.send(new CreateRouteTableCommand({ VpcId: 'vpc-0' }))).rejects.toMatchObject({
      name: 'InvalidVpcID.NotFound',
    });
  });
});

describe('DeleteRouteTable', () => {
  it('removes a table that nothing is associated with', async () => {
    const RouteTableId = await createTable();

    await ec2.send(new DeleteRouteTableCommand({ RouteTableId }));

    expect(account.network.routeTables.has(RouteTableId)).toBe(false);
    expect(account.records('DeleteRouteTable')).toMatchObject([
      {
        requestParameters: { routeTableId: RouteTableId },
        responseElements: { _return: true },
      },
    ]);
  });

  it.each([
    ['the main table', MAIN, 'DependencyViolation'],
    ['a table of subnets', PRIVATE, 'DependencyViolation'],
    ['a table that does not exist', 'rtb-0', 'InvalidRouteTableID.NotFound'],
  ])('refuses %s', async (_case, RouteTableId, name) => {
    await expect(ec2.send(new DeleteRouteTableCommand({ RouteTableId }))).rejects.toMatchObject({
      name,
    });
  });
});

describe('AssociateRouteTable', () => {
  it('takes a subnet from the main table', async () => {
    const { AssociationId, AssociationState } = await ec2.send(
      new AssociateRouteTableCommand({ RouteTableId: PRIVATE, SubnetId: LAB }),
    );

    expect(AssociationState).toEqual({ State: 'associated' });
    expect(await associationsOf(PRIVATE)).toContainEqual({
      RouteTableAssociationId: AssociationId,
      RouteTableId: PRIVATE,
      Main: false,
      SubnetId: LAB,
      AssociationState: { State: 'associated' },
    });
    expect(account.records('AssociateRouteTable')).toMatchObject([
      {
        requestParameters: { routeTableId: PRIVATE, subnetId: LAB },
        responseElements: { associationId: AssociationId },
      },
    ]);
  });

  it.each([
    [
      { RouteTableId: MAIN, SubnetId: PRIVATE_A },
      'Resource.AlreadyAssociated',
      `the specified association for route table ${MAIN} conflicts with an existing association`,
    ],
    [
      { RouteTableId: FORBIDDEN_MAIN, SubnetId: LAB },
      'InvalidParameterValue',
      `Route table ${FORBIDDEN_MAIN} and subnet ${LAB} belong to different networks`,
    ],
    [
      { RouteTableId: 'rtb-0', SubnetId: LAB },
      'InvalidRouteTableID.NotFound',
      "The routeTable ID 'rtb-0' does not exist",
    ],
    [
      { RouteTableId: MAIN, SubnetId: 'subnet-0' },
      'InvalidSubnetID.NotFound',
      "The subnet ID 'subnet-0' does not exist",
    ],
    [
      { RouteTableId: MAIN },
      'MissingParameter',
      'The request must contain the parameter subnetId or gatewayId',
    ],
    [
      { RouteTableId: MAIN, GatewayId: 'igw-0a1b2c3d4e5f6c002' },
      'UnsupportedOperation',
      'The functionality you requested is not available in this region.',
    ],
  ])('refuses %j', async (input, name, message) => {
    const asked = ec2.send(new AssociateRouteTableCommand(input));

    await expect(asked).rejects.toMatchObject({ name, message });
  });

  it('needs the permission on table and subnet', async () => {
    const allowed = {
      Effect: 'Allow',
      Action: 'ec2:AssociateRouteTable',
      Resource: `arn:aws:ec2:us-east-1:123456789012:route-table/${PRIVATE}`,
    };
    const user = new EC2Client(account.settings(account.user('ann', allowed)));

    const asked = user.send(
      new AssociateRouteTableCommand({ RouteTableId: PRIVATE, SubnetId: LAB }),
    );

    await expect(asked).rejects.toMatchObject({
      name: 'UnauthorizedOperation',
      message: expect.stringContaining(`subnet/${LAB}`) as string,
    });
  });
});

describe('DisassociateRouteTable', () => {
  it('gives the subnet back to the main table', async () => {
    await ec2.send(new DisassociateRouteTableCommand({ AssociationId: PRIVATE_A_ASSOCIATION }));

    const tables = await ec2.send(
      new DescribeRouteTablesCommand({
        Filters: [{ Name: 'association.subnet-id', Values: [PRIVATE_A] }],
      }),
    );
    expect(tables.RouteTables ?? []).toEqual([]);
    expect(account.records('DisassociateRouteTable')).toMatchObject([
      { requestParameters: { associationId: PRIVATE_A_ASSOCIATION } },
    ]);
  });

  it.each([
    [
      MAIN_ASSOCIATION,
      'InvalidParameterValue',
      `cannot disassociate the main route table association ${MAIN_ASSOCIATION}`,
    ],
    [
      'rtbassoc-0',
      'InvalidAssociationID.NotFound',
      "The association ID 'rtbassoc-0' does not exist",
    ],
  ])('refuses %s', async (AssociationId, name, message) => {
    const asked = ec2.send(new DisassociateRouteTableCommand({ AssociationId }));

    await expect(asked).rejects.toMatchObject({ name, message });
  });
});

describe('ReplaceRouteTableAssociation', () => {
  it('makes another table the main one, under a new id', async () => {
    const RouteTableId = await createTable();

    const { NewAssociationId } = await ec2.send(
      new ReplaceRouteTableAssociationCommand({ AssociationId: MAIN_ASSOCIATION, RouteTableId }),
    );

    expect(NewAssociationId).not.toBe(MAIN_ASSOCIATION);
    expect(await associationsOf(RouteTableId)).toMatchObject([
      { Main: true, RouteTableAssociationId: NewAssociationId },
    ]);
    expect(await associationsOf(MAIN)).toEqual([]);
    expect(account.records('ReplaceRouteTableAssociation')).toMatchObject([
      {
        requestParameters: { associationId: MAIN_ASSOCIATION, routeTableId: RouteTableId },
        responseElements: { newAssociationId: NewAssociationId },
      },
    ]);
  });

  it('moves a subnet to another table', async () => {
    const RouteTableId = await createTable();

    await ec2.send(
      new ReplaceRouteTableAssociationCommand({
        AssociationId: PRIVATE_A_ASSOCIATION,
        RouteTableId,
      }),
    );

    expect(await associationsOf(RouteTableId)).toMatchObject([{ SubnetId: PRIVATE_A }]);
    expect(await associationsOf(PRIVATE)).toHaveLength(1);
  });

  it.each([
    [
      { AssociationId: 'rtbassoc-0', RouteTableId: PRIVATE },
      'InvalidAssociationID.NotFound',
      "The association ID 'rtbassoc-0' does not exist",
    ],
    [
      { AssociationId: MAIN_ASSOCIATION, RouteTableId: 'rtb-0' },
      'InvalidRouteTableID.NotFound',
      "The routeTable ID 'rtb-0' does not exist",
    ],
    [
      { AssociationId: MAIN_ASSOCIATION, RouteTableId: FORBIDDEN_MAIN },
      'InvalidParameterValue',
      `Route table ${FORBIDDEN_MAIN} and association ${MAIN_ASSOCIATION} belong to different networks`,
    ],
  ])('refuses %j', async (input, name, message) => {
    const asked = ec2.send(new ReplaceRouteTableAssociationCommand(input));

    await expect(asked).rejects.toMatchObject({ name, message });
  });
});
