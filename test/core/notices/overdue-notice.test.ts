import { describe, expect, it } from 'vitest';
import { overdueNotice } from '../../../functions/core/notices/overdue-notice.ts';
import { toFindingsMessage, toMailText } from '../../../functions/core/render-notice.ts';
import { NOW_MS } from '../../support/builders.ts';

const OVERDUE = {
  account: '123456789012',
  region: 'us-east-1',
  sinceMs: NOW_MS - 13 * 3_600_000,
  everyHours: 6,
  nowMs: NOW_MS,
};

describe('overdueNotice', () => {
  it('says since when, how often one should end, and where to look', () => {
    const text = toMailText(overdueNotice(OVERDUE));

    expect(text).toContain('that began after 2026-11-21 20:00:00 UTC has ended');
    expect(text).toContain('every 6 h');
    expect(text).toContain('`sweep-on-schedule`');
    expect(overdueNotice(OVERDUE)).toMatchObject({ kind: 'heartbeat', severity: 'critical' });
  });

  it('tells machines the same, with one id for one failure', () => {
    const told = JSON.parse(JSON.parse(toFindingsMessage(overdueNotice(OVERDUE))).default);
    const again = overdueNotice({ ...OVERDUE, nowMs: NOW_MS + 900_000 });

    expect(told.sweep).toMatchObject({ since: '2026-11-21T20:00:00.000Z', everyHours: 6 });
    expect(again.id).toBe(overdueNotice(OVERDUE).id);
    expect(overdueNotice({ ...OVERDUE, sinceMs: NOW_MS }).id).not.toBe(again.id);
  });
});
