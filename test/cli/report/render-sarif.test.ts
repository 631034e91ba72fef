import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Log, Notification, Result } from 'sarif';
import { describe, expect, it } from 'vitest';
import { CONTROLS } from '../../../functions/core/controls/registry.ts';
import { renderSarif } from '../../../lib/cli/report/render-sarif.ts';
import type { Report, ScanDetails } from '../../../lib/cli/report/report.ts';
import packageJson from '../../../package.json' with { type: 'json' };
import { ARN } from '../../support/builders.ts';
import { rescanAnswer, smallReport } from '../../support/sample-report.ts';
import { answerOf, COVERAGE, findingOf } from './answers.ts';
import { faultsOfSarif } from './schema-faults.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** The one run of a report, which has passed the schema. */
function runOf(report: Report) {
  const log: Log = JSON.parse(renderSarif(report));
  expect(faultsOfSarif(log)).toEqual([]);
  const [run] = log.runs;
  if (run === undefined) throw new Error('there is no run');
  const { results = [], invocations: [invocation] = [] } = run;
  const { rules = [], ...driver } = run.tool.driver;
  const told = invocation?.toolExecutionNotifications ?? [];
  return { log, run, driver, rules, results, invocation, told };
}

const render = (given: Partial<Report>) => runOf(answerOf(given));

/** A scan that saw nothing but what is given. */
function scanOf(given: Partial<ScanDetails> = {}): ScanDetails {
  return {
    account: '123456789012',
    region: 'eu-west-1',
    observedAt: '2026-11-22T09:14:07.000Z',
    policy: { file: 'guardrail.yaml', hash: 'a1', mode: 'audit' },
    notSeen: [],
    functions: [],
    networks: [],
    ...given,
  };
}

const uriOf = ({ locations: [location] = [] }: Partial<Result> = {}) =>
  location?.physicalLocation?.artifactLocation?.uri;

const linesOf = (told: readonly Notification[]) =>
  told.map(({ descriptor, level, message }) => `${descriptor?.id} ${level}: ${message.text}`);

describe('the report for code scanning', () => {
  it('names the tool, its version, and every control as a rule', () => {
    const { log, driver, rules } = render({});

    expect([log.$schema, log.version, log.runs.length]).toEqual([
      'https://json.schemastore.org/sarif-2.1.0.json',
      '2.1.0',
      1,
    ]);
    expect(driver).toMatchObject({ name: 'lambda-vpc-guardrail', version: packageJson.version });
    expect(driver).not.toHaveProperty('informationUri');
    expect(rules.map(({ id }) => id)).toEqual(CONTROLS.map(({ id }) => id));
  });

  it('says of each rule all that code scanning shows, within what it allows', () => {
    const { rules } = render({});

    for (const { name = '', shortDescription, fullDescription, help, properties } of rules) {
      expect(name).toMatch(/^[A-Z][A-Za-z0-9]{5,254}$/);
      for (const described of [shortDescription, fullDescription]) {
        expect(described?.text).toMatch(/^[A-Z].{10,1023}$/);
      }
      expect(help?.text).toContain('To put it right: ');
      expect(help?.markdown).toContain('**');
      expect(properties).toMatchObject({ tags: expect.arrayContaining(['security']) });
    }
    expect(rules[2]).toMatchObject({
      id: 'LVG.3',
      name: 'NoSubnetIsPublic',
      shortDescription: { text: 'No subnet is public' },
      fullDescription: {
        text: 'No subnet is public. To put it right: Attach it to private subnets.',
      },
      defaultConfiguration: { level: 'warning' },
      properties: { 'security-severity': '5.5' },
    });
  });

  it('leads to a heading of the page about controls', () => {
    const page = readFileSync(join(ROOT, 'docs/controls.md'), 'utf8');
    const anchors = [...page.matchAll(/^## (.+)$/gm)].map(([, title = '']) => {
      return `docs/controls.md#${title.toLowerCase().replaceAll(/[^a-z0-9 -]/g, '')}`;
    });

    const { rules } = render({});

    expect(
      rules.map(({ help }) => help?.text.match(/`(docs\/controls\.md#.*?)`/)?.[1]).filter(Boolean),
    ).toEqual(anchors.filter((anchor) => anchor.includes('#lvg')));
  });

  it.each([
    ['critical', 'error', '9.5'],
    ['high', 'error', '8.0'],
    ['medium', 'warning', '5.5'],
    ['low', 'note', '2.0'],
  ] as const)('calls what is %s by the policy %s, with %s', (severity, level, score) => {
    const { rules, results } = render({ findings: [findingOf({ severity })] });

    expect(results.map((result) => result.level)).toEqual([level]);
    expect(rules[0]).toMatchObject({
      defaultConfiguration: { level },
      properties: { 'security-severity': score },
    });
  });

  it('gives a rule the worst severity that there is, where they differ', () => {
    const findings = (['low', 'critical', 'medium'] as const).map((severity) => {
      return findingOf({ severity, id: severity });
    });

    const { rules, results } = render({ findings });

    expect(rules[0]).toMatchObject({ properties: { 'security-severity': '9.5' } });
    expect(results.map(({ level }) => level)).toEqual(['error', 'warning', 'note']);
  });

  it('makes a result of a violation, with all that the report tells of it', () => {
    const baseline = findingOf().attachment;
    const actor = { principalArn: 'arn:aws:iam::123456789012:role/deploy' };
    const finding = findingOf({ controlId: 'LVG.3', statement: 'a.json#One', baseline, actor });

    const { results } = render({ findings: [finding] });

    expect(results).toEqual([
      {
        ruleId: 'LVG.3',
        ruleIndex: 2,
        kind: 'fail',
        level: 'error',
        message: { text: 'orders-api: VPC `vpc-9` is not allowed' },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'guardrail.yaml', uriBaseId: '%SRCROOT%' },
              region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 },
            },
            logicalLocations: [{ name: 'orders-api', fullyQualifiedName: ARN, kind: 'resource' }],
          },
        ],
        partialFingerprints: {
          primaryLocationLineHash: 'finding-1:1',
          'findingId/v1': 'finding-1',
        },
        suppressions: [],
        properties: {
          severity: 'high',
          statement: 'a.json#One',
          attachment: finding.attachment,
          baseline,
          actor,
          remediation: 'revert',
          observedAt: finding.observedAt,
        },
      },
    ]);
  });

  it('knows a finding again whenever and after whatever else it is reported', () => {
    const again = findingOf({ observedAt: '2027-01-01T00:00:00.000Z', severity: 'low' });
    const printsOf = (report: Report) =>
      runOf(report)
        .results.filter(({ ruleId }) => ruleId === 'LVG.1')
        .map(({ partialFingerprints }) => partialFingerprints);

    const first = printsOf(answerOf({ findings: [findingOf()] }));

    const other = findingOf({ id: 'finding-2', controlId: 'LVG.2', severity: 'critical' });
    expect(printsOf(answerOf({ findings: [other, again], scan: scanOf() }))).toEqual(first);
    const ids = runOf(smallReport()).results.map(({ partialFingerprints }) => partialFingerprints);
    expect(new Set(ids.map((one) => JSON.stringify(one))).size).toBe(ids.length);
  });

  it('marks what is exempt as suppressed, and says who answers for it', () => {
    const { results } = render({
      findings: [findingOf({ exemption: COVERAGE }), findingOf({ id: 'finding-2' })],
    });

    expect(results.map(({ suppressions }) => suppressions)).toEqual([
      [],
      [
        {
          kind: 'external',
          status: 'accepted',
          justification: 'moves out (payments answers for it until 2027-03-31)',
        },
      ],
    ]);
  });

  it('puts the worst first, and leaves out what code scanning would refuse the file for', () => {
    const many = Array.from({ length: 25_001 }, (_, index) => {
      return findingOf({ id: `finding-${index}`, severity: 'low' });
    });

    const { results, told, invocation } = render({
      findings: [...many, findingOf({ id: 'the-worst', severity: 'critical' })],
    });

    expect([results.length, results[0]?.partialFingerprints?.['findingId/v1']]).toEqual([
      25_000,
      'the-worst',
    ]);
    expect(linesOf(told)).toEqual([
      'not-finished error: 2 results are left out: there are too many',
    ]);
    expect(invocation?.executionSuccessful).toBe(true);
  });

  it('makes a rule for a control that only a newer guardrail knows', () => {
    const { rules, results } = render({ findings: [findingOf({ controlId: 'LVG.99' })] });

    expect(results[0]).toMatchObject({ ruleId: 'LVG.99', ruleIndex: CONTROLS.length });
    expect(rules.at(-1)).toMatchObject({
      id: 'LVG.99',
      shortDescription: { text: 'LVG.99' },
      help: { text: expect.stringContaining('newer') },
      properties: { 'security-severity': '8.0' },
    });
  });
});

describe('what code scanning does not know', () => {
  it('is told beside the results: an unknown is no alert, and is told once', () => {
    const findings = [findingOf({ verdict: 'unknown', reason: 'no route', controlId: 'LVG.4' })];
    const unknown = ['no route', 'no role', 'no role'].map((reason) => {
      return { functionArn: ARN, reason };
    });

    const { results, told, driver } = render({ findings, unknown, unmatched: ['nightly-*'] });

    expect(results).toEqual([]);
    expect(linesOf(told)).toEqual([
      'unknown warning: orders-api: no route',
      'not-judged warning: orders-api: no role',
      'unmatched warning: no function matches `nightly-*`',
    ]);
    expect(told[0]).toMatchObject({
      associatedRule: { id: 'LVG.4' },
      locations: [{ logicalLocations: [{ fullyQualifiedName: ARN }] }],
    });
    const kinds = driver.notifications?.map(({ id }) => id) ?? [];
    for (const { descriptor } of told) expect(kinds[descriptor?.index ?? -1]).toBe(descriptor?.id);
  });

  it('is what the caller may not see', () => {
    const notSeen = [{ what: 'lambda:GetFunction', because: 'denied', so: 'tags are not known' }];

    const { told, invocation } = render({ scan: scanOf({ notSeen }) });

    expect(linesOf(told)).toEqual([
      'not-seen warning: lambda:GetFunction: denied; so tags are not known',
    ]);
    expect(invocation?.executionSuccessful).toBe(true);
  });

  it.each([
    ['is not finished', { unfinished: { reason: 'no time' } }, 'not finished: no time'],
    [
      'leaves findings out',
      { omitted: { findings: 4, idle: 0, remediations: 0, unknown: 0 } },
      'left out, for the answer had no room: 4 of `findings`',
    ],
  ])('makes the run a failure where the report %s', (_, given, line) => {
    const { told, invocation } = render(given);

    expect(invocation?.executionSuccessful).toBe(false);
    expect(linesOf(told)).toEqual([`not-finished error: ${line}`]);
  });
});

describe('where code scanning shows it', () => {
  const at = (file: string) =>
    uriOf(
      render({
        findings: [findingOf()],
        scan: scanOf({ policy: { file, hash: 'a1', mode: 'audit' } }),
      }).results[0],
    );

  it.each([
    ['policies/prod/guardrail.yaml', 'policies/prod/guardrail.yaml'],
    ['./a/../b/guardrail.yml', 'b/guardrail.yml'],
    ['policies\\prod.json', 'policies/prod.json'],
    ['eine Regel#1 für äöü?.yaml', 'eine%20Regel%231%20f%C3%BCr%20%C3%A4%C3%B6%C3%BC%3F.yaml'],
    ['lone \ud800.yaml', 'lone%20%EF%BF%BD.yaml'],
  ])('is the policy of the repository: %j is %j', (file, uri) => {
    expect(at(file)).toBe(uri);
  });

  it.each([
    ['/home/jane/policies/guardrail.yaml', 'guardrail.yaml'],
    ['../elsewhere/prod.yaml', 'prod.yaml'],
    ['C:\\Users\\jane\\prod.yaml', 'prod.yaml'],
    ['the default policy', 'guardrail.yaml'],
    ['-', 'guardrail.yaml'],
  ])('is never a path of the machine: %j is %j', (file, uri) => {
    expect(at(file)).toBe(uri);
  });

  it('names no folder of the machine anywhere', () => {
    const file = '/home/jane/policies/prod.yaml';
    const scan = scanOf({ policy: { file, hash: 'a1', mode: 'audit' } });

    const text = renderSarif(answerOf({ findings: [findingOf()], scan }));

    expect(text).not.toContain('jane');
    expect(text).toContain('"file": "prod.yaml"');
  });

  it('is kept apart by account and region', () => {
    const { run, invocation } = render({ scan: scanOf() });

    expect(run.automationDetails?.id).toBe('lambda-vpc-guardrail/123456789012/eu-west-1/report-1');
    expect(invocation?.endTimeUtc).toBe('2026-11-22T09:14:07.000Z');
    expect(run.properties).toMatchObject({ reportId: 'report-1', region: 'eu-west-1', scanned: 9 });
    expect(render({}).run).not.toHaveProperty('automationDetails');
  });
});

describe('hostile text', () => {
  it('makes no link, fills no place, breaks no line and shows no secret', () => {
    const reason = 'see [here](https://evil.example/a?b), {0}\n\u001b[2J password=hunter2';
    const { results } = render({ findings: [findingOf({ reason })] });

    const [{ message } = { message: {} }] = results;
    expect(message.text).toBe(
      'orders-api: see [here] (https://evil.example/…), {{0}}  [2J password=…',
    );
  });

  it('passes the schema wherever it stands, and no secret passes at all', () => {
    const odd = '"}]<script>\u0000\u2028\ud800 {1} ';
    const evil = `${odd}token=s3cr3tvalue`;
    const functionArn = `${ARN}-${evil}`;
    const given = { functionArn, reason: evil, statement: evil, eventId: evil, id: odd };
    const text = renderSarif(
      answerOf({
        reportId: 'r',
        findings: [
          findingOf({ ...given, controlId: odd, actor: { userAgent: evil, sessionName: evil } }),
          findingOf({ ...given, verdict: 'unknown' }),
          findingOf({ exemption: { owner: evil, reason: evil, expires: evil } }),
        ],
        unknown: [{ functionArn, reason: evil }],
        unmatched: [evil],
        unfinished: { reason: evil },
        scan: scanOf({ notSeen: [{ what: evil, because: evil, so: evil }] }),
      }),
    );

    expect(faultsOfSarif(JSON.parse(text))).toEqual([]);
    expect(text).not.toContain('s3cr3tvalue');
  });
});

describe('reports as they come', () => {
  it('pass the schema: a scan of a whole account, and the answer of a rescan', () => {
    const scan = runOf(smallReport());
    const rescan = runOf(rescanAnswer());

    expect(scan.results.length).toBeGreaterThan(10);
    expect(rescan.results).toEqual(scan.results);
    expect(scan.told.length).toBeGreaterThan(rescan.told.length);
  });

  it('would not pass with a member that SARIF does not know', () => {
    const log = JSON.parse(renderSarif(smallReport()));
    log.runs[0].results[0].severity = 'high';

    expect(faultsOfSarif(log)).not.toEqual([]);
  });
});
