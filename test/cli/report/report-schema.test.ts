import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { z } from 'zod';
import type { Report } from '../../../lib/cli/report/report.ts';
import {
  REPORT_SCHEMA_FILE,
  type reportSchema,
  toReportSchema,
} from '../../../lib/cli/report/report-schema.ts';
import { ARN } from '../../support/builders.ts';
import { rescanAnswer, smallReport } from '../../support/sample-report.ts';
import { answerOf, COVERAGE, findingOf, idleOf } from './answers.ts';
import { faultsOfReport, undescribedIn } from './schema-faults.ts';

const ROOT = join(import.meta.dirname, '../../..');
const COMMITTED = JSON.parse(readFileSync(join(ROOT, REPORT_SCHEMA_FILE), 'utf8'));

/** A type without `readonly`, which a schema does not know; what may be absent stays so. */
type Plain<Type> = Type extends readonly (infer Item)[]
  ? Plain<Item>[]
  : Type extends object
    ? { -readonly [Key in keyof Type]: Plain<Type[Key]> }
    : Type;

/** A report with every member that there is. */
const FULL: Report = {
  ...smallReport(),
  findings: [
    findingOf({
      statement: 'a.json#One',
      baseline: { subnetIds: [], securityGroupIds: [], ipv6AllowedForDualStack: false },
      actor: {
        principalArn: 'arn:aws:iam::123456789012:role/deploy',
        accountId: '123456789012',
        sessionName: 'jane',
        invokedBy: 'cloudformation.amazonaws.com',
        userAgent: 'aws-cli',
      },
      exemption: COVERAGE,
      eventId: 'e-1',
    }),
  ],
  idle: [
    idleOf({
      version: '7',
      aliases: ['PROD'],
      canWake: 'no',
      whyNot: 'full',
      lastInvokedAt: '2026-11-01',
    }),
  ],
  remediations: [
    {
      id: 'r-1',
      functionArn: ARN,
      planned: 'revert',
      isCounted: true,
      target: findingOf().attachment,
    },
  ],
  waiting: [ARN],
  unmatched: ['nightly-*'],
  verdicts: [{ functionArn: ARN, controlId: 'LVG.3', verdict: 'violation', reason: 'public' }],
  unfinished: { reason: 'no time' },
  omitted: { findings: 1, idle: 0, remediations: 0, unknown: 0 },
};

describe('report.schema.json', () => {
  it('is what `npm run schema` writes', () => {
    expect(COMMITTED).toEqual(toReportSchema());
  });

  it('says of every member what it is', () => {
    expect(undescribed(COMMITTED, '')).toEqual([]);
  });

  it('is about the reports that there are: the compiler compares them', () => {
    expectTypeOf<Plain<z.infer<typeof reportSchema>>>().toEqualTypeOf<Plain<Report>>();
  });

  it.each([
    ['a scan of a whole account', smallReport()],
    ['the answer of a rescan', rescanAnswer()],
    ['an empty one', answerOf()],
    ['one with everything', FULL],
  ])('lets reports through as they are, and describes all of it: %s', (_, report) => {
    const document = JSON.parse(JSON.stringify(report));

    expect(faultsOfReport(document)).toEqual([]);
    expect(undescribedIn(document)).toEqual([]);
  });

  it('lets a member through that a later version adds', () => {
    const later = { ...answerOf({ findings: [findingOf()] }), weather: 'fine' };

    expect(faultsOfReport(later)).toEqual([]);
    expect(undescribedIn(later)).toEqual([expect.stringContaining('weather')]);
  });

  const whole = JSON.parse(JSON.stringify(FULL));

  it.each(pathsOf(whole))('refuses another kind of value at %s', (path) => {
    expect(faultsOfReport(withValue(whole, path, [[]]))).not.toEqual([]);
  });

  it.each([
    ['reportId'],
    ['findings'],
    ['findings.0.id'],
    ['findings.0.attachment.subnetIds'],
    ['idle.0.toWake'],
    ['scan.policy.hash'],
    ['scan.notSeen.0.so'],
    ['scan.networks.0.subnets.0.egress'],
    ['scan.timeline.0.event'],
  ])('refuses a report without %s', (path) => {
    expect(faultsOfReport(without(whole, path))).not.toEqual([]);
  });

  it.each([
    ['findings.0.severity', 'dreadful'],
    ['findings.0.verdict', 'compliant'],
    ['findings.0.observedAt', 'yesterday'],
    ['findings.0.exemption.expires', '2027-02-30'],
    ['scan.functions.0.standing', 'lying'],
    ['scan.networks.0.subnets.0.egress', 'wormhole'],
    ['scanned', -1],
    ['compliant', 1.5],
  ])('refuses at %s the value %j', (path, value) => {
    expect(faultsOfReport(withValue(whole, path, value))).not.toEqual([]);
  });
});

describe('docs/report-format.md', () => {
  const page = readFileSync(join(ROOT, 'docs/report-format.md'), 'utf8');
  const membersOf = (head: string) => {
    const [, table = ''] = page.split(`| ${head} | holds |\n| --- | --- |\n`);
    const [rows = ''] = table.split('\n\n');
    return rows
      .split('\n')
      .flatMap((row) =>
        [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name),
      );
  };

  it.each([
    ['member', COMMITTED],
    ['member of `scan`', COMMITTED.properties.scan],
  ])('has a row for every %s', (head, schema) => {
    expect(membersOf(head).toSorted()).toEqual(Object.keys(schema.properties).toSorted());
  });
});

interface Described {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Described>>;
  readonly items?: Described;
}

function undescribed({ properties = {}, items }: Described, path: string): readonly string[] {
  const own = Object.entries(properties).flatMap(([key, held]) => [
    ...(held.description === undefined ? [`${path}${key}`] : []),
    ...undescribed(held, `${path}${key}.`),
  ]);
  return items === undefined ? own : [...own, ...undescribed(items, `${path}[].`)];
}

/** The way to every value of a document; of a list only to its first item. */
function pathsOf(value: unknown, way: readonly string[] = []): readonly string[] {
  const own = way.length === 0 ? [] : [way.join('.')];
  if (typeof value !== 'object' || value === null) return own;
  const held = Object.entries(value).slice(0, Array.isArray(value) ? 1 : undefined);
  return [...own, ...held.flatMap(([key, one]) => pathsOf(one, [...way, key]))];
}

/** A copy that has another value in one place. */
function withValue(document: object, path: string, value: unknown): unknown {
  const copy = structuredClone(document);
  Reflect.set(...placeOf(copy, path), value);
  return copy;
}

function without(document: object, path: string): unknown {
  const copy = structuredClone(document);
  Reflect.deleteProperty(...placeOf(copy, path));
  return copy;
}

function placeOf(document: object, path: string): [holder: object, key: string] {
  const keys = path.split('.');
  const holder = keys.slice(0, -1).reduce((one, key) => Object(Reflect.get(one, key)), document);
  return [holder, keys.at(-1) ?? ''];
}
