import { describe, expect, it } from 'vitest';
import { nextGeneration, observeGone } from '../../functions/core/generation.ts';
import {
  ARN,
  ATTACHMENTS,
  NOW_MS,
  noticeOf,
  quarantineIntent,
  recordOf,
  settledRecord,
} from '../support/builders.ts';

describe('observeGone', () => {
  it('keeps the counters of what is gone, and when and by which event', () => {
    const counters = { revertsMs: [1], violations: 2, wakes: 3 };
    const known = settledRecord({ ...counters, outbox: [noticeOf('notice-1')] });

    expect(observeGone(known, { nowMs: NOW_MS, eventId: 'event-9' })).toStrictEqual({
      functionArn: ARN,
      version: 7,
      generation: 1,
      changedAtMs: NOW_MS,
      lastEventId: 'event-9',
      isDeleted: true,
      ...counters,
      recheckAtMs: 0,
      outbox: [],
      unkept: [
        {
          id: expect.any(String),
          functionArn: ARN,
          generation: 1,
          version: 7,
          step: 0,
          atMs: NOW_MS,
          event: 'deleted',
          why: 'somebody deleted it',
          eventId: 'event-9',
          before: { attachment: ATTACHMENTS.approved },
        },
      ],
    });
    expect(observeGone(known, { nowMs: 0 })).toMatchObject({ changedAtMs: known.changedAtMs });
    expect(observeGone(recordOf(), { nowMs: 0 }).unkept).toMatchObject([
      { event: 'deleted', why: 'AWS does not find it any more' },
    ]);
  });
});

describe('nextGeneration', () => {
  it('keeps the end of the one before, as its delete would have, unless that was seen', () => {
    const known = settledRecord();
    const gone = observeGone(known, { nowMs: NOW_MS, eventId: 'event-9' });

    const { unkept, generation, isDeleted } = nextGeneration(known, { nowMs: NOW_MS });

    expect({ generation, isDeleted }).toEqual({ generation: 2, isDeleted: false });
    expect(unkept).toMatchObject([{ event: 'deleted', generation: 1, id: gone.unkept[0]?.id }]);
    expect(nextGeneration(gone, { nowMs: NOW_MS }).unkept).toEqual(gone.unkept);
  });

  it.each([
    ['carries over what was done to the new one before it was known', NOW_MS - 20_000, true],
    ['forgets what was done to the one before', NOW_MS - 40_000, false],
  ])('%s', (_, atMs, isKept) => {
    const done = {
      quarantine: { remediationId: 'remediation-0', sinceMs: atMs },
      intent: quarantineIntent({ startedAtMs: atMs }),
    };

    const { quarantine, intent } = nextGeneration(settledRecord(done), { nowMs: NOW_MS });

    expect({ quarantine, intent }).toEqual(
      isKept ? done : { quarantine: undefined, intent: undefined },
    );
  });
});
