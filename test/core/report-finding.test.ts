import { describe, expect, it } from 'vitest';
import { reportFindings } from '../../functions/core/report-finding.ts';
import {
  ARN,
  ATTACHMENTS,
  findingOf,
  NOW_MS,
  recordOf,
  settledRecord,
  snapshotOf,
  violationOf,
} from '../support/builders.ts';

const statement = 'one.json OnlyVpc1';
const reported = {
  snapshot: snapshotOf({ attachment: ATTACHMENTS.forbidden }),
  findings: [
    findingOf('compliant'),
    findingOf('not-applicable'),
    findingOf('violation', { verdict: { status: 'violation', reason: 'no', statement } }),
    findingOf('unknown', { controlId: 'LVG.3', severity: 'low' }),
  ],
  record: settledRecord(),
  violation: violationOf(),
  remediation: 'revert',
  nowMs: NOW_MS,
};

describe('reportFindings', () => {
  it('reports violations with everything that is known of them', () => {
    expect(reportFindings(reported)[0]).toStrictEqual({
      id: expect.stringMatching(/^[0-9a-f]{16}$/),
      controlId: 'LVG.1',
      statement,
      functionArn: ARN,
      verdict: 'violation',
      severity: 'high',
      reason: 'no',
      attachment: ATTACHMENTS.forbidden,
      baseline: ATTACHMENTS.approved,
      actor: violationOf().actor,
      remediation: 'revert',
      eventId: 'event-1',
      observedAt: '2026-11-22T09:00:00.000Z',
    });
  });

  it('reports unknowns and leaves out the others', () => {
    expect(reportFindings(reported)).toMatchObject([
      { verdict: 'violation' },
      { verdict: 'unknown', controlId: 'LVG.3', severity: 'low' },
    ]);
  });

  it('leaves out what nobody knows', () => {
    const { violation, ...rest } = reported;

    const [finding] = reportFindings({
      ...rest,
      findings: [findingOf('violation')],
      record: recordOf(),
    });

    for (const key of ['statement', 'baseline', 'actor', 'eventId']) {
      expect(finding).not.toHaveProperty(key);
    }
  });

  it('names the same finding the same, and another attachment or control otherwise', () => {
    const elsewhere = { ...reported, snapshot: snapshotOf({ attachment: ATTACHMENTS.detached }) };
    const [first, second] = reportFindings({ ...reported, nowMs: 0 });

    expect(first?.id).toBe(reportFindings(reported)[0]?.id);
    expect(second?.id).not.toBe(first?.id);
    expect(reportFindings(elsewhere)[0]?.id).not.toBe(first?.id);
  });
});
