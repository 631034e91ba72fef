import { createColors } from 'picocolors';
import type { ReportedFinding } from '../../../functions/core/finding.ts';
import { functionNameOf } from '../../../functions/core/function-name.ts';
import type { IdleFunction } from '../../../functions/core/idle-function.ts';
import type { InterfaceReport } from '../../../functions/core/interface-report.ts';
import { nameSome } from '../../../functions/core/name-some.ts';
import { SEVERITIES } from '../../../functions/core/policy.ts';
import { drawTable } from './draw-table.ts';
import type { NotSeen, RegionCount, Report } from './report.ts';
import { countsOf, functionsOf, judgedBy, leftOutOf } from './report-words.ts';
import { worstFirst } from './worst-first.ts';

type Colors = ReturnType<typeof createColors>;

const MOST_NAMES = 5;

/** Shows a report to people: what it comes to, and then whatever somebody may have to do something about. */
export function renderReport(
  report: Report,
  { hasColors }: { readonly hasColors: boolean },
): string {
  const colors = createColors(hasColors);
  const { findings, idle, remediations, unknown, verdicts = [], interfaces, scan } = report;
  const { notSeen = [], regions = [] } = scan ?? {};
  const sections: readonly (readonly [title: string, count: number, table: () => string])[] = [
    ['findings', findings.length, () => findingsTable(report, colors)],
    ['idle functions', idle.length, () => idleTable(idle)],
    ['planned remediations', remediations.length, () => remediationsTable(remediations)],
    ['not judged in full', unknown.length, () => unknownTable(unknown)],
    ['not seen', notSeen.length, () => notSeenTable(notSeen)],
    ['verdicts', verdicts.length, () => verdictsTable(verdicts)],
    ['network interfaces', interfaces.length, () => interfacesTable(interfaces)],
    ['functions by region', regions.length, () => regionsTable(regions)],
  ];
  const shown = sections
    .filter(([, count]) => count > 0)
    .map(([title, , table]) => `\n${colors.bold(title)}\n${table()}\n`);
  const missing = leftOutOf(report).map((line) => `${colors.red(line)}\n`);
  return [
    `${countsOf(report)}\n`,
    ...(scan === undefined ? [] : [`${judgedBy(scan)}\n`]),
    ...shown,
    ...(missing.length > 0 ? ['\n'] : []),
    ...missing,
  ].join('');
}

/** A scan plans nothing, so nobody is told what. */
function findingsTable({ findings, scan }: Report, colors: Colors): string {
  const isPlanning = scan === undefined;
  const tones = { low: colors.dim, medium: colors.yellow, high: colors.red, critical: colors.red };
  return drawTable(
    [
      ['severity'],
      ['control'],
      ['function', 40],
      ['says'],
      ['because', 60],
      [isPlanning ? 'planned' : 'exempt'],
    ],
    worstFirst(findings).map((finding) => {
      const { severity, controlId, functionArn, verdict, reason } = finding;
      return [
        severity,
        controlId,
        functionNameOf(functionArn),
        verdict,
        reason,
        plannedOf(finding, isPlanning),
      ];
    }),
    ([severity = '', ...cells]) => {
      const tone = SEVERITIES.find((one) => one === severity);
      return [tone === undefined ? severity : tones[tone](severity), ...cells];
    },
  );
}

function plannedOf({ remediation, exemption }: ReportedFinding, isPlanning: boolean): string {
  if (exemption === undefined) return isPlanning ? remediation : '';
  return isPlanning ? `exempt until ${exemption.expires}` : `until ${exemption.expires}`;
}

function idleTable(idle: readonly IdleFunction[]): string {
  return drawTable(
    [['function', 40], ['last invoked'], ['wanted awake'], ['can wake', 40], ['to wake it', 50]],
    idle.map((one) => {
      const { isListed, canWake, whyNot, toWake, lastInvokedAt = 'not on record' } = one;
      const can = whyNot === undefined ? canWake : `${canWake}: ${whyNot}`;
      return [nameOf(one), lastInvokedAt, isListed ? 'yes' : 'no', can, toWake];
    }),
  );
}

function nameOf({ functionArn, version, aliases = [] }: IdleFunction): string {
  const name = functionNameOf(functionArn);
  if (version === undefined) return name;
  return aliases.length === 0 ? `${name}:${version}` : `${name}:${version} (${aliases.join(', ')})`;
}

function remediationsTable(remediations: Report['remediations']): string {
  return drawTable(
    [['function', 40], ['planned'], ['id']],
    remediations.map(({ id, functionArn, planned }) => [functionNameOf(functionArn), planned, id]),
  );
}

function unknownTable(unknown: Report['unknown']): string {
  return drawTable(
    [
      ['function', 40],
      ['because', 80],
    ],
    [...functionsOf(unknown)].map(([functionArn, reasons]) => {
      return [functionNameOf(functionArn), reasons.join('; ')];
    }),
  );
}

function notSeenTable(notSeen: readonly NotSeen[]): string {
  return drawTable(
    [
      ['what', 40],
      ['because', 60],
      ['so', 50],
    ],
    notSeen.map(({ what, because, so }) => [what, because, so]),
  );
}

function verdictsTable(verdicts: NonNullable<Report['verdicts']>): string {
  return drawTable(
    [['function', 40], ['control'], ['says'], ['because', 60]],
    verdicts.map(({ functionArn, controlId, verdict, reason = '' }) => {
      return [functionNameOf(functionArn), controlId, verdict, reason];
    }),
  );
}

function interfacesTable(interfaces: readonly InterfaceReport[]): string {
  return drawTable(
    [
      ['VPC'],
      ['interfaces'],
      ['free addresses', 50],
      ['would share if their groups were alike', 50],
    ],
    interfaces.map(({ vpcId, interfaces: count, quota = 'unknown', subnets, couldShare }) => {
      const free = subnets.map(({ subnetId, freeAddresses = 'unknown' }) => {
        return `${subnetId} ${freeAddresses}`;
      });
      return [
        vpcId,
        `${count} of ${quota}`,
        nameSome(free, MOST_NAMES),
        nameSome(couldShare, MOST_NAMES),
      ];
    }),
  );
}

function regionsTable(regions: readonly RegionCount[]): string {
  return drawTable(
    [['region'], ['functions', 60]],
    regions.map(({ region, functions, because }) => {
      return [region, `${functions ?? `unknown: ${because}`}`];
    }),
  );
}
