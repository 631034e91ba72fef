import {
  AssociateVpcCidrBlockCommand,
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  CreateVpcCommand,
  DeleteSecurityGroupCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
  type IpPermission,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
  UpdateSecurityGroupRuleDescriptionsIngressCommand,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StartedAccount, startAccount } from '../start-account.ts';

const APPROVED = 'vpc-0a1b2c3d4e5f60001';
const FORBIDDEN = 'vpc-0f0e0d0c0b0a00002';
const FUNCTIONS = 'sg-085912345678492fb';
const DEFAULT = 'sg-0a1b2c3d4e5f6d001';
const FORBIDDEN_GROUP = 'sg-0f0e0d0c0b0a0f0a1';
const S3_LIST = 'pl-63a5400a';
const ACCOUNT = '123456789012';

let account: StartedAccount;
let ec2: EC2Client;
let names = 0;

beforeAll(async () => {
  account = await startAccount();
  ec2 = new EC2Client(account.settings());
});

afterAll(async () => {
  ec2.destroy();
  await account.stop();
});

async function newGroup(VpcId = APPROVED): Promise<string> {
  names += 1;
  const made = await ec2.send(
    new CreateSecurityGroupCommand({ VpcId, GroupName: `group-${names}`, Description: 'one' }),
  );
  return made.GroupId ?? '';
}

async function read(id: string) {
  const found = await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [id] }));
  const { IpPermissions, IpPermissionsEgress } = found.SecurityGroups?.[0] ?? {};
  return { in: IpPermissions, out: IpPermissionsEgress };
}

async function rulesOf(id: string) {
  const Filters = [{ Name: 'group-id', Values: [id] }];
  const found = await ec2.send(new DescribeSecurityGroupRulesCommand({ Filters }));
  return found.SecurityGroupRules ?? [];
}

const letIn = (GroupId: string, ...IpPermissions: IpPermission[]) =>
  ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));

const tcp = (port: number, more: Partial<IpPermission>): IpPermission => ({
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: port,
  ...more,
});

const from = (CidrIp: string) => ({ IpRanges: [{ CidrIp }] });

const NOBODY_ELSE = { Ipv6Ranges: [], PrefixListIds: [], UserIdGroupPairs: [] };
const ALL_OUT = { IpProtocol: '-1', ...from('0.0.0.0/0'), ...NOBODY_ELSE };

describe('the rules of a group from the start', () => {
  it('let all out of a new group, and nothing in', async () => {
    expect(await read(await newGroup())).toEqual({ in: [], out: [ALL_OUT] });
  });

  it('let into a default group what it sends itself', async () => {
    const itself = [{ GroupId: DEFAULT, UserId: ACCOUNT }];

    expect(await read(DEFAULT)).toEqual({
      in: [{ IpProtocol: '-1', ...NOBODY_ELSE, IpRanges: [], UserIdGroupPairs: itself }],
      out: [ALL_OUT],
    });
    expect(await rulesOf(FUNCTIONS)).toEqual([
      {
        SecurityGroupRuleId: 'sgr-0e5912345678492fb',
        SecurityGroupRuleArn: `arn:aws:ec2:us-east-1:${ACCOUNT}:security-group-rule/sgr-0e5912345678492fb`,
        GroupId: FUNCTIONS,
        GroupOwnerId: ACCOUNT,
        IsEgress: true,
        IpProtocol: '-1',
        FromPort: -1,
        ToPort: -1,
        CidrIpv4: '0.0.0.0/0',
        Tags: [],
      },
    ]);
  });

  it('let all out by IPv6 too in a VPC that has a block', async () => {
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.1.0.0/16' }));
    const { VpcId = '' } = Vpc ?? {};
    const Filters = [{ Name: 'vpc-id', Values: [VpcId] }];
    const before = await ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
    await ec2.send(new AssociateVpcCidrBlockCommand({ VpcId, AmazonProvidedIpv6CidrBlock: true }));

    const { out } = await read(await newGroup(VpcId));

    expect(before.SecurityGroups?.[0]?.IpPermissionsEgress).toEqual([ALL_OUT]);
    expect(out).toEqual([{ ...ALL_OUT, Ipv6Ranges: [{ CidrIpv6: '::/0' }] }]);
  });
});

describe('AuthorizeSecurityGroupIngress and -Egress', () => {
  it('add one rule for each other end, and describe them by protocol and ports', async () => {
    const [GroupId, other] = [await newGroup(), await newGroup()];

    const { Return, SecurityGroupRules } = await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId,
        IpPermissions: [
          tcp(443, {
            IpRanges: [{ CidrIp: '10.1.2.3/16', Description: 'offices' }],
            Ipv6Ranges: [{ CidrIpv6: '2600:0:0::/16' }],
            PrefixListIds: [{ PrefixListId: S3_LIST }],
            UserIdGroupPairs: [{ GroupId: other, UserId: ACCOUNT, Description: 'the other' }],
          }),
        ],
        TagSpecifications: [
          { ResourceType: 'security-group-rule', Tags: [{ Key: 'Name', Value: 'web' }] },
        ],
      }),
    );

    expect(Return).toBe(true);
    expect(SecurityGroupRules).toMatchObject([
      { CidrIpv4: '10.1.0.0/16', Description: 'offices', Tags: [{ Key: 'Name', Value: 'web' }] },
      { CidrIpv6: '2600::/16', IsEgress: false, FromPort: 443, ToPort: 443 },
      { PrefixListId: S3_LIST },
      {
        ReferencedGroupInfo: { GroupId: other, UserId: ACCOUNT, VpcId: APPROVED },
        Description: 'the other',
      },
    ]);
    expect((await read(GroupId)).in).toEqual([
      tcp(443, {
        IpRanges: [{ CidrIp: '10.1.0.0/16', Description: 'offices' }],
        Ipv6Ranges: [{ CidrIpv6: '2600::/16' }],
        PrefixListIds: [{ PrefixListId: S3_LIST }],
        UserIdGroupPairs: [{ GroupId: other, UserId: ACCOUNT, Description: 'the other' }],
      }),
    ]);
  });

  it('are recorded in the spelling of the wire', async () => {
    const GroupId = await newGroup();
    await letIn(GroupId, tcp(22, from('192.0.2.0/24')));

    expect(account.records('AuthorizeSecurityGroupIngress').at(-1)).toMatchObject({
      requestParameters: {
        groupId: GroupId,
        ipPermissions: {
          items: [
            {
              ipProtocol: 'tcp',
              fromPort: 22,
              toPort: 22,
              ipRanges: { items: [{ cidrIp: '192.0.2.0/24' }] },
            },
          ],
        },
      },
      responseElements: {
        _return: true,
        securityGroupRuleSet: {
          items: [{ groupId: GroupId, isEgress: false, cidrIpv4: '192.0.2.0/24' }],
        },
      },
    });
  });

  it.each<[string, IpPermission, object]>([
    [
      'a number as its name',
      { IpProtocol: '6', FromPort: 1, ToPort: 2 },
      { IpProtocol: 'tcp', FromPort: 1, ToPort: 2 },
    ],
    [
      'types and codes',
      { IpProtocol: 'icmp', FromPort: 8 },
      { IpProtocol: 'icmp', FromPort: 8, ToPort: -1 },
    ],
    [
      'no ports where there are none',
      { IpProtocol: '50', FromPort: 1, ToPort: 2 },
      { IpProtocol: '50' },
    ],
  ])('take %s', async (_what, permission, told) => {
    const GroupId = await newGroup();
    await letIn(GroupId, { ...permission, ...from('192.0.2.0/24') });

    expect((await read(GroupId)).in).toEqual([
      { ...told, ...NOBODY_ELSE, ...from('192.0.2.0/24') },
    ]);
  });

  it('take the older members of a request', async () => {
    const GroupId = await newGroup();
    const old = { GroupId, IpProtocol: 'tcp', FromPort: 22, ToPort: 22 };
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ ...old, CidrIp: '192.0.2.0/24' }));

    expect((await read(GroupId)).in).toMatchObject([tcp(22, from('192.0.2.0/24'))]);
    await expect(ec2.send(new AuthorizeSecurityGroupIngressCommand(old))).rejects.toMatchObject({
      name: 'MissingParameter',
    });
  });

  it.each([
    [tcp(443, from('0.0.0.0/0')), 'peer: 0.0.0.0/0, TCP, from port: 443, to port: 443, ALLOW'],
    [
      { IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: DEFAULT }] },
      `peer: ${DEFAULT}, ALL, ALLOW`,
    ],
    [
      { IpProtocol: 'icmp', FromPort: 8, ToPort: -1, ...from('0.0.0.0/0') },
      'peer: 0.0.0.0/0, ICMP, type: 8, code: ALL, ALLOW',
    ],
  ])('refuse a second %j', async (permission, words) => {
    const GroupId = await newGroup();
    await letIn(GroupId, permission);

    await expect(letIn(GroupId, tcp(1, from('0.0.0.0/0')), permission)).rejects.toMatchObject({
      name: 'InvalidPermission.Duplicate',
      message: `the specified rule "${words}" already exists`,
    });
    expect(await rulesOf(GroupId)).toHaveLength(2);
  });

  it.each<[string, IpPermission, string, string]>([
    [
      'no protocol',
      { ...from('0.0.0.0/0') },
      'InvalidParameterValue',
      'must specify protocols explicitly',
    ],
    [
      'an unknown one',
      { IpProtocol: 'tpc', ...from('0.0.0.0/0') },
      'InvalidParameterValue',
      "Invalid value 'tpc' for IP protocol",
    ],
    [
      'a number that is too great',
      { IpProtocol: '256', ...from('0.0.0.0/0') },
      'InvalidParameterValue',
      'Unknown protocol',
    ],
    [
      'no ports',
      { IpProtocol: 'udp', ...from('0.0.0.0/0') },
      'InvalidParameterValue',
      'Must specify both from and to ports',
    ],
    [
      'ports in the wrong order',
      { IpProtocol: 'tcp', FromPort: 443, ToPort: 80, ...from('0.0.0.0/0') },
      'InvalidParameterValue',
      '(443:80)',
    ],
    [
      'a port that is too great',
      tcp(65_536, from('0.0.0.0/0')),
      'InvalidParameterValue',
      '(65536:65536)',
    ],
    ['no other end', tcp(1, {}), 'MissingParameter', 'Missing source specification'],
    [
      'a range of the other family',
      tcp(1, from('::/0')),
      'InvalidParameterValue',
      'CIDR block ::/0 is malformed',
    ],
    [
      'an address without a prefix length',
      tcp(1, from('192.0.2.1')),
      'InvalidPermission.Malformed',
      'CIDR block 192.0.2.1 is malformed',
    ],
    [
      'no range at all',
      tcp(1, { Ipv6Ranges: [{ Description: 'x' }] }),
      'InvalidPermission.Malformed',
      'is malformed',
    ],
    [
      'an unknown prefix list',
      tcp(1, { PrefixListIds: [{ PrefixListId: 'pl-0' }] }),
      'InvalidPrefixListId.NotFound',
      'pl-0',
    ],
    [
      'no prefix list',
      tcp(1, { PrefixListIds: [{ Description: 'x' }] }),
      'InvalidPrefixListId.NotFound',
      'does not exist',
    ],
    [
      'an unknown group',
      tcp(1, { UserIdGroupPairs: [{ GroupId: 'sg-0' }] }),
      'InvalidGroup.NotFound',
      "The security group 'sg-0' does not exist",
    ],
    [
      'a group by name',
      tcp(1, { UserIdGroupPairs: [{ GroupName: 'functions' }] }),
      'InvalidParameterValue',
      'You may not reference Amazon VPC security groups by name',
    ],
    [
      'nothing of a group',
      tcp(1, { UserIdGroupPairs: [{ Description: 'x' }] }),
      'InvalidParameterValue',
      "Invalid value ''",
    ],
    [
      'a group of another account',
      tcp(1, { UserIdGroupPairs: [{ GroupId: DEFAULT, UserId: '999999999999' }] }),
      'InvalidGroup.NotFound',
      DEFAULT,
    ],
    [
      'a group of another VPC',
      tcp(1, { UserIdGroupPairs: [{ GroupId: FORBIDDEN_GROUP }] }),
      'InvalidGroup.NotFound',
      'different networks',
    ],
    [
      'twice the same',
      tcp(1, { IpRanges: [{ CidrIp: '10.0.0.1/8' }, { CidrIp: '10.0.0.2/8' }] }),
      'InvalidParameterValue',
      'must not appear multiple times',
    ],
  ])('refuse %s', async (_what, permission, name, words) => {
    await expect(letIn(FUNCTIONS, permission)).rejects.toMatchObject({
      name,
      message: expect.stringContaining(words) as string,
    });
  });

  it('refuse groups that do not exist, and requests without one', async () => {
    const authorize = (input: object) =>
      ec2.send(new AuthorizeSecurityGroupIngressCommand({ IpPermissions: [], ...input }));

    await expect(authorize({ GroupId: 'sg-0' })).rejects.toMatchObject({
      name: 'InvalidGroup.NotFound',
    });
    await expect(authorize({ GroupName: 'x' })).rejects.toMatchObject({
      name: 'InvalidGroup.NotFound',
      message: "The security group 'x' does not exist in default VPC",
    });
    await expect(authorize({})).rejects.toMatchObject({ name: 'MissingParameter' });
    await expect(authorize({ GroupId: FUNCTIONS })).rejects.toMatchObject({
      name: 'MissingParameter',
    });
    await expect(authorize({ GroupId: FUNCTIONS, DryRun: true })).rejects.toMatchObject({
      name: 'DryRunOperation',
    });
  });

  it('may refer to a group of a peered VPC', async () => {
    const GroupId = await newGroup();
    const ends = { ownerId: ACCOUNT, region: 'us-east-1' };
    account.network.peerings.set('pcx-1', {
      peeringId: 'pcx-1',
      requester: { ...ends, vpcId: FORBIDDEN },
      accepter: { ...ends, vpcId: APPROVED },
      state: 'active',
      message: '',
      expiresMs: 0,
      name: '',
    });

    await letIn(GroupId, tcp(1, { UserIdGroupPairs: [{ GroupId: FORBIDDEN_GROUP }] }));

    account.network.peerings.clear();
    expect(await rulesOf(GroupId)).toMatchObject([
      {},
      { ReferencedGroupInfo: { GroupId: FORBIDDEN_GROUP, VpcId: FORBIDDEN } },
    ]);
  });

  it('stop at 60 rules a direction', async () => {
    const GroupId = await newGroup();
    const many = Array.from({ length: 60 }, (_, port) => tcp(port, from('0.0.0.0/0')));
    await letIn(GroupId, ...many);

    await expect(letIn(GroupId, tcp(60, from('0.0.0.0/0')))).rejects.toMatchObject({
      name: 'RulesPerSecurityGroupLimitExceeded',
    });
  });

  it('need the permission on the group', async () => {
    const statement = {
      Effect: 'Allow',
      Action: 'ec2:AuthorizeSecurityGroup*',
      Resource: `arn:aws:ec2:us-east-1:${ACCOUNT}:security-group/${FUNCTIONS}`,
    };
    const user = new EC2Client(account.settings(account.user('ann', statement)));
    const IpPermissions = [tcp(7, from('0.0.0.0/0'))];

    await user.send(
      new AuthorizeSecurityGroupIngressCommand({ GroupId: FUNCTIONS, IpPermissions }),
    );

    await expect(
      user.send(new AuthorizeSecurityGroupEgressCommand({ GroupId: DEFAULT, IpPermissions })),
    ).rejects.toMatchObject({ name: 'UnauthorizedOperation' });
    await expect(
      user.send(new RevokeSecurityGroupIngressCommand({ GroupId: FUNCTIONS, IpPermissions })),
    ).rejects.toMatchObject({ name: 'UnauthorizedOperation' });
  });
});

describe('RevokeSecurityGroupIngress and -Egress', () => {
  it('remove rules by what they allow, whatever their descriptions, and by id', async () => {
    const GroupId = await newGroup();
    await letIn(GroupId, tcp(1, { IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'x' }] }));

    const byWords = await ec2.send(
      new RevokeSecurityGroupIngressCommand({
        GroupId,
        IpPermissions: [tcp(1, from('10.9.9.9/8'))],
      }),
    );
    const [{ SecurityGroupRuleId = '' } = {}] = await rulesOf(GroupId);
    const byId = await ec2.send(
      new RevokeSecurityGroupEgressCommand({
        GroupId,
        SecurityGroupRuleIds: [SecurityGroupRuleId],
      }),
    );

    expect(byWords).toMatchObject({
      Return: true,
      RevokedSecurityGroupRules: [{ GroupId, CidrIpv4: '10.0.0.0/8', IsEgress: false }],
    });
    expect(byId).toMatchObject({ RevokedSecurityGroupRules: [{ SecurityGroupRuleId }] });
    expect(await read(GroupId)).toEqual({ in: [], out: [] });
  });

  it('refuse what is not there, of this direction, of this group', async () => {
    const GroupId = await newGroup();
    await letIn(GroupId, tcp(1, { UserIdGroupPairs: [{ GroupId: DEFAULT }] }));
    const revoke = (input: object) =>
      ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, ...input }));
    const [held, other] = [
      tcp(1, { UserIdGroupPairs: [{ GroupId: DEFAULT }] }),
      tcp(2, from('0.0.0.0/0')),
    ];

    await expect(revoke({ IpPermissions: [held, other] })).rejects.toMatchObject({
      name: 'InvalidPermission.NotFound',
      message: 'The specified rule does not exist in this security group.',
    });
    const [{ SecurityGroupRuleId: egress } = {}] = await rulesOf(GroupId);
    await expect(revoke({ SecurityGroupRuleIds: [egress] })).rejects.toMatchObject({
      name: 'InvalidSecurityGroupRuleId.NotFound',
    });
    const revoked = await revoke({ IpPermissions: [held] });
    expect(revoked.RevokedSecurityGroupRules).toMatchObject([{ ReferencedGroupId: DEFAULT }]);
  });
});

describe('UpdateSecurityGroupRuleDescriptionsIngress', () => {
  it('describes rules anew by what they allow, and by id, and takes descriptions away', async () => {
    const GroupId = await newGroup();
    await letIn(GroupId, tcp(1, from('10.0.0.0/8')), tcp(2, from('10.0.0.0/8')));
    const [, , second] = await rulesOf(GroupId);
    const update = (input: object) =>
      ec2.send(new UpdateSecurityGroupRuleDescriptionsIngressCommand({ GroupId, ...input }));

    await update({
      IpPermissions: [tcp(1, { IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'one' }] })],
    });
    const SecurityGroupRuleId = second?.SecurityGroupRuleId;
    await update({ SecurityGroupRuleDescriptions: [{ SecurityGroupRuleId, Description: 'two' }] });
    const told = (await rulesOf(GroupId)).map(({ Description }) => Description);
    await update({ SecurityGroupRuleDescriptions: [{ SecurityGroupRuleId }] });

    expect(told).toEqual([undefined, 'one', 'two']);
    expect((await rulesOf(GroupId))[2]).not.toHaveProperty('Description');
    await expect(update({ SecurityGroupRuleDescriptions: [{}] })).rejects.toMatchObject({
      name: 'MissingParameter',
    });
  });
});

describe('DescribeSecurityGroupRules', () => {
  it('finds rules by id and tag, and says which do not exist', async () => {
    const id = 'sgr-0e5912345678492fb';
    const Tags = [{ Key: 'why', Value: 'demo' }];
    await ec2.send(new CreateTagsCommand({ Resources: [id], Tags }));
    const find = (input: object) => ec2.send(new DescribeSecurityGroupRulesCommand(input));

    const byTag = await find({ Filters: [{ Name: 'tag:why', Values: ['demo'] }] });
    const byFilter = await find({ Filters: [{ Name: 'security-group-rule-id', Values: [id] }] });

    expect(byTag.SecurityGroupRules).toMatchObject([{ SecurityGroupRuleId: id, Tags }]);
    expect(byFilter).toMatchObject({ SecurityGroupRules: byTag.SecurityGroupRules });
    await expect(find({ SecurityGroupRuleIds: ['sgr-0'] })).rejects.toMatchObject({
      name: 'InvalidSecurityGroupRuleId.NotFound',
      message: "The security group rule ID 'sgr-0' does not exist",
    });
  });
});

describe('DescribeSecurityGroups', () => {
  it.each([
    ['ip-permission.cidr', '198.51.100.0/24', 1],
    ['ip-permission.ipv6-cidr', '2001:db8::/32', 1],
    ['ip-permission.prefix-list-id', S3_LIST, 0],
    ['ip-permission.group-id', DEFAULT, 1],
    ['ip-permission.protocol', 'udp', 1],
    ['ip-permission.from-port', '53', 1],
    ['ip-permission.to-port', '54', 1],
    ['egress.ip-permission.protocol', '-1', 1],
    ['egress.ip-permission.to-port', '54', 0],
  ])('finds groups by %s=%s', async (Name, value, count) => {
    const GroupId = await newGroup();
    await letIn(GroupId, {
      IpProtocol: 'udp',
      FromPort: 53,
      ToPort: 54,
      ...from('198.51.100.0/24'),
      Ipv6Ranges: [{ CidrIpv6: '2001:db8::/32' }],
      UserIdGroupPairs: [{ GroupId: DEFAULT }],
    });
    const Filters = [
      { Name, Values: [value] },
      { Name: 'group-id', Values: [GroupId] },
    ];

    const found = await ec2.send(new DescribeSecurityGroupsCommand({ Filters }));

    expect(found.SecurityGroups).toHaveLength(count);
  });
});

describe('DeleteSecurityGroup', () => {
  it('waits for rules of other groups that refer to it, and takes its own along', async () => {
    const [one, other] = [await newGroup(), await newGroup()];
    const toOne = tcp(1, { UserIdGroupPairs: [{ GroupId: one }] });
    await letIn(one, toOne);
    await letIn(other, toOne);
    const remove = () => ec2.send(new DeleteSecurityGroupCommand({ GroupId: one }));

    await expect(remove()).rejects.toMatchObject({
      name: 'DependencyViolation',
      message: `resource ${one} has a dependent object`,
    });
    await ec2.send(
      new RevokeSecurityGroupIngressCommand({ GroupId: other, IpPermissions: [toOne] }),
    );
    await remove();

    expect(await rulesOf(one)).toEqual([]);
  });
});
