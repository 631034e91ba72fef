import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../../lib/cli/report/report.ts';
import { policyFolder } from './policy-folder.ts';
import { startScannedAccount } from './scanned-account.ts';

const VIEW_ONLY = 'arn:aws:iam::aws:policy/job-function/ViewOnlyAccess';
const AUDIT = 'arn:aws:iam::aws:policy/SecurityAudit';

let account: Awaited<ReturnType<typeof startScannedAccount>>;
let folder: ReturnType<typeof policyFolder>;

beforeAll(async () => {
  account = await startScannedAccount();
  folder = policyFolder();
});

afterAll(async () => {
  folder[Symbol.dispose]();
  await account.close();
});

const policy = () => folder.path('guardrail.yaml');

/** Who violates a control. */
function violatorsOf({ findings }: Report, controlId: string): readonly string[] {
  return findings
    .filter((finding) => finding.controlId === controlId && finding.verdict === 'violation')
    .map(({ functionArn }) => functionArn.split(':').at(-1) ?? '')
    .toSorted();
}

function times(calls: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    [...new Set(calls)].sort().map((one) => [one, calls.filter((call) => call === one).length]),
  );
}

describe('a scan without a guardrail', () => {
  it('judges every function, and tells of the account what only a scan sees', async () => {
    const { status, report, told } = await account.scan({ policy: policy() });

    const { scanned, scan } = report();
    expect({ status, scanned }).toEqual({ status: 0, scanned: 3 });
    expect(violatorsOf(report(), 'LVG.1')).toEqual(['nowhere', 'strayed']);
    expect(scan).toMatchObject({
      account: '123456789012',
      region: 'us-east-1',
      policy: { file: 'guardrail.yaml', mode: 'audit' },
      notSeen: [],
    });
    expect(
      scan.functions.map(({ functionArn, standing, owner, state }) => {
        return [functionArn.split(':').at(-1), standing, owner, state];
      }),
    ).toEqual([
      ['good', 'compliant', 'pay', 'Active'],
      ['nowhere', 'violation', undefined, 'Active'],
      ['strayed', 'violation', 'web', 'Active'],
    ]);
    expect(told).toEqual([
      `judged by ${policy()}, and without records, for no guardrail is deployed here`,
    ]);
  });

  it('knows of no last good attachment: nothing was recorded', async () => {
    const { report } = await account.scan({ policy: policy() });

    expect(report().findings.some(({ baseline }) => baseline !== undefined)).toBe(false);
  });

  it('draws the subnets of functions and of their NAT gateways, with where they lead', async () => {
    const { report } = await account.scan({ policy: policy() });

    const { networks } = report().scan;
    expect(networks.map(({ vpcId }) => vpcId)).toEqual([
      'vpc-0a1b2c3d4e5f60001',
      'vpc-0f0e0d0c0b0a00002',
    ]);
    expect(networks[0]?.subnets.map(({ subnetId, egress }) => [subnetId, egress])).toEqual([
      ['subnet-071f712345678e7c8', 'nat'],
      ['subnet-07fd123456788a036', 'nat'],
      ['subnet-0a1b2c3d4e5f6a001', 'internet-gateway'],
    ]);
    expect(report().interfaces.map(({ interfaces }) => interfaces)).toEqual([2, 1]);
  });

  it('reads each function once, the network once, and writes nothing', async () => {
    const { calls, report } = await account.scan({ policy: policy() });

    expect(times(calls)).toMatchObject({
      GetFunction: 3,
      ListFunctions: 1,
      DescribeVpcs: 1,
      DescribeSubnets: 1,
      SimulatePrincipalPolicy: 1,
    });
    expect(calls.filter((call) => !/^(Get|List|Describe|Simulate)/.test(call))).toEqual([]);
    // What counts the functions for the progress is not the scan's.
    expect(report().apiCalls).toBe(calls.length);
  });

  it('keeps to the functions that are asked for, and says which of them are not there', async () => {
    const { status, report, told } = await account.scan({
      policy: policy(),
      function: ['st*', 'none-*'],
    });

    expect(report()).toMatchObject({ scanned: 1, unmatched: ['none-*'] });
    expect(report().scan.functions).toHaveLength(1);
    expect(told.at(-1)).toBe('not looked at: 1 pattern that no function matches (none-*)');
    expect(status).toBe(3);
  });

  it('keeps to the controls that are asked for, and reads nothing for the others', async () => {
    const { report, calls } = await account.scan({ policy: policy(), control: ['lvg.1,LVG.9'] });

    const { findings, idle } = report();
    expect(new Set(findings.map(({ controlId }) => controlId))).toEqual(new Set(['LVG.1']));
    expect({ idle, simulated: calls.includes('SimulatePrincipalPolicy') }).toEqual({
      idle: [],
      simulated: false,
    });
  });

  it.each([
    ['high', 1],
    ['critical', 0],
  ] as const)('fails a pipeline on %s or worse: %s', async (failOn, expected) => {
    const { status } = await account.scan({ policy: policy(), failOn });

    expect(status).toBe(expected);
  });

  it('says how far it comes on standard error alone', async () => {
    const { shown, text } = await account.scan({ policy: policy(), format: 'table' });

    expect(shown).toBe('');
    expect(text).toMatch(/^scanned 3 functions in [\d.]+ s with \d+ calls: 1 compliant, /);
  });

  it('counts as met now the exemptions that nothing was deployed with', async () => {
    using exempting = policyFolder(
      'exemptions:\n  - { functions: [nowhere], controls: [LVG.1], owner: web, reason: r, expires: 2027-03-31 }\n',
    );
    const { report } = await account.scan({ policy: exempting.path('guardrail.yaml') });

    const standings = report().scan.functions.map(({ standing }) => standing);
    expect(standings).toEqual(['compliant', 'exempt', 'violation']);
  });
});

describe('a scan by who may not see everything', () => {
  it.each([
    ['ViewOnlyAccess', VIEW_ONLY],
    ['SecurityAudit', AUDIT],
  ])('does with %s, and says what it could not see', async (name, arn) => {
    const { status, report, calls } = await account.scan(
      { policy: policy() },
      await account.managed(name, arn),
    );

    const { notSeen, functions } = report().scan;
    expect(status).toBe(0);
    expect(violatorsOf(report(), 'LVG.1')).toEqual(['nowhere', 'strayed']);
    expect(notSeen[0]).toMatchObject({
      what: 'lambda:GetFunction',
      because: expect.stringContaining('AccessDeniedException'),
    });
    expect(functions.some(({ owner }) => owner !== undefined)).toBe(false);
    // Refused once each, by the three that were asked for together.
    expect(calls.filter((call) => call === 'GetFunction').length).toBeLessThanOrEqual(3);
  });

  it('judges by the list where no function may be read, and guesses no state', async () => {
    const lister = account.user('lister', {
      Effect: 'Allow',
      Action: ['lambda:ListFunctions', 'lambda:ListAliases', 'lambda:ListVersionsByFunction'],
      Resource: '*',
    });

    const { status, report } = await account.scan({ policy: policy() }, lister);

    const { findings, scan, idle } = report();
    expect(status).toBe(0);
    expect(violatorsOf(report(), 'LVG.1')).toEqual(['nowhere', 'strayed']);
    expect(scan.functions.some(({ state }) => state !== undefined)).toBe(false);
    expect(idle).toEqual([]);
    const unknown = findings.filter(({ verdict }) => verdict === 'unknown');
    expect(new Set(unknown.map(({ controlId }) => controlId))).toContain('LVG.12');
    expect(scan.notSeen.map(({ what }) => what)).toEqual([
      'cloudformation:DescribeStacks',
      'lambda:GetFunction',
      'lambda:GetFunctionConfiguration',
      'ec2:Describe*',
      'iam:SimulatePrincipalPolicy',
      'servicequotas:ListServiceQuotas',
    ]);
    expect(scan.networks).toEqual([]);
  });

  it('counts no other regions where it may not list them, and tells the rest', async () => {
    const lister = account.user('list-only', {
      Effect: 'Allow',
      Action: 'lambda:ListFunctions',
      Resource: '*',
    });

    const { report } = await account.scan({ policy: policy(), allRegions: true }, lister);

    expect(report().scan.regions).toBeUndefined();
    expect(report().scan.notSeen.map(({ what }) => what)).toContain('ec2:DescribeRegions');
  });

  it('cannot do without the list, and names what is missing', async () => {
    const nobody = account.user('nobody', { Effect: 'Deny', Action: '*', Resource: '*' });

    await expect(account.scan({ policy: policy() }, nobody)).rejects.toThrow(
      /could not list the functions: AccessDeniedException: .*lambda:ListFunctions/,
    );
  });
});

describe('what cannot be scanned', () => {
  it('is a policy with faults: every one is told', async () => {
    using faulty = policyFolder('modus: audit\nlimits: 3\n');

    const { status, told, calls } = await account.scan({ policy: faulty.path('guardrail.yaml') });

    expect({ status, calls, faults: told.length }).toEqual({ status: 2, calls: [], faults: 2 });
  });

  it.each([
    [{ control: ['LVG.99'] }, /`--control`: expected one of LVG.1, .*, got `LVG.99`/],
    [
      { function: ['arn:aws:lambda:eu-west-1:123456789012:function:x'] },
      /`function\[0\]`: expected/,
    ],
    [{ table: 'nope' }, /there is no table `nope`/],
    [{ stack: 'Nope' }, /there is no stack `Nope`/],
    [{ output: '' }, /`--output`: expected a file/],
    [{ output: '/nowhere/at/all' }, /could not write `\/nowhere\/at\/all`/],
  ])('is refused in one line: %j', async (given, expected) => {
    await expect(account.scan({ policy: policy(), ...given })).rejects.toThrow(expected);
  });
});
