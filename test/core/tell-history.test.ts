import { describe, expect, it } from 'vitest';
import { decide } from '../../functions/core/decide.ts';
import { observeGone } from '../../functions/core/generation.ts';
import type { FunctionRecord } from '../../functions/core/record.ts';
import { keepEnd } from '../../functions/core/tell-history.ts';
import { writeIntent } from '../../functions/core/write-intent.ts';
import {
  ATTACHMENTS,
  changeOf,
  controlsWith,
  enforcingPolicy,
  findingOf,
  goodLookOf,
  lookOf,
  NOW_MS,
  originOf,
  quarantineIntent,
  recordOf,
  revertIntent,
  settledRecord,
  snapshotOf,
  violationOf,
  wakeIntent,
} from '../support/builders.ts';

const GUARDRAIL_DID = 'the guardrail put it there';
const QUARANTINE = { remediationId: 'remediation-0', sinceMs: 0, previous: 5 };

/** What a record tells, entry by entry. */
function story({ unkept }: FunctionRecord) {
  return unkept.map(({ event, why }) => [event, why]);
}

describe('the history of a decision', () => {
  it('tells who moved a function where, what that violates, and what is done about it', () => {
    const known = settledRecord();
    const role = snapshotOf().role;
    const current = { ...originOf('forbidden'), role };
    const origin = changeOf('forbidden');
    const violation = violationOf({ id: 'violation-1', actor: origin.actor });

    const { record, intended } = decide(lookOf({ known, record: { ...known, current }, origin }));

    expect(record.unkept).toMatchObject([
      {
        event: 'attached',
        why: 'its attachment changed',
        who: origin.actor,
        eventId: 'event-1',
        before: { attachment: ATTACHMENTS.approved },
        after: { attachment: ATTACHMENTS.forbidden },
      },
      {
        event: 'violation',
        who: origin.actor,
        controlIds: ['LVG.1'],
        remediation: 'revert',
        remediationReason: 'its last good attachment is known',
        sinceMs: origin.eventTimeMs,
      },
    ]);
    expect(violation.actor).toEqual(origin.actor);
    expect(intended?.unkept.slice(2)).toMatchObject([
      {
        event: 'decided',
        remediation: 'revert',
        remediationId: intended?.intent.remediationId,
        before: { attachment: ATTACHMENTS.forbidden },
        after: { attachment: ATTACHMENTS.approved },
        undo: { attachment: ATTACHMENTS.forbidden },
        policyHash: lookOf().policy.hash,
      },
    ]);
  });

  it('tells nothing of a look that shows nothing new', () => {
    const known = settledRecord();
    const violation = violationOf();

    expect(story(decide(goodLookOf({ known, record: known })).record)).toEqual([]);
    const again = settledRecord({ current: { ...originOf('forbidden'), role: '' }, violation });
    expect(story(decide(lookOf({ known: again, record: again, mode: 'audit' })).record)).toEqual(
      [],
    );
  });

  it('tells of a function that nobody had looked at, and of its baseline', () => {
    const { baseline, ...record } = settledRecord();
    const look = goodLookOf({ known: recordOf(), record });

    expect(story(decide(look).record)).toEqual([
      ['attached', 'nobody had looked at it before'],
      ['baseline', 'it is compliant, and AWS runs it'],
    ]);
  });

  it('tells where reverts went before', () => {
    const record = settledRecord({ baseline: originOf('alsoApproved') });

    expect(decide(goodLookOf({ known: record, record })).record.unkept).toMatchObject([
      {
        event: 'baseline',
        before: { attachment: ATTACHMENTS.alsoApproved },
        after: { attachment: ATTACHMENTS.approved },
      },
    ]);
  });

  it('tells how a violation ended, even one that nobody was told of', () => {
    const violation = violationOf({ isTold: false });
    const record = settledRecord({ violation });

    const ended = decide(goodLookOf({ known: record, record })).record;

    expect(ended).toMatchObject({
      outbox: [],
      unkept: [{ event: 'resolved', why: 'it is compliant', sinceMs: violation.sinceMs }],
    });
    expect(ended.unkept[0]).not.toHaveProperty('containedMs');
  });

  it('tells when a violation that is over was contained', () => {
    const violation = violationOf({ containedMs: NOW_MS - 1_000, freeForMs: 300 });
    const record = settledRecord({ violation });

    expect(decide(goodLookOf({ known: record, record })).record.unkept).toMatchObject([
      { event: 'resolved', containedMs: NOW_MS - 1_000, freeForMs: 300 },
    ]);
  });

  it('tells that a violation is over when its quarantine is', () => {
    const violation = violationOf();
    const intent = quarantineIntent({ kind: 'release', reservedConcurrency: 5 });
    const record = settledRecord({ violation, intent, quarantine: QUARANTINE });
    const snapshot = snapshotOf({ reservedConcurrency: 5 });

    const { unkept } = decide(goodLookOf({ known: record, record, snapshot })).record;

    expect(unkept.map(({ event }) => event)).toEqual(['done', 'resolved']);
  });

  it('tells that a violation is over of which only what the policy tells of is left', () => {
    const policy = enforcingPolicy({
      controls: controlsWith({ 'LVG.6': { severity: 'medium', onChange: 'notify' } }),
    });
    const violation = violationOf({ controlIds: ['LVG.1'], isTold: true });
    const record = settledRecord({ violation });
    const findings = [findingOf('violation', { controlId: 'LVG.6', severity: 'medium' })];

    const { unkept } = decide(goodLookOf({ known: record, record, policy, findings })).record;

    expect(unkept).toMatchObject([
      { event: 'violation', controlIds: ['LVG.6'] },
      { event: 'resolved', controlIds: ['LVG.1'], why: 'nothing is left that the policy acts on' },
    ]);
  });

  it.each([
    [
      'has to wait',
      { snapshot: snapshotOf({ attachment: ATTACHMENTS.forbidden, state: 'Pending' }) },
      { remediation: 'none', wanted: 'revert', remediationReason: expect.stringContaining('wait') },
    ],
    [
      'the mode withholds',
      { mode: 'audit' },
      { remediation: 'withheld', wanted: 'revert', remediationReason: 'the mode is audit' },
    ],
    [
      'a change of the network led to',
      { after: { resourceId: 'rtb-1', eventId: 'event-7' } },
      { remediation: 'revert', network: { resourceId: 'rtb-1', eventId: 'event-7' } },
    ],
  ] as const)('tells of a remediation that %s', (_, given, expected) => {
    const { unkept } = decide(lookOf(given)).record;

    expect(unkept.find(({ event }) => event === 'violation')).toMatchObject(expected);
  });

  it('knows what the guardrail itself moved, and what is new', () => {
    const intent = revertIntent({ status: 'sent' });
    const known = settledRecord({
      current: { ...originOf('forbidden'), role: snapshotOf().role },
      intent,
    });
    const { remediationId } = intent;

    expect(decide(goodLookOf({ known, record: known })).record.unkept).toContainEqual(
      expect.objectContaining({ event: 'attached', why: GUARDRAIL_DID, remediationId }),
    );
    const elsewhere = { ...intent, target: originOf('alsoApproved') };
    const moved = goodLookOf({ known: { ...known, intent: elsewhere }, record: settledRecord() });
    expect(story(decide(moved).record)).toContainEqual(['attached', 'its attachment changed']);
    const waking = goodLookOf({
      known: { ...known, intent: wakeIntent() },
      record: settledRecord(),
    });
    expect(story(decide(waking).record)).toContainEqual(['attached', 'its attachment changed']);
  });

  it('tells where a function is in its new life, be it where it was', () => {
    const known = settledRecord();
    const record = settledRecord({ generation: 2 });
    const origin = changeOf('approved', { kind: 'create' });

    const { unkept } = decide(goodLookOf({ known, record, origin })).record;

    expect(unkept[0]).toMatchObject({ event: 'attached', why: 'it was created there' });
    expect(unkept[0]).not.toHaveProperty('before');
  });

  it.each([
    ['by the event that told', changeOf('forbidden', { kind: 'concurrency' }), 'event-1'],
    ['by an event about something else', changeOf('forbidden', { kind: 'tags' }), undefined],
    ['without one', undefined, undefined],
  ])('tells who ended a quarantine, %s', (_, asked, eventId) => {
    const record = settledRecord({ quarantine: QUARANTINE });
    const snapshot = snapshotOf({ reservedConcurrency: 7 });
    const { attachment } = snapshot;

    const { unkept } = decide(
      goodLookOf({ known: record, record, snapshot, ...(asked === undefined ? {} : { asked }) }),
    ).record;

    expect(unkept).toMatchObject([
      {
        event: 'lifted',
        before: { attachment, reservedConcurrency: 0 },
        after: { attachment, reservedConcurrency: 7 },
      },
    ]);
    expect(unkept[0]?.eventId).toBe(eventId);
  });

  it('tells who deleted a function, where an event did', () => {
    const { actor } = changeOf();
    const gone = observeGone(settledRecord(), { nowMs: NOW_MS, eventId: 'event-9', actor });

    expect(gone.unkept).toMatchObject([{ event: 'deleted', who: actor, eventId: 'event-9' }]);
  });

  it.each([
    [
      'a revert that landed',
      revertIntent({ status: 'open', target: originOf('approved') }),
      snapshotOf(),
      ['done', 'landed'],
    ],
    [
      'a revert that failed',
      revertIntent({ status: 'sent', target: originOf('approved') }),
      snapshotOf({ lastUpdateStatus: 'Failed', lastUpdateStatusReasonCode: 'InvalidSubnet' }),
      ['failed'],
    ],
    [
      'a quarantine whose answer was lost',
      quarantineIntent({ status: 'open' }),
      snapshotOf({ reservedConcurrency: 0 }),
      ['done'],
    ],
    [
      'a release whose answer was lost',
      quarantineIntent({ status: 'open', kind: 'release', reservedConcurrency: 5 }),
      snapshotOf({ reservedConcurrency: 5 }),
      ['done'],
    ],
    ['a quarantine that was never made', quarantineIntent(), snapshotOf(), ['dropped']],
    ['a wake that worked', wakeIntent({ status: 'sent' }), snapshotOf(), ['landed']],
    [
      'a wake that did not',
      wakeIntent({ status: 'sent' }),
      snapshotOf({ state: 'Inactive', stateReasonCode: 'Idle' }),
      ['failed'],
    ],
  ])('tells of %s', (_, intent, snapshot, events) => {
    const record = settledRecord({ intent });

    const { unkept } = decide(goodLookOf({ known: record, record, snapshot })).record;

    const ofIntent = unkept.filter(({ remediationId }) => remediationId === intent.remediationId);
    expect(ofIntent.map(({ event }) => event)).toEqual(events);
  });

  it('tells what a quarantine, a release and a wake leave of a function', () => {
    const release = decide(
      goodLookOf({
        record: settledRecord({ quarantine: QUARANTINE }),
        snapshot: snapshotOf({ reservedConcurrency: 0 }),
      }),
    ).intended;
    const { attachment } = snapshotOf();

    expect(release?.unkept.at(-1)).toMatchObject({
      event: 'decided',
      remediation: 'release',
      before: { attachment, reservedConcurrency: 0 },
      after: { attachment, reservedConcurrency: 5 },
    });
  });

  it('tells nothing of the end of a remediation that no record holds', () => {
    const record = recordOf();

    expect(keepEnd(record, { nowMs: NOW_MS }, ['done', 'AWS took the call'])).toBe(record);
  });

  it('tells of a release until when a violation is held off, and blames nobody', () => {
    const hold = { untilMs: NOW_MS + 5, attachment: ATTACHMENTS.forbidden, reason: 'ticket 42' };
    const record = settledRecord({ quarantine: QUARANTINE, violation: violationOf(), hold });
    const remediation = { kind: 'release', reason: 'an operator asked for it' } as const;

    const { unkept } = writeIntent(lookOf({ record }), remediation);

    expect(unkept).toMatchObject([{ event: 'decided', holdUntilMs: NOW_MS + 5 }]);
    expect(unkept[0]).not.toHaveProperty('who');
  });
});
