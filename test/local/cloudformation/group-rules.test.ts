import {
  AssociateVpcCidrBlockCommand,
  DescribeSecurityGroupRulesCommand,
  EC2Client,
  type SecurityGroupRule,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StackAccount, startStackAccount } from './stack-account.ts';

const APPROVED = 'vpc-0a1b2c3d4e5f60001';
const ALL_OUT = 'out -1 0.0.0.0/0';

let stacks: StackAccount;
let ec2: EC2Client;

beforeAll(async () => {
  stacks = await startStackAccount();
  ec2 = new EC2Client(stacks.account.settings());
});

afterAll(async () => {
  ec2.destroy();
  await stacks.close();
});

function wordsOf(rule: SecurityGroupRule): string {
  const { CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupInfo, Description } = rule;
  const peer = CidrIpv4 ?? CidrIpv6 ?? PrefixListId ?? ReferencedGroupInfo?.GroupId;
  const ports = rule.IpProtocol === '-1' ? '' : ` ${rule.FromPort}-${rule.ToPort}`;
  const words = `${rule.IsEgress === true ? 'out' : 'in'} ${rule.IpProtocol}${ports} ${peer}`;
  return Description === undefined ? words : `${words} (${Description})`;
}

async function rulesOf(stack: string, logicalId: string): Promise<readonly string[]> {
  const Filters = [{ Name: 'group-id', Values: [await stacks.physicalId(stack, logicalId)] }];
  const { SecurityGroupRules = [] } = await ec2.send(
    new DescribeSecurityGroupRulesCommand({ Filters }),
  );
  return SecurityGroupRules.map(wordsOf).sort();
}

/** A stack of one group, with properties of it and further resources. */
const withGroup = (properties: object, others: object = {}) => ({
  Resources: {
    Group: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: { VpcId: APPROVED, GroupDescription: 'one', ...properties },
    },
    ...others,
  },
});

const https = { IpProtocol: 'tcp', FromPort: '443', ToPort: 443 };

describe('the rules within a group of a template', () => {
  it('are made with it; with outbound ones not all goes out any more', async () => {
    await stacks.create('plain', withGroup({ SecurityGroupEgress: [] }));
    const stack = await stacks.create(
      'ruled',
      withGroup({
        SecurityGroupIngress: [
          { ...https, CidrIp: '10.0.0.0/8', Description: 'offices' },
          {
            ...https,
            SourceSecurityGroupId: 'sg-0a1b2c3d4e5f6d001',
            SourceSecurityGroupOwnerId: '123456789012',
          },
        ],
        SecurityGroupEgress: [
          { ...https, CidrIpv6: '::/0' },
          { ...https, DestinationPrefixListId: 'pl-63a5400a' },
        ],
      }),
    );

    expect(stack.StackStatus).toBe('CREATE_COMPLETE');
    expect(await rulesOf('plain', 'Group')).toEqual([ALL_OUT]);
    expect(await rulesOf('ruled', 'Group')).toEqual([
      'in tcp 443-443 10.0.0.0/8 (offices)',
      'in tcp 443-443 sg-0a1b2c3d4e5f6d001',
      'out tcp 443-443 ::/0',
      'out tcp 443-443 pl-63a5400a',
    ]);
  });

  it('change with the template; what is taken away is not allowed again', async () => {
    const first = { SecurityGroupIngress: [{ ...https, CidrIp: '10.0.0.0/8' }] };
    await stacks.create('changed', withGroup(first));
    const id = await stacks.physicalId('changed', 'Group');
    await stacks.update(
      'changed',
      withGroup({ SecurityGroupEgress: [{ ...https, CidrIp: '0.0.0.0/0' }] }),
    );
    const narrow = await rulesOf('changed', 'Group');
    await stacks.update('changed', withGroup({}));

    expect(narrow).toEqual(['out tcp 443-443 0.0.0.0/0']);
    expect(await rulesOf('changed', 'Group')).toEqual([]);
    expect(await stacks.physicalId('changed', 'Group')).toBe(id);
  });

  it('are all of what goes out in a VPC with IPv6 too', async () => {
    await ec2.send(
      new AssociateVpcCidrBlockCommand({ VpcId: APPROVED, AmazonProvidedIpv6CidrBlock: true }),
    );
    await stacks.create(
      'dual',
      withGroup({ SecurityGroupEgress: [{ ...https, CidrIp: '0.0.0.0/0' }] }),
    );

    expect(await rulesOf('dual', 'Group')).toEqual(['out tcp 443-443 0.0.0.0/0']);
  });

  it('take the group with them where they are refused', async () => {
    const before = stacks.account.network.securityGroups.size;

    const stack = await stacks.create(
      'refused',
      withGroup({ SecurityGroupIngress: [{ ...https, CidrIp: 'everywhere' }] }),
    );

    expect(stack.StackStatus).toBe('ROLLBACK_COMPLETE');
    expect((await stacks.failures('refused'))[0]).toMatch(
      /malformed.*InvalidPermission\.Malformed/,
    );
    expect(stacks.account.network.securityGroups.size).toBe(before);
  });
});

describe('rules by themselves', () => {
  const Peer = {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: { VpcId: APPROVED, GroupDescription: 'peer' },
  };
  const In = (more: object) => ({
    Type: 'AWS::EC2::SecurityGroupIngress',
    Properties: {
      GroupId: { Ref: 'Group' },
      SourceSecurityGroupId: { Ref: 'Peer' },
      ...https,
      ...more,
    },
  });
  const Out = (more: object) => ({
    Type: 'AWS::EC2::SecurityGroupEgress',
    Properties: {
      GroupId: { Ref: 'Peer' },
      DestinationSecurityGroupId: { Ref: 'Group' },
      ...https,
      ...more,
    },
  });

  it('let groups refer to each other, and leave what goes out from the start', async () => {
    const stack = await stacks.create('pair', {
      ...withGroup({ GroupName: 'pair' }, { Peer, In: In({}), Out: Out({}) }),
      Outputs: { Rule: { Value: { 'Fn::GetAtt': ['In', 'Id'] } } },
    });

    expect(stack.StackStatus).toBe('CREATE_COMPLETE');
    const [group, peer] = [
      await stacks.physicalId('pair', 'Group'),
      await stacks.physicalId('pair', 'Peer'),
    ];
    expect(await rulesOf('pair', 'Group')).toEqual(
      [`in tcp 443-443 ${peer}`, ALL_OUT, 'out -1 ::/0'].sort(),
    );
    expect(await rulesOf('pair', 'Peer')).toContain(`out tcp 443-443 ${group}`);
    expect(await stacks.outputs('pair')).toMatchObject({
      Rule: await stacks.physicalId('pair', 'In'),
    });
  });

  it('are described anew in place, else made anew, and go before their groups', async () => {
    const id = await stacks.physicalId('pair', 'In');
    await stacks.update(
      'pair',
      withGroup({ GroupName: 'pair' }, { Peer, In: In({ Description: 'why' }), Out: Out({}) }),
    );
    const described = await stacks.physicalId('pair', 'In');
    const words = await rulesOf('pair', 'Group');
    await stacks.update(
      'pair',
      withGroup({ GroupName: 'pair' }, { Peer, In: In({ ToPort: 444 }), Out: Out({}) }),
    );

    expect(described).toBe(id);
    expect(words[0]).toMatch(/\(why\)$/);
    expect(await stacks.physicalId('pair', 'In')).not.toBe(id);
    expect(await stacks.failures('pair')).toEqual([]);
    expect((await stacks.remove('pair')).StackStatus).toBe('DELETE_COMPLETE');
  });
});
