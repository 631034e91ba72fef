import { describe, expect, it } from 'vitest';
import { nextGeneration, observeGone } from '../../functions/core/generation.ts';
import { HANDLER_MS } from '../../functions/core/settle-intent.ts';
import {
  ARN,
  ATTACHMENTS,
  changeOf,
  NOW_MS,
  noticeOf,
  quarantineIntent,
  recordOf,
  releaseIntent,
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

describe('observeGone, where another function has its name already', () => {
  const deletedMs = NOW_MS - 60_000;
  const replaced = { nowMs: deletedMs, eventId: 'event-9', isReplaced: true } as const;

  it('keeps what was done since the delete: it was done to the other one', () => {
    const quarantine = { remediationId: 'remediation-1', sinceMs: NOW_MS, previous: 5 };
    const known = settledRecord({ quarantine, intent: releaseIntent({ startedAtMs: NOW_MS }) });

    expect(observeGone(known, replaced)).toMatchObject({
      isDeleted: true,
      quarantine,
      intent: { kind: 'release' },
    });
    expect(observeGone(known, { nowMs: deletedMs })).not.toHaveProperty('quarantine');
  });

  it('counts what a handler was about to do as done since, and nothing older', () => {
    const doneAt = (sinceMs: number) =>
      observeGone(
        settledRecord({
          quarantine: { remediationId: 'remediation-1', sinceMs },
          intent: releaseIntent({ startedAtMs: sinceMs }),
        }),
        replaced,
      );

    expect(doneAt(deletedMs - HANDLER_MS)).toHaveProperty('quarantine');
    expect(doneAt(deletedMs - HANDLER_MS - 1)).not.toHaveProperty('quarantine');
    expect(doneAt(deletedMs - HANDLER_MS - 1)).not.toHaveProperty('intent');
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

  it('is born by its create, or after the delete of the one before', () => {
    const change = changeOf('approved', { kind: 'create', eventTimeMs: NOW_MS - 7_000 });
    const gone = observeGone(settledRecord(), { nowMs: NOW_MS - 9_000 });

    expect(nextGeneration(settledRecord(), { nowMs: NOW_MS, change })).toMatchObject({
      bornMs: NOW_MS - 7_000,
    });
    expect(nextGeneration(gone, { nowMs: NOW_MS, change })).toMatchObject({
      bornMs: NOW_MS - 9_000,
    });
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
