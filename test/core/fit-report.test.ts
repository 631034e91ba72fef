import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReportedFinding } from '../../functions/core/finding.ts';
import { fitReport, MOST_ANSWER_BYTES } from '../../functions/core/fit-report.ts';
import { SEVERITIES, type Severity } from '../../functions/core/policy.ts';
import type { RescanReport } from '../../functions/core/rescan-report.ts';
import { ARN, ATTACHMENTS } from '../support/builders.ts';

const COVERAGE = { owner: 'payments', reason: 'moves out', expires: '2027-03-31' };
const NOTHING = { findings: [], idle: [], interfaces: [], remediations: [], unknown: [] };

function findingOf(given: Partial<ReportedFinding> = {}): ReportedFinding {
  return {
    id: 'finding-1',
    controlId: 'LVG.1',
    functionArn: ARN,
    verdict: 'violation',
    severity: 'high',
    reason: 'VPC `vpc-9` is not allowed',
    attachment: ATTACHMENTS.forbidden,
    remediation: 'none',
    observedAt: '2026-11-22T09:00:00.000Z',
    ...given,
  };
}

function reportOf(given: Partial<RescanReport> = {}): RescanReport {
  return { reportId: 'r', scanned: 9, compliant: 5, ...NOTHING, ...given };
}

/** Room for a report that has lost something, but for `bytes` less. */
const roomFor = (report: RescanReport, bytes = 0) =>
  bytesOf({ ...report, omitted: { findings: 9, idle: 9, remediations: 9, unknown: 9 } }) - bytes;

const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

describe('fitting a report into an answer', () => {
  it.each([
    ['ASCII', 'a reason'],
    ['two bytes', 'é'],
    ['three bytes', '…'],
    ['a pair of units', '😀'],
    ['half a pair', '\ud800'],
  ])('leaves a report alone that fits to the byte, and cuts it one byte later: %s', (_, reason) => {
    const report = reportOf({ findings: [findingOf({ reason }), findingOf({ reason })] });

    expect(fitReport(report, bytesOf(report))).toBe(report);
    expect(fitReport(report, bytesOf(report) - 1)).not.toBe(report);
  });

  it('cuts the least severe findings first, and the exempt ones before their like', () => {
    const severities: readonly Severity[] = ['low', 'high', 'critical', 'high', 'medium'];
    const findings = severities.map((severity, index) => {
      return findingOf({
        id: `${index}`,
        severity,
        ...(index === 1 ? { exemption: COVERAGE } : {}),
      });
    });
    const keptOf = (count: number) => {
      const ranked = ['2', '3', '1', '4', '0'].slice(0, count);
      const kept = findings.filter(({ id }) => ranked.includes(id));
      return fitReport(reportOf({ findings }), roomFor(reportOf({ findings: kept }), -1));
    };

    const ids = [1, 2, 3].map((count) => keptOf(count).findings.map(({ id }) => id));

    expect(ids).toEqual([['2'], ['2', '3'], ['1', '2', '3']]);
    expect(keptOf(2)).toMatchObject({
      scanned: 9,
      compliant: 5,
      omitted: { findings: 3, idle: 0, remediations: 0, unknown: 0 },
    });
  });

  it('cuts the other lists only where no finding is left to cut', () => {
    const unknown = ['a', 'b'].map((functionArn) => ({ functionArn, reason: 'denied' }));
    const report = reportOf({ findings: [findingOf()], unknown });

    const whole = fitReport(report, roomFor(reportOf({ unknown }), -1));
    const part = fitReport(report, roomFor(reportOf({ unknown }), 1));

    expect(whole).toMatchObject({ findings: [], unknown, omitted: { findings: 1, unknown: 0 } });
    expect(part).toMatchObject({ findings: [], omitted: { findings: 1, unknown: 1 } });
    expect(part.unknown).toEqual(unknown.slice(0, 1));
  });

  it('adds to what was left out before', () => {
    const omitted = { findings: 2, idle: 1, remediations: 0, unknown: 0 };

    const cut = fitReport(reportOf({ findings: [findingOf()], omitted }), 0);

    expect(cut.omitted).toEqual({ ...omitted, findings: 3 });
  });

  it('leaves room beside the answer in six million bytes', () => {
    const findings = Array.from({ length: 20_000 }, (_, index) => findingOf({ id: `${index}` }));

    const cut = fitReport(reportOf({ findings }), MOST_ANSWER_BYTES);

    expect(bytesOf(cut)).toBeLessThanOrEqual(MOST_ANSWER_BYTES);
    expect(bytesOf(cut)).toBeGreaterThan(MOST_ANSWER_BYTES - 1_000);
    expect(cut.findings.length + (cut.omitted?.findings ?? 0)).toBe(20_000);
  });
});

const texts = fc.string({ unit: 'binary', maxLength: 40 });

const reports = fc
  .record({
    findings: fc.array(
      fc.record({
        severity: fc.constantFrom(...SEVERITIES),
        reason: texts,
        isExempt: fc.boolean(),
      }),
      { maxLength: 12 },
    ),
    idle: fc.array(texts, { maxLength: 5 }),
    remediations: fc.array(texts, { maxLength: 5 }),
    unknown: fc.array(texts, { maxLength: 5 }),
  })
  .map(({ findings, idle, remediations, unknown }) =>
    reportOf({
      findings: findings.map(({ isExempt, ...finding }, index) =>
        findingOf({ ...finding, id: `${index}`, ...(isExempt ? { exemption: COVERAGE } : {}) }),
      ),
      idle: idle.map((toWake) => ({ functionArn: ARN, isListed: false, canWake: 'yes', toWake })),
      remediations: remediations.map((planned, index) => {
        return { id: `${index}`, functionArn: ARN, planned, isCounted: true };
      }),
      unknown: unknown.map((reason) => ({ functionArn: ARN, reason })),
    }),
  );

const LISTS = ['findings', 'idle', 'remediations', 'unknown'] as const;

describe('any report', () => {
  it('fits, whatever there is room for beyond the counts', () => {
    fc.assert(
      fc.property(reports, fc.nat(4_000), (report, more) => {
        const bare = { findings: 12, idle: 5, remediations: 5, unknown: 5 };
        const most = bytesOf(reportOf({ omitted: bare })) + more;

        const cut = fitReport(report, most);

        expect(bytesOf(cut)).toBeLessThanOrEqual(most);
        expect(cut === report).toBe(bytesOf(report) <= most);
      }),
    );
  });

  it('keeps its order and its worst, and counts all that it lost', () => {
    fc.assert(
      fc.property(reports, fc.nat(4_000), (report, most) => {
        const cut = fitReport(report, most);

        for (const list of LISTS) {
          const kept = new Set<object>(cut[list]);
          expect(cut[list]).toEqual(report[list].filter((entry) => kept.has(entry)));
          expect(report[list].length - cut[list].length).toBe(cut.omitted?.[list] ?? 0);
        }
        const lost = report.findings.filter((finding) => !cut.findings.includes(finding));
        const worst = (findings: readonly ReportedFinding[], pick: typeof Math.max) =>
          pick(...findings.map(({ severity }) => SEVERITIES.indexOf(severity)));
        expect(worst(lost, Math.max)).toBeLessThanOrEqual(worst(cut.findings, Math.min));
      }),
    );
  });
});
