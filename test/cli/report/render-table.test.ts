import { describe, expect, it } from 'vitest';
import { renderReport } from '../../../lib/cli/report/render-table.ts';
import type { Report } from '../../../lib/cli/report/report.ts';
import { ARN } from '../../support/builders.ts';
import { answerOf, COVERAGE, findingOf, idleOf } from './answers.ts';

const arnOf = (name: string) => ARN.replace('orders-api', name);

const render = (given: Partial<Report>, hasColors = false) =>
  renderReport(answerOf(given), { hasColors });

/** The cells of every row under a title. */
function rowsOf(text: string, title: string): readonly (readonly string[])[] {
  const [section = ''] = text.slice(text.indexOf(`\n${title}\n`) + 1).split('\n\n');
  return section
    .split('\n')
    .filter((line) => line.startsWith('│'))
    .map((line) =>
      line
        .split('│')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
    .slice(1);
}

describe('the report for people', () => {
  it('says in one line what it comes to, and no more where there is nothing more', () => {
    const { apiCalls: _, ...untold } = answerOf();

    expect(render({})).toBe(
      'scanned 9 functions in 3.4 s with 12 calls: 5 compliant, 0 findings, 0 idle, 0 remediations planned, 0 not judged in full\n',
    );
    expect(renderReport(untold, { hasColors: false })).toMatch(/^scanned 9 functions: /);
    expect(render({ scanned: 1, apiCalls: 1, findings: [findingOf()] })).toMatch(
      /^scanned 1 function in 3\.4 s with 1 call: 5 compliant, 1 finding \(1 high\)/,
    );
  });

  it('lists the worst finding first, and what is exempt after its like', () => {
    const text = render({
      findings: [
        findingOf({ severity: 'low' }),
        findingOf({ exemption: COVERAGE, functionArn: arnOf('old-api') }),
        findingOf({ verdict: 'unknown', remediation: 'none' }),
        findingOf(),
        findingOf({ severity: 'critical', controlId: 'LVG.3' }),
      ],
    });

    expect(text).toContain('5 findings (1 critical, 1 high, 1 low, 1 unknown, 1 exempt)');
    expect(rowsOf(text, 'findings').map((row) => row.join(' ').split(' VPC')[0])).toEqual([
      'critical LVG.3 orders-api violation',
      'high LVG.1 orders-api violation',
      'high LVG.1 orders-api unknown',
      'high LVG.1 old-api violation',
      'low LVG.1 orders-api violation',
    ]);
    expect(text).toContain('exempt until 2027-03-31');
  });

  it('colors severities where a terminal reads', () => {
    const findings = (['low', 'medium', 'high', 'critical'] as const).map((severity) =>
      findingOf({ severity }),
    );

    expect(render({ findings }, true)).toContain('\u001b[31mcritical');
    expect(render({ findings })).not.toContain('\u001b');
  });

  it('tells of idle functions and versions whether they can wake, and what it takes', () => {
    const text = render({
      idle: [
        idleOf({ lastInvokedAt: '2026-11-01' }),
        idleOf({ version: '7', aliases: ['PROD', 'BLUE'], isListed: false }),
        idleOf({ version: '8', canWake: 'no', whyNot: 'the subnet is full' }),
      ],
    });

    expect(rowsOf(text, 'idle functions')).toEqual([
      ['orders-api', '2026-11-01', 'yes', 'yes', 'invoke it once'],
      ['orders-api:7 (PROD, BLUE)', 'not on record', 'no', 'yes', 'invoke it once'],
      ['orders-api:8', 'not on record', 'yes', 'no: the subnet is full', 'invoke it once'],
    ]);
  });

  it.each([
    ['breaker', 'the breaker is tripped: what no plan approves is withheld'],
    ['kill-switch', 'an operator set the mode to audit: what is planned is withheld'],
  ] as const)('says that what is planned does not come: %s', (withheldBy, words) => {
    expect(render({ withheldBy })).toContain(words);
  });

  it('lists what was enqueued, what is not known, what every control says, and the interfaces', () => {
    const set = { securityGroupIds: ['sg-1'], functions: 2, names: ['a', 'b'] };
    const text = render({
      remediations: [{ id: 'r-1', functionArn: ARN, planned: 'revert', isCounted: true }],
      unknown: [{ functionArn: ARN, reason: 'access denied' }],
      verdicts: [
        { functionArn: ARN, controlId: 'LVG.1', verdict: 'compliant' },
        { functionArn: ARN, controlId: 'LVG.3', verdict: 'violation', reason: 'it is public' },
      ],
      interfaces: [
        {
          vpcId: 'vpc-1',
          interfaces: 2,
          quota: 500,
          couldShare: ['a', 'b'],
          subnets: [
            { subnetId: 'subnet-1', freeAddresses: 12, sets: [set] },
            { subnetId: 'subnet-2', sets: [set] },
          ],
        },
        { vpcId: 'vpc-2', interfaces: 1, couldShare: [], subnets: [] },
      ],
    });

    expect(rowsOf(text, 'planned remediations')).toEqual([['orders-api', 'revert', 'r-1']]);
    expect(rowsOf(text, 'not judged in full')).toEqual([['orders-api', 'access denied']]);
    expect(rowsOf(text, 'verdicts')).toEqual([
      ['orders-api', 'LVG.1', 'compliant', ''],
      ['orders-api', 'LVG.3', 'violation', 'it is public'],
    ]);
    expect(rowsOf(text, 'network interfaces')).toEqual([
      ['vpc-1', '2 of 500', 'subnet-1 12, subnet-2 unknown', 'a, b'],
      ['vpc-2', '1 of unknown', '', ''],
    ]);
  });

  it('says of a scan where it looked, by which policy, what it could not see, and what is elsewhere', () => {
    const scan = {
      account: '123456789012',
      region: 'us-east-1',
      observedAt: '2026-11-22T09:14:07.000Z',
      policy: { file: 'policies/prod\u001b.yaml', hash: 'a1', mode: 'audit' },
      notSeen: [
        { what: 'lambda:GetFunction', because: 'AccessDenied', so: 'tags are not known' },
        { what: 'dynamodb:Scan', because: 'it has password=hunter2', so: 'there is no timeline' },
      ],
      functions: [],
      networks: [],
      regions: [
        { region: 'eu-west-1', functions: 0 },
        { region: 'eu-west-2', because: 'AccessDenied' },
      ],
    } as const;

    const text = render({ scan, findings: [findingOf()] });
    expect(text).not.toContain('planned');

    expect(text.split('\n').slice(0, 3)).toEqual([
      expect.stringMatching(/^scanned 9 functions /),
      'account 123456789012, us-east-1, judged by policies/prod .yaml (mode audit)',
      '',
    ]);
    expect(rowsOf(text, 'not seen')).toEqual([
      ['lambda:GetFunction', 'AccessDenied', 'tags are not known'],
      ['dynamodb:Scan', 'it has password=…', 'there is no timeline'],
    ]);
    expect(rowsOf(text, 'functions by region')).toEqual([
      ['eu-west-1', '0'],
      ['eu-west-2', 'unknown: AccessDenied'],
    ]);
    expect(render({ scan: { ...scan, notSeen: [], regions: [] } })).not.toMatch(
      /not seen|region\n/,
    );
  });

  it('counts and lists functions that are not judged in full once, with every reason', () => {
    const unknown = ['no route', 'no role', 'no route'].map((reason) => {
      return { functionArn: ARN, reason };
    });

    const text = render({ unknown });

    expect(text).toContain('1 not judged in full');
    expect(rowsOf(text, 'not judged in full')).toEqual([['orders-api', 'no route; no role']]);
  });

  it('cuts no word, hides what looks like a secret, and lets nobody steer the terminal', () => {
    const role = `arn:aws:iam::123456789012:role/${'very-long/'.repeat(5)}name`;
    const findings = [
      findingOf({ reason: `the role ${role} may not` }),
      findingOf({ reason: 'a\u001b[2J\nline with password=hunter2' }),
    ];

    const text = render({ findings });

    const reasons = rowsOf(text, 'findings').map((row) => row[4]);
    expect(reasons.slice(0, 3).join('')).toContain(role);
    expect(text).not.toContain('hunter2');
    expect(text).toContain('a [2J line with password=…');
  });

  it('says what it does not tell', () => {
    const text = render({
      findings: [findingOf()],
      unfinished: { reason: 'the time was not enough' },
      omitted: { findings: 4, idle: 2, remediations: 0, unknown: 0 },
    });

    expect(text).toContain('5 findings (1 high), 2 idle');
    expect(text).toMatch(
      /\n\nnot finished: the time was not enough\nleft out, for the answer had no room: 4 of `findings`, 2 of `idle`\n$/,
    );
  });

  it('counts rows beyond the first thousand', () => {
    const unknown = Array.from({ length: 1_002 }, (_, index) => {
      return { functionArn: arnOf(`api-${index}`), reason: 'denied' };
    });

    expect(render({ unknown })).toContain('and 2 more: --format json has them all');
  });
});
