import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Live, LiveFunction } from '../../../lib/cli/explain/live.ts';
import { NETWORK } from '../../support/deployed-account.ts';
import { allow, arnOf, policyFolder, startExplainedAccount } from './explained-account.ts';

const VIEW_ONLY = 'arn:aws:iam::aws:policy/job-function/ViewOnlyAccess';
const AUDIT = 'arn:aws:iam::aws:policy/SecurityAudit';

let account: Awaited<ReturnType<typeof startExplainedAccount>>;
let folder: ReturnType<typeof policyFolder>;

beforeAll(async () => {
  account = await startExplainedAccount();
  folder = policyFolder();
});

afterAll(async () => {
  folder[Symbol.dispose]();
  await account.close();
});

const policy = () => folder.path('guardrail.yaml');

function seenIn(live: Live): LiveFunction {
  if (live.function === undefined) throw new Error(`nothing was read: ${live.unread}`);
  return live.function;
}

function verdictsIn(live: Live): Readonly<Record<string, string>> {
  const told = seenIn(live).verdicts.map(({ controlId, verdict }) => [controlId, verdict] as const);
  return Object.fromEntries(told);
}

describe('a function where no guardrail is deployed', () => {
  it('is told with all that AWS says of it, and by one policy', async () => {
    const { status, live, told } = await account.explain('strayed', { policy: policy() });

    expect({ status, told }).toEqual({ status: 0, told: [] });
    expect(live()).toMatchObject({
      observedAt: '2026-11-22T10:10:00.000Z',
      policy: { file: policy(), mode: 'audit' },
      isGone: false,
      notSeen: [],
    });
    expect(seenIn(live())).toMatchObject({
      unseen: [],
      state: 'Active',
      lastUpdateStatus: 'Successful',
      role: 'arn:aws:iam::123456789012:role/lambda-role',
      owner: 'web',
      attachment: { vpcId: 'vpc-0f0e0d0c0b0a00002' },
      off: ['LVG.8', 'LVG.9'],
      exemptions: [],
    });
    expect(seenIn(live()).verdicts[0]).toEqual({
      controlId: 'LVG.1',
      title: 'The access documents allow this attachment',
      severity: 'high',
      verdict: 'violation',
      reason: expect.stringContaining('`ApprovedVpc` denies'),
      statement: 'approved.json ApprovedVpc',
      fix: expect.stringMatching(/^Attach the function/),
    });
    expect(seenIn(live())).not.toHaveProperty('baseline');
  });

  it('would be quarantined in enforce, and is left alone in audit', async () => {
    const { live } = await account.explain('strayed', { policy: policy() });

    expect(seenIn(live()).remediation).toEqual({
      mode: 'audit',
      inMode: { kind: 'withheld', wanted: 'quarantine', reason: 'the mode is audit' },
      inEnforce: { kind: 'quarantine', reason: 'no compliant attachment of it is known' },
    });
  });

  it('would go to the fallback of its policy', async () => {
    const { SubnetIds, SecurityGroupIds } = NETWORK.approved;
    const fallback = JSON.stringify({ subnetIds: SubnetIds, securityGroupIds: SecurityGroupIds });
    using falling = policyFolder(`fallbackAttachment: ${fallback}\n`, 'enforce');
    const { live } = await account.explain('strayed', { policy: falling.path('guardrail.yaml') });

    const choice = { kind: 'fallback', target: { subnetIds: SubnetIds.toSorted() } };
    expect(seenIn(live()).remediation).toMatchObject({
      mode: 'enforce',
      inMode: choice,
      inEnforce: choice,
    });
  });

  it('shares its interfaces with whoever has its subnets and groups', async () => {
    const { live } = await account.explain('good', { policy: policy() });

    expect(seenIn(live()).sharing).toEqual({
      subnets: NETWORK.approved.SubnetIds.toSorted().map((subnetId) => ({
        subnetId,
        functions: 1,
        names: ['beside'],
      })),
      interfacesInVpc: 2,
      quota: 500,
    });
    expect(verdictsIn(live())).toMatchObject({ 'LVG.1': 'compliant', 'LVG.11': 'compliant' });
  });

  it('is in no network where it is in no VPC, and every control answers all the same', async () => {
    const { live, calls } = await account.explain('nowhere', { policy: policy() });

    const seen = seenIn(live());
    expect(seen).not.toHaveProperty('network');
    expect(seen).not.toHaveProperty('sharing');
    expect(Object.keys(verdictsIn(live()))).toHaveLength(14);
    expect(verdictsIn(live())).toMatchObject({
      'LVG.1': 'violation',
      'LVG.11': 'not-applicable',
    });
    expect(calls.filter((call) => call === 'DescribeSecurityGroups')).toHaveLength(1);
  });

  it('is covered by the exemptions that name it', async () => {
    const exemption = (functions: string, expires: string) =>
      `  - { functions: [${functions}], controls: [LVG.1], owner: web, reason: r, expires: ${expires} }\n`;
    using exempting = policyFolder(
      `exemptions:\n${exemption('stray*', '2027-03-31')}${exemption('good', '2027-03-30')}`,
    );
    const { live } = await account.explain('strayed', { policy: exempting.path('guardrail.yaml') });

    const covered = { owner: 'web', reason: 'r', expires: '2027-03-31' };
    expect(seenIn(live()).exemptions).toEqual([
      { ...covered, controls: ['LVG.1'], isInForce: true },
    ]);
    expect(seenIn(live()).verdicts[0]?.exemption).toEqual(covered);
    expect(seenIn(live()).remediation?.inEnforce.kind).toBe('none');
  });

  it('is told with the rules of its security groups', async () => {
    const ec2 = new EC2Client(account.settings());
    const [GroupId = ''] = NETWORK.forbidden.SecurityGroupIds;
    await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId,
        IpPermissions: [
          {
            IpProtocol: 'tcp',
            FromPort: 443,
            ToPort: 443,
            IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'office' }],
            UserIdGroupPairs: [{ GroupId }],
          },
          { IpProtocol: 'icmp', FromPort: 8, ToPort: -1, IpRanges: [{ CidrIp: '10.0.0.0/8' }] },
        ],
      }),
    );
    await ec2.send(
      new AuthorizeSecurityGroupEgressCommand({
        GroupId,
        IpPermissions: [
          {
            IpProtocol: 'udp',
            FromPort: 0,
            ToPort: 65_535,
            Ipv6Ranges: [{ CidrIpv6: '2001:db8::/32' }],
          },
          {
            IpProtocol: 'tcp',
            FromPort: 443,
            ToPort: 444,
            PrefixListIds: [{ PrefixListId: 'pl-63a5400a' }],
          },
        ],
      }),
    );
    ec2.destroy();

    const { text, calls } = await account.explain('strayed', {
      policy: policy(),
      format: 'table',
    });

    expect(text).toContain(
      [
        `${GroupId}      forbidden`,
        'in   tcp 443 from 10.0.0.0/8, sg-0f0e0d0c0b0a0f0a1',
        'in   icmp type 8 from 10.0.0.0/8',
        'out  all traffic to 0.0.0.0/0',
        'out  udp, all ports to 2001:db8::/32',
        'out  tcp 443-444 to pl-63a5400a',
      ].join(`\n${' '.repeat('subnet-0f0e0d0c0b0a0f001  '.length)}`),
    );
    expect(calls.filter((call) => call === 'DescribeSecurityGroups')).toHaveLength(2);
  });

  it('costs one read of a function however many there are, and writes nothing', async () => {
    const { calls } = await account.explain('good', { policy: policy() });

    expect(calls.filter((call) => !/^(Get|List|Describe|Simulate)/.test(call))).toEqual([]);
    expect(calls.toSorted()).toEqual([
      'DescribeInternetGateways',
      'DescribeNatGateways',
      'DescribeRouteTables',
      'DescribeSecurityGroups',
      'DescribeSecurityGroups',
      'DescribeStacks',
      'DescribeSubnets',
      'DescribeVpcEndpoints',
      'DescribeVpcs',
      'GetCallerIdentity',
      'GetFunction',
      'ListFunctions',
      'ListServiceQuotas',
      'SimulatePrincipalPolicy',
    ]);
  });

  it('is told without the others where there is no time for them', async () => {
    const { live, calls } = await account.explain('good', { policy: policy(), quick: true });

    expect(calls).not.toContain('ListFunctions');
    expect(calls).toContain('GetFunction');
    expect(seenIn(live())).not.toHaveProperty('sharing');
    expect(live().notSeen).toEqual([]);
    expect(verdictsIn(live())).toMatchObject({ 'LVG.11': 'unknown', 'LVG.15': 'not-applicable' });
  });
});

describe('a function that not everybody may see', () => {
  it.each([
    ['ViewOnlyAccess', VIEW_ONLY],
    ['SecurityAudit', AUDIT],
  ])('is told with %s as far as that goes', async (name, arn) => {
    const user = await account.managed(name, arn);
    const { status, live } = await account.explain('good', { policy: policy() }, user);

    expect(status).toBe(0);
    expect(seenIn(live()).unseen).toEqual(expect.arrayContaining(['owner', 'reservedConcurrency']));
    expect(seenIn(live()).sharing?.subnets).toHaveLength(2);
    expect(seenIn(live()).network?.securityGroups[0]?.outbound).toHaveLength(1);
    expect(live().notSeen[0]?.what).toBe('lambda:GetFunction');
  });

  it('has no network for who may not read one', async () => {
    const user = account.user('lambda-only', allow('lambda:*', 'cloudformation:DescribeStacks'));
    const { live, text } = await account.explain('good', { policy: policy() }, user);

    const { network, sharing, state } = seenIn(live());
    expect({ state, shared: sharing?.subnets.length }).toEqual({ state: 'Active', shared: 2 });
    expect(network).toEqual({
      subnets: NETWORK.approved.SubnetIds.toSorted().map((subnetId) => ({
        subnetId,
        unseen: expect.stringMatching(/^could not read the network: Unauthorized/),
      })),
      routeTables: [],
      endpoints: [],
      securityGroups: NETWORK.approved.SecurityGroupIds.map((groupId) => ({
        groupId,
        unseen: expect.stringMatching(/^could not read the security groups: Unauthorized/),
      })),
    });
    expect(live().notSeen.map(({ what }) => what)).toContain('ec2:Describe*');
    expect(verdictsIn(live())).toMatchObject({ 'LVG.1': 'compliant', 'LVG.3': 'unknown' });
    expect(text).not.toContain('"quota"');
  });

  it('has no neighbours for who may not list them, and is read all the same', async () => {
    const user = account.user('reader', allow('lambda:GetFunction', 'ec2:*', 'iam:*'));
    const { live } = await account.explain('good', { policy: policy() }, user);

    expect(live().notSeen.map(({ what }) => what)).toEqual([
      'lambda:ListFunctions',
      'cloudformation:DescribeStacks',
      'lambda:ListVersionsByFunction, lambda:ListAliases',
    ]);
    expect(seenIn(live())).not.toHaveProperty('sharing');
    expect(seenIn(live())).toMatchObject({
      state: 'Active',
      unseen: ['attachedBy', 'baseline', 'drift'],
    });
    // Whether there is a record is not known either, nor what would follow from it.
    expect(seenIn(live())).not.toHaveProperty('remediation');
    expect(verdictsIn(live())).toMatchObject({ 'LVG.11': 'unknown', 'LVG.1': 'compliant' });
  });

  it('is told by the list alone, and what would be done is not guessed', async () => {
    const lister = account.user(
      'lister',
      allow('lambda:List*', 'ec2:*', 'cloudformation:DescribeStacks'),
    );
    const { live } = await account.explain('strayed', { policy: policy() }, lister);

    expect(seenIn(live()).unseen).toEqual([
      'state',
      'lastUpdateStatus',
      'owner',
      'reservedConcurrency',
    ]);
    expect(seenIn(live())).not.toHaveProperty('state');
    expect(seenIn(live())).not.toHaveProperty('remediation');
    expect(verdictsIn(live())).toMatchObject({ 'LVG.1': 'violation', 'LVG.12': 'unknown' });
  });

  it('could not be told at all where it may neither be listed nor read', async () => {
    const nobody = account.user('nobody', allow('ec2:*', 'cloudformation:DescribeStacks'));

    await expect(account.explain('good', { policy: policy() }, nobody)).rejects.toMatchObject({
      name: 'Error',
      message: expect.stringMatching(/^could not read function `good`: AccessDenied/),
    });
  });
});

describe('what cannot be explained', () => {
  it('is a policy with faults: every one is told, and nothing is asked', async () => {
    using faulty = policyFolder('modus: audit\nlimits: 3\n');
    const given = { policy: faulty.path('guardrail.yaml') };
    const { status, told, calls, text } = await account.explain('good', given);

    expect({ status, calls, text }).toEqual({ status: 2, calls: [], text: '' });
    expect(told).toHaveLength(2);
  });

  it.each([
    ['pay-api', {}, /^there is no function `.*:pay-api`, and nothing is recorded of one$/],
    ['pay-api', { quick: true }, /^there is no function `.*:pay-api`/],
    ['no/name', {}, /^expected the name or the ARN of a function, got `no\/name`$/],
    [
      'arn:aws:lambda:eu-west-1:123456789012:function:good',
      {},
      /^expected a function of account 123456789012 in us-east-1, got `arn:.*`$/,
    ],
    ['good', { stack: 'None' }, /^there is no stack `None`/],
    ['good', { recorded: true }, /^there is no stack `LambdaVpcGuardrail`/],
  ] as const)(
    'is %s with %j, for which the user is blamed in one line',
    async (asked, given, message) => {
      await expect(account.explain(asked, { policy: policy(), ...given })).rejects.toMatchObject({
        name: 'UsageError',
        message: expect.stringMatching(message),
      });
    },
  );

  it('is gone for who may list all functions, though not read one', async () => {
    const lister = account.user('lists', allow('lambda:List*', 'cloudformation:DescribeStacks'));

    await expect(account.explain('pay-api', { policy: policy() }, lister)).rejects.toMatchObject({
      name: 'UsageError',
      message: `there is no function \`${arnOf('pay-api')}\`, and nothing is recorded of one`,
    });
  });
});
