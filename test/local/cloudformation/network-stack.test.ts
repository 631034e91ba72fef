import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcPeeringConnectionsCommand,
  DescribeVpcsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StackAccount, startStackAccount } from './stack-account.ts';

let stacks: StackAccount;
let ec2: EC2Client;
let template: string;

beforeAll(async () => {
  stacks = await startStackAccount();
  ec2 = new EC2Client(stacks.account.settings());
  template = await readFile(join(import.meta.dirname, 'network.yaml'), 'utf8');
});

afterAll(async () => {
  ec2.destroy();
  await stacks.close();
});

function given(values: Readonly<Record<string, string>>) {
  return {
    Parameters: Object.entries(values).map(([ParameterKey, ParameterValue]) => ({
      ParameterKey,
      ParameterValue,
    })),
  };
}

async function idOf(logicalId: string): Promise<string> {
  return stacks.physicalId('net', logicalId);
}

async function routesOf(table: string) {
  const RouteTableIds = [await idOf(table)];
  const { RouteTables = [] } = await ec2.send(new DescribeRouteTablesCommand({ RouteTableIds }));
  return RouteTables[0]?.Routes ?? [];
}

async function vpc() {
  const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({ VpcIds: [await idOf('Vpc')] }));
  return Vpcs[0];
}

describe('a network as a stack in YAML', () => {
  it('is made in the order of its references', async () => {
    const stack = await stacks.create('net', template);

    expect(await stacks.failures('net')).toEqual([]);
    expect(stack.StackStatus).toBe('CREATE_COMPLETE');
    const outputs = await stacks.outputs('net');
    expect(outputs).toMatchObject({
      Vpc: expect.stringMatching(/^vpc-[0-9a-f]{17}$/),
      DefaultGroup: expect.stringMatching(/^sg-[0-9a-f]{17}$/),
      Ipv6: expect.stringMatching(/^2600:.*\/56$/),
      SubnetIpv6: expect.stringMatching(/^2600:.*\/64$/),
      Zone: 'us-east-1a',
      Gateway: expect.stringMatching(/^igw-/),
      Attached: 'IGW',
      Address: expect.stringMatching(/^(\d+\.\d+\.\d+\.\d+) \1 eipalloc-[0-9a-f]{17}$/),
      Nat: expect.stringMatching(/^nat-[0-9a-f]{17} eni-[0-9a-f]{17}$/),
      Table: expect.stringMatching(/^rtb-/),
      Route: expect.stringMatching(/^rtb-[0-9a-f]{17}\|0\.0\.0\.0\/0 0\.0\.0\.0\/0$/),
      Association: expect.stringMatching(/^rtbassoc-/),
      Group: expect.stringMatching(/^sg-[0-9a-f]{17} vpc-[0-9a-f]{17}$/),
      Endpoint: expect.stringMatching(/^vpce-[0-9a-f]{17} 2026-11-22T/),
      Interfaces: expect.stringMatching(/^eni-[0-9a-f]{17}$/),
      Peering: expect.stringMatching(/^pcx-/),
      EgressOnly: expect.stringMatching(/^eigw-/),
    });
  });

  it('is what EC2 describes', async () => {
    expect(await vpc()).toMatchObject({
      CidrBlock: '10.20.0.0/16',
      Tags: [
        { Key: 'Name', Value: 'first' },
        { Key: 'first', Value: 'tagged' },
      ],
    });
    const VpcId = await idOf('Vpc');
    const attribute = await ec2.send(
      new DescribeVpcAttributeCommand({ VpcId, Attribute: 'enableDnsHostnames' }),
    );
    expect(attribute).toMatchObject({ EnableDnsHostnames: { Value: true } });
    const { Subnets = [] } = await ec2.send(
      new DescribeSubnetsCommand({ SubnetIds: [await idOf('Public'), await idOf('Private')] }),
    );
    expect(
      Subnets.map(({ CidrBlock, MapPublicIpOnLaunch: isPublic }) => [CidrBlock, isPublic]),
    ).toEqual([
      ['10.20.0.0/24', true],
      ['10.20.1.0/24', false],
    ]);
    expect(await routesOf('PrivateTable')).toContainEqual(
      expect.objectContaining({ NatGatewayId: await idOf('Nat'), State: 'active' }),
    );
    const { VpcPeeringConnections = [] } = await ec2.send(
      new DescribeVpcPeeringConnectionsCommand({
        VpcPeeringConnectionIds: [await idOf('Peering')],
      }),
    );
    expect(VpcPeeringConnections[0]?.Status?.Code).toBe('active');
    const { VpcEndpoints = [] } = await ec2.send(
      new DescribeVpcEndpointsCommand({
        VpcEndpointIds: [await idOf('Storage'), await idOf('Names')],
      }),
    );
    expect(VpcEndpoints).toMatchObject([
      {
        RouteTableIds: [await idOf('PrivateTable')],
        PolicyDocument: expect.stringContaining('s3:first'),
      },
      { State: 'available', SubnetIds: [await idOf('Private')], PrivateDnsEnabled: true },
    ]);
  });

  it('is changed in place where AWS changes in place', async () => {
    const [before, association] = [await idOf('Vpc'), await idOf('PrivateAssociation')];

    const stack = await stacks.update(
      'net',
      template,
      given({ Label: 'second', Hostnames: 'false', Route: 'peering' }),
    );

    expect(await stacks.failures('net')).toEqual([]);
    expect(stack.StackStatus).toBe('UPDATE_COMPLETE');
    expect(await idOf('Vpc')).toBe(before);
    expect((await vpc())?.Tags).toEqual([
      { Key: 'Name', Value: 'second' },
      { Key: 'second', Value: 'tagged' },
    ]);
    expect(await routesOf('PrivateTable')).toContainEqual(
      expect.objectContaining({ VpcPeeringConnectionId: await idOf('Peering'), State: 'active' }),
    );
    expect(await idOf('PrivateAssociation')).not.toBe(association);
    const { VpcEndpoints = [] } = await ec2.send(
      new DescribeVpcEndpointsCommand({ VpcEndpointIds: [await idOf('Storage')] }),
    );
    expect(VpcEndpoints[0]).toMatchObject({
      RouteTableIds: [await idOf('PrivateTable'), await idOf('PublicTable')],
      PolicyDocument: expect.stringContaining('s3:second'),
    });
  });

  it('takes everything back where a replacement is refused', async () => {
    const before = await idOf('Private');

    // The new subnet would have the addresses of the old one, which goes only afterwards.
    const stack = await stacks.update('net', template, given({ Zone: '1' }));

    expect(stack.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await stacks.failures('net')).toEqual([
      expect.stringMatching(/conflicts with another subnet.*InvalidSubnet\.Conflict/),
    ]);
    expect(await idOf('Private')).toBe(before);
    expect((await vpc())?.Tags).toContainEqual({ Key: 'Name', Value: 'second' });
  });

  it('is replaced where AWS replaces', async () => {
    const before = await idOf('Vpc');
    const moved = template
      .replaceAll('10.20.0.0/16', '10.21.0.0/16')
      // A gateway is attached to one VPC at a time, an address serves one gateway at a time.
      .replace(/\bAddress:$/m, 'NewAddress:')
      .replaceAll('Address.AllocationId', 'NewAddress.AllocationId')
      .replace(/ {2}Address: .*\n/, '')
      .replace(/\bGateway:$/m, 'NewGateway:')
      .replaceAll('!Ref Gateway', '!Ref NewGateway')
      .replace('!GetAtt Gateway.', '!GetAtt NewGateway.')
      // A VPC is peered with another once.
      .replace(/ {2}Peering:\n(?: {4}.*\n)+/, '')
      .replace(', !Ref AWS::NoValue, !Ref Peering]', ', !Ref AWS::NoValue, !Ref AWS::NoValue]')
      .replace(/ {2}Peering: .*\n/, '');

    const stack = await stacks.update('net', moved, given({ Zone: '1' }));

    expect((await stacks.failures('net')).slice(1)).toEqual([]);
    expect(stack.StackStatus).toBe('UPDATE_COMPLETE');
    expect(await idOf('Vpc')).not.toBe(before);
    const found = await ec2.send(
      new DescribeVpcsCommand({ Filters: [{ Name: 'vpc-id', Values: [before] }] }),
    );
    expect(found.Vpcs).toEqual([]);
    expect(await stacks.outputs('net')).toMatchObject({ Zone: 'us-east-1b' });
  });

  it('is removed against the order in which it was made', async () => {
    const VpcId = await idOf('Vpc');

    const stack = await stacks.remove('net');

    expect(stack.StackStatus).toBe('DELETE_COMPLETE');
    const found = await ec2.send(
      new DescribeVpcsCommand({ Filters: [{ Name: 'vpc-id', Values: [VpcId] }] }),
    );
    expect(found.Vpcs).toEqual([]);
    expect(stacks.account.network.addresses.size).toBe(1);
  });
});
