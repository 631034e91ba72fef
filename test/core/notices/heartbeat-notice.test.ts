import { describe, expect, it } from 'vitest';
import {
  heartbeatBackNotice,
  heartbeatNotice,
} from '../../../functions/core/notices/heartbeat-notice.ts';
import { toChatMessage, toFindingsMessage } from '../../../functions/core/render-notice.ts';
import { NOW_MS } from '../../support/builders.ts';

const NEWS = {
  account: '123456789012',
  region: 'us-east-1',
  sentMs: NOW_MS - 900_000,
  everyHours: 6,
  nowMs: NOW_MS,
};

describe('heartbeatNotice', () => {
  it('says since when it hears nothing', () => {
    expect(heartbeatNotice(NEWS).text).toContain('None has ever come back.');
    expect(heartbeatNotice({ ...NEWS, seenMs: NOW_MS - 22_500_000 }).text).toContain(
      'The last one that came back was of 2026-11-22 02:45:00 UTC.',
    );
  });

  it('says how long a change may go unseen', () => {
    expect(heartbeatNotice(NEWS).text).toContain('by the next sweep, every 6 hours,');
    expect(heartbeatNotice({ ...NEWS, everyHours: 1 }).text).toContain('every hour,');
  });

  it('says how to look at the trail, at the rule and at the queue', () => {
    expect(heartbeatNotice(NEWS).nextSteps).toEqual([
      expect.stringContaining('aws cloudtrail get-trail-status'),
      expect.stringContaining('aws events describe-rule --name NAME'),
      expect.stringContaining('dead-letter queue'),
    ]);
  });

  it('tells machines which heartbeat it is, and whether it is missing', () => {
    const told = [heartbeatNotice(NEWS), heartbeatBackNotice(NEWS)].map(
      (notice) => JSON.parse(JSON.parse(toFindingsMessage(notice)).default).heartbeat,
    );

    expect(told).toMatchObject([
      { sentAt: '2026-11-22T08:45:00.000Z', isMissing: true },
      { sentAt: '2026-11-22T08:45:00.000Z', isMissing: false },
    ]);
  });

  it('has one id a heartbeat, whenever it is told', () => {
    const again = heartbeatNotice({ ...NEWS, nowMs: NOW_MS + 1, seenMs: 1 });
    const next = heartbeatNotice({ ...NEWS, sentMs: NOW_MS });

    expect(again.id).toBe(heartbeatNotice(NEWS).id);
    expect(next.id).not.toBe(again.id);
  });
});

describe('heartbeatBackNotice', () => {
  it('ends what was told, in its thread', () => {
    const missing = heartbeatNotice(NEWS);
    const back = heartbeatBackNotice(NEWS);

    expect(back).toMatchObject({ severity: 'low', threadId: missing.threadId });
    expect(back.id).not.toBe(missing.id);
    expect(JSON.parse(toChatMessage(back)).metadata.relatedResources).toEqual([]);
  });
});
