import { DeleteFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attachFunction } from '../../samples/sample-network.ts';
import { type StackAccount, startStackAccount } from './stack-account.ts';

const SMALL = `
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.60.0.0/16 } }
  Subnet:
    Type: AWS::EC2::Subnet
    Properties: { VpcId: !Ref Vpc, CidrBlock: 10.60.0.0/24 }
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties: { VpcId: !Ref Vpc, GroupDescription: functions }
`;

let stacks: StackAccount;

beforeAll(async () => {
  stacks = await startStackAccount();
});

afterAll(() => stacks.close());

describe('a network that EC2 refuses', () => {
  it.each([
    [
      'a NAT gateway in a VPC without an internet gateway',
      `${SMALL}
  Address: { Type: AWS::EC2::EIP }
  Nat:
    Type: AWS::EC2::NatGateway
    Properties: { SubnetId: !Ref Subnet, AllocationId: !GetAtt Address.AllocationId }
`,
      /^NatGateway nat-\w+ is in state failed and hence failed to stabilize\. Detailed failure message: Network vpc-\w+ has no Internet gateway attached$/,
    ],
    [
      'a peering of VPCs that overlap',
      `${SMALL}
  Twin: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.60.0.0/16 } }
  Peering:
    Type: AWS::EC2::VPCPeeringConnection
    Properties: { VpcId: !Ref Vpc, PeerVpcId: !Ref Twin }
`,
      /^VPC peering connection pcx-\w+ failed: VPC CIDR blocks overlap$/,
    ],
    [
      'an endpoint of a service that does not exist',
      `${SMALL}
  Endpoint:
    Type: AWS::EC2::VPCEndpoint
    Properties: { VpcId: !Ref Vpc, ServiceName: com.amazonaws.us-east-1.nothing }
`,
      /InvalidServiceName/,
    ],
    [
      'a property that the account does not know',
      `${SMALL}
  Other:
    Type: AWS::EC2::SecurityGroup
    Properties: { VpcId: !Ref Vpc, GroupDescription: x, SecurityGroupIngress: [{ Colour: red }] }
`,
      /unsupported property SecurityGroupIngress\.Colour/,
    ],
    [
      'a rule without another end',
      `${SMALL}
  Rule:
    Type: AWS::EC2::SecurityGroupIngress
    Properties: { GroupId: !Ref Group, IpProtocol: "-1" }
`,
      /MissingParameter/,
    ],
  ])('is taken back: %s', async (what, template, reason) => {
    const name = what.replaceAll(' ', '-');

    const stack = await stacks.create(name, template);

    expect(stack.StackStatus).toBe('ROLLBACK_COMPLETE');
    expect((await stacks.failures(name))[0]).toMatch(reason);
    const ranges = [...stacks.account.network.vpcs.values()].map(({ cidrBlock }) => cidrBlock);
    expect(ranges).not.toContain('10.60.0.0/16');
  });
});

describe('a network with a function in it', () => {
  it('waits until the interfaces of the function are gone, and then goes', async () => {
    await stacks.create('used', SMALL);
    const [subnetId, groupId] = [
      await stacks.physicalId('used', 'Subnet'),
      await stacks.physicalId('used', 'Group'),
    ];
    await attachFunction(stacks.account, 'user', { subnetIds: [subnetId], groupId });
    const lambda = new LambdaClient(stacks.account.settings());
    await lambda.send(new DeleteFunctionCommand({ FunctionName: 'user' }));
    lambda.destroy();

    const stack = await stacks.remove('used');

    expect(stack.StackStatus).toBe('DELETE_COMPLETE');
    const waitedMs = (stack.DeletionTime?.getTime() ?? 0) - (stack.CreationTime?.getTime() ?? 0);
    expect(waitedMs).toBeGreaterThan(10 * 60_000);
  });

  it('gives up where the function stays', async () => {
    await stacks.create('kept', SMALL);
    const [subnetId, groupId] = [
      await stacks.physicalId('kept', 'Subnet'),
      await stacks.physicalId('kept', 'Group'),
    ];
    await attachFunction(stacks.account, 'stays', { subnetIds: [subnetId], groupId });

    const stack = await stacks.remove('kept');
    await stacks.account.advance(180 * 60_000);

    expect(stack.StackName).toBe('kept');
    expect((await stacks.failures(stack.StackId ?? ''))[0]).toContain('DependencyViolation');
  });
});
