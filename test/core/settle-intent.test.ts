import { describe, expect, it } from 'vitest';
import type { Intent } from '../../functions/core/record.ts';
import {
  isBeingDone,
  refusalKey,
  refused,
  released,
  settleIntent,
} from '../../functions/core/settle-intent.ts';
import type { FunctionSnapshot } from '../../functions/core/snapshot.ts';
import {
  ATTACHMENTS,
  findingOf,
  lookOf,
  NOW_MS,
  noticeOf,
  quarantineIntent,
  recordOf,
  releaseIntent,
  revertIntent,
  settledRecord,
  snapshotOf,
  violationOf,
  wakeIntent,
} from '../support/builders.ts';

const outbox = [noticeOf('notice-0'), noticeOf('notice-1')];

function settle(intent: Intent, snapshot: Partial<FunctionSnapshot>) {
  const record = settledRecord({
    intent,
    outbox,
    violation: violationOf(),
    quarantine: { remediationId: 'remediation-0', sinceMs: 0, previous: 3 },
    revertsMs: [NOW_MS - 3_600_000, NOW_MS - 1],
  });
  return settleIntent(lookOf({ record, snapshot: snapshotOf(snapshot) }));
}

const release = releaseIntent({ reservedConcurrency: 3 });
const moved = { attachment: ATTACHMENTS.forbidden };
const inFlight = { lastUpdateStatus: 'InProgress' };
const failed = { lastUpdateStatus: 'Failed', lastUpdateStatusReasonCode: 'InvalidSubnet' };
const sent = { status: 'sent' } as const;

describe('settleIntent', () => {
  it.each([
    ['a revert that AWS runs', revertIntent(sent), {}],
    ['a revert that was never noted as sent', revertIntent(), {}],
    ['a quarantine', quarantineIntent(), { reservedConcurrency: 0 }],
    ['a release to what was reserved', release, { reservedConcurrency: 3 }],
    ['a release to nothing', releaseIntent(), {}],
    ['a wake', wakeIntent(sent), {}],
    ['a revert whose update failed', revertIntent(sent), failed],
    ['a wake after which it is idle again', wakeIntent(sent), { state: 'Inactive' }],
  ])('closes %s and keeps what is to be told of it', (_, intent, snapshot) => {
    const record = settle(intent, snapshot);

    expect(record).not.toHaveProperty('intent');
    expect(record.outbox).toEqual(expect.arrayContaining(outbox));
  });

  it.each([
    ['a revert that was never made', revertIntent(), moved],
    ['a revert that somebody undid', revertIntent(sent), { ...moved, ...inFlight }],
    [
      'a revert that was never made, after an update that failed',
      revertIntent(),
      { ...moved, ...failed },
    ],
    ['a quarantine', quarantineIntent(), {}],
    ['a release', release, { reservedConcurrency: 0 }],
    ['a wake', wakeIntent(), { state: 'Inactive' }],
  ])('drops %s of which nothing is seen, and its notice', (_, intent, snapshot) => {
    const record = settle(intent, snapshot);

    expect(record).not.toHaveProperty('intent');
    expect(record.outbox).toEqual([noticeOf('notice-0')]);
    expect(record.violation).toEqual(violationOf());
    expect(record.revertsMs).toHaveLength(2);
  });

  it.each([
    ['a revert', revertIntent(), inFlight],
    ['a wake', wakeIntent(), { state: 'Pending' }],
  ])('notes that AWS took %s and works on it', (_, intent, snapshot) => {
    expect(settle(intent, snapshot)).toMatchObject({ intent: { status: 'sent' }, outbox });
  });

  it('does not take an update of an idle function for its wake', () => {
    expect(settle(wakeIntent(), { state: 'Inactive', ...inFlight })).not.toHaveProperty('intent');
  });

  it('counts a revert once, within the window of its limit', () => {
    expect(settle(revertIntent(), inFlight).revertsMs).toEqual([NOW_MS - 1, NOW_MS]);
    expect(settle(revertIntent(), {}).revertsMs).toEqual([NOW_MS - 1, NOW_MS]);
    expect(settle(revertIntent(sent), inFlight).revertsMs).toEqual([
      NOW_MS - 3_600_000,
      NOW_MS - 1,
    ]);
  });

  it('notes since when a violation is harmless, once', () => {
    const containedMs = NOW_MS - 7;
    const record = settledRecord({
      intent: revertIntent(),
      violation: violationOf({ containedMs }),
    });

    expect(settle(revertIntent(sent), {}).violation).toMatchObject({ containedMs: NOW_MS });
    expect(settleIntent(lookOf({ record, snapshot: snapshotOf() })).violation).toMatchObject({
      containedMs,
    });
  });

  it('notes a quarantine with what was reserved before', () => {
    const undo = { attachment: ATTACHMENTS.forbidden, reservedConcurrency: 8 };

    expect(settle(quarantineIntent({ undo }), { reservedConcurrency: 0 })).toMatchObject({
      quarantine: { remediationId: 'remediation-1', sinceMs: NOW_MS, previous: 8 },
      violation: { quarantines: 1, isTold: true, containedMs: NOW_MS },
    });
    expect(settle(quarantineIntent(), { reservedConcurrency: 0 }).quarantine).not.toHaveProperty(
      'previous',
    );
  });

  it('settles what has no violation as well', () => {
    const good = { findings: [findingOf('compliant')], snapshot: snapshotOf() };
    const stopped = { ...good, snapshot: snapshotOf({ reservedConcurrency: 0 }) };
    const quarantined = settleIntent(
      lookOf({ ...stopped, record: recordOf({ intent: quarantineIntent() }) }),
    );
    const reverted = settleIntent(
      lookOf({ ...good, record: recordOf({ intent: revertIntent() }) }),
    );

    expect(quarantined).not.toHaveProperty('violation');
    expect(reverted).not.toHaveProperty('violation');
    expect(reverted.revertsMs).toEqual([NOW_MS]);
  });

  it('remembers in whose words an update failed', () => {
    const target = 'subnet-1,subnet-2|sg-1|false';
    const { lastUpdateStatusReasonCode, ...silent } = failed;

    expect(settle(revertIntent(sent), failed).violation?.refused).toEqual([
      { target, error: 'the update failed: InvalidSubnet' },
    ]);
    expect(settle(revertIntent(sent), { ...moved, ...silent }).violation?.refused).toEqual([
      { target, error: 'the update failed: AWS gives no reason' },
    ]);
  });

  it('remembers the last words on each target', () => {
    const target = 'subnet-1,subnet-2|sg-1|false';
    const refusals = [
      { target, error: 'before' },
      { target: 'subnet-3|sg-1|false', error: 'no' },
    ];
    const record = settledRecord({
      intent: revertIntent(sent),
      violation: violationOf({ refused: refusals }),
    });

    expect(
      settleIntent(lookOf({ record, snapshot: snapshotOf(failed) })).violation?.refused,
    ).toEqual([refusals[1], { target, error: 'the update failed: InvalidSubnet' }]);
  });

  it('treats a fallback as a revert', () => {
    const fallback = revertIntent({ kind: 'fallback' });

    expect(settle(fallback, {})).toMatchObject({ violation: { containedMs: NOW_MS } });
    expect(settle(fallback, moved).outbox).toEqual([noticeOf('notice-0')]);
  });

  it.each([
    ['is awake', {}, 'is awake again', ['landed', 'AWS runs what was asked for']],
    ['is not', { state: 'Inactive' }, 'could not be woken', ['failed', 'it did not become active']],
  ] as const)('counts a wake and tells of a function that %s', (_, snapshot, words, last) => {
    const record = settle(wakeIntent({ ...sent, startedAtMs: NOW_MS - 90_000 }), snapshot);

    expect(record.wakes).toBe(1);
    const notice = record.outbox.at(-1);
    expect(notice?.subject).toContain(words);
    expect(notice?.text).toContain('fter 90 s');
    expect(record.unkept.map(({ event, why }) => [event, why]).at(-1)).toEqual(last);
  });

  it('keeps why a remediation ended', () => {
    const told = [
      settle(revertIntent(), moved),
      settle(revertIntent(sent), failed),
      settle(revertIntent(), inFlight),
      settle(release, { reservedConcurrency: 3 }),
    ].map(({ unkept }) => unkept.map(({ event, why, atMs }) => [event, why, atMs]));

    expect(told).toEqual([
      [['dropped', 'nothing of it is seen', NOW_MS]],
      [['failed', 'the update failed: InvalidSubnet', NOW_MS]],
      [['done', 'AWS took the call', NOW_MS]],
      [['done', 'AWS took the call', NOW_MS]],
    ]);
  });

  it('leaves a record without an intent as it is', () => {
    const record = settledRecord();

    expect(settleIntent(lookOf({ record }))).toBe(record);
  });
});

describe('isBeingDone', () => {
  it.each([
    [true, 'just written', quarantineIntent({ startedAtMs: NOW_MS - 29_999 })],
    [false, 'older than any handler works', quarantineIntent({ startedAtMs: NOW_MS - 30_000 })],
    [false, 'sent', revertIntent({ startedAtMs: NOW_MS, status: 'sent' })],
  ] as const)('is %s of an intent that is %s', (expected, _, intent) => {
    expect(isBeingDone(recordOf({ intent }), NOW_MS)).toBe(expected);
  });

  it('is false without one', () => {
    expect(isBeingDone(recordOf(), NOW_MS)).toBe(false);
  });

  it.each([
    [true, 'just begun', NOW_MS - 29_999],
    [false, 'older than any handler works', NOW_MS - 30_000],
  ])('is %s of telling that is %s', (expected, _, tellingSinceMs) => {
    expect(isBeingDone(recordOf({ tellingSinceMs }), NOW_MS)).toBe(expected);
  });
});

describe('released', () => {
  const quarantine = { remediationId: 'remediation-0', sinceMs: 0 };

  it.each([
    ['ends a violation that is over', [findingOf('compliant')], undefined],
    [
      'keeps one that is held off by force, and is contained no more',
      [findingOf('violation')],
      violationOf({ containedMs: NOW_MS - 5_000, freedMs: NOW_MS }),
    ],
  ])('%s', (_, findings, expected) => {
    const held = settledRecord({ quarantine, violation: violationOf() });

    const record = released(lookOf({ record: held, findings }));

    expect(record).not.toHaveProperty('quarantine');
    expect(record.violation).toEqual(expected);
  });
});

describe('released without a violation', () => {
  it('ends the quarantine', () => {
    const quarantine = { remediationId: 'remediation-0', sinceMs: 0 };
    const record = settledRecord({ quarantine });

    expect(released(lookOf({ record, findings: [findingOf('compliant')] }))).toEqual(
      settledRecord(),
    );
  });
});

describe('refused', () => {
  it('has nowhere to be noted without a violation', () => {
    const record = recordOf();

    expect(refused(record, wakeIntent(), 'no')).toBe(record);
  });

  it('is noted by target or by kind', () => {
    expect(refusalKey(revertIntent())).toBe('subnet-1,subnet-2|sg-1|false');
    expect(refusalKey(quarantineIntent())).toBe('quarantine');
  });
});
