import {
  CreateStackCommand,
  ListExportsCommand,
  ListImportsCommand,
} from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StackAccount, startStackAccount } from './stack-account.ts';

let stacks: StackAccount;

beforeAll(async () => {
  stacks = await startStackAccount();
  await stacks.create('network', exporting('10.50.0.0/16'));
});

afterAll(() => stacks.close());

function exporting(cidr: string, name = 'cidr'): string {
  return `
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: ${cidr} } }
  Other: { Type: AWS::EC2::InternetGateway }
Outputs:
  Vpc: { Value: !Ref Vpc, Export: { Name: !Sub "\${AWS::StackName}-vpc" } }
  Cidr: { Value: ${cidr}, Export: { Name: !Sub "\${AWS::StackName}-${name}" } }
`;
}

const IMPORTING = `
Parameters:
  Network: { Type: String, Default: network }
Resources:
  Subnet:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: { Fn::ImportValue: !Sub "\${Network}-vpc" }
      CidrBlock: !Select [0, !Cidr [!ImportValue network-cidr, 1, 8]]
`;

describe('exports', () => {
  it('are listed, with the stacks that import them', async () => {
    const { Exports } = await stacks.client.send(new ListExportsCommand({}));
    expect(Exports).toEqual([
      {
        Name: 'network-vpc',
        Value: expect.stringMatching(/^vpc-/),
        ExportingStackId: expect.stringContaining(':stack/network/'),
      },
      { Name: 'network-cidr', Value: '10.50.0.0/16', ExportingStackId: expect.anything() },
    ]);
    await expect(
      stacks.client.send(new ListImportsCommand({ ExportName: 'network-vpc' })),
    ).rejects.toThrow("Export 'network-vpc' is not imported by any stack.");

    expect((await stacks.create('app', IMPORTING)).StackStatus).toBe('CREATE_COMPLETE');

    expect(
      await stacks.client.send(new ListImportsCommand({ ExportName: 'network-vpc' })),
    ).toMatchObject({ Imports: ['app'] });
  });

  it('keep their stack from being deleted while they are imported', async () => {
    const stack = await stacks.remove('network');

    expect(stack).toMatchObject({
      StackStatus: 'CREATE_COMPLETE',
      StackStatusReason: 'Export network-vpc cannot be deleted as it is in use by app',
    });
  });

  it.each([
    ['another value', exporting('10.51.0.0/16'), 'updated'],
    ['another name', exporting('10.50.0.0/16', 'range'), 'deleted'],
  ])('are not given %s while they are imported', async (_what, template, verb) => {
    const stack = await stacks.update('network', template);

    expect(stack.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    const { Exports } = await stacks.client.send(new ListExportsCommand({}));
    expect(Exports?.map(({ Name }) => Name)).toEqual(['network-vpc', 'network-cidr']);
    expect(await stacks.reasons('network')).toContainEqual(
      expect.stringMatching(
        new RegExp(`Export network-\\w+ cannot be ${verb} as it is in use by app`),
      ),
    );
  });

  it('are given once only', async () => {
    const taken = `
Resources:
  Gateway: { Type: AWS::EC2::InternetGateway }
Outputs:
  Vpc: { Value: x, Export: { Name: network-vpc } }
`;
    expect((await stacks.create('twin', taken)).StackStatus).toBe('ROLLBACK_COMPLETE');
    expect(await stacks.reasons('twin')).toContainEqual(
      expect.stringContaining('Export with name network-vpc is already exported by stack network.'),
    );
  });

  it('let their stack go once nobody imports them any more', async () => {
    await stacks.remove('app');

    expect((await stacks.remove('network')).StackStatus).toBe('DELETE_COMPLETE');
    expect((await stacks.client.send(new ListExportsCommand({}))).Exports).toEqual([]);
  });

  it('are missed by whoever imports them when they are gone', async () => {
    expect((await stacks.create('late', IMPORTING)).StackStatus).toBe('ROLLBACK_COMPLETE');
    expect(await stacks.failures('late')).toEqual(['No export named network-vpc found.']);
  });
});

describe('a parameter that names something in the network', () => {
  const template = `
Parameters:
  Vpc: { Type: "AWS::EC2::VPC::Id" }
  Subnets: { Type: "List<AWS::EC2::Subnet::Id>", Default: subnet-071f712345678e7c8 }
  Zone: { Type: "AWS::EC2::AvailabilityZone::Name", Default: us-east-1a }
Resources:
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties: { VpcId: !Ref Vpc, GroupDescription: !Select [0, !Ref Subnets] }
`;
  const of = (values: Readonly<Record<string, string>>) =>
    Object.entries({ Vpc: 'vpc-0a1b2c3d4e5f60001', ...values }).map(([key, value]) => ({
      ParameterKey: key,
      ParameterValue: value,
    }));

  it('is taken where that exists', async () => {
    const stack = await stacks.create('named', template, { Parameters: of({}) });

    expect(stack.StackStatus).toBe('CREATE_COMPLETE');
  });

  it.each([
    [{ Vpc: 'vpc-1' }, 'parameter value vpc-1 for parameter name Vpc does not exist'],
    [
      { Subnets: 'subnet-071f712345678e7c8, subnet-1' },
      'parameter value subnet-1 for parameter name Subnets does not exist',
    ],
    [{ Zone: 'us-east-1z' }, 'parameter value us-east-1z for parameter name Zone does not exist'],
  ])('is refused where it does not: %j', async (values, message) => {
    const Parameters = of(values);
    const command = new CreateStackCommand({
      StackName: 'refused',
      TemplateBody: template,
      Parameters,
    });

    await expect(stacks.client.send(command)).rejects.toMatchObject({
      name: 'ValidationError',
      message: `Parameter validation failed: ${message}`,
    });
  });
});
