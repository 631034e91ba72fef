import { describe, expect, it } from 'vitest';
import { decide } from '../../functions/core/decide.ts';
import {
  ATTACHMENTS,
  controlOf,
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
} from '../support/builders.ts';

const inFlight = snapshotOf({ lastUpdateStatus: 'InProgress' });
const notifying = enforcingPolicy({ controls: { 'LVG.1': controlOf({ onChange: 'notify' }) } });
const quarantine = { remediationId: 'remediation-0', sinceMs: 0 };

describe('decide: what is known after', () => {
  it('makes a good attachment the candidate, and the baseline once AWS runs it', () => {
    const { current, ...record } = settledRecord();
    const baseline = originOf('alsoApproved');
    const known = { ...record, ...(current === undefined ? {} : { current }), baseline };

    const requested = decide(goodLookOf({ record: known, snapshot: inFlight })).record;
    const seen = decide(goodLookOf({ record: requested })).record;

    expect(requested).toMatchObject({ baseline, candidate: originOf('approved') });
    expect(seen).toMatchObject({ baseline: originOf('approved') });
    expect(seen).not.toHaveProperty('candidate');
  });

  it('makes nothing a baseline that cannot be told or is not known', () => {
    const record = settledRecord({ baseline: originOf('alsoApproved') });
    const unknown = decide(goodLookOf({ record, findings: [findingOf('unknown')] })).record;

    expect(unknown.baseline).toEqual(originOf('alsoApproved'));
    expect(decide(goodLookOf({ record: recordOf() })).record).not.toHaveProperty('baseline');
  });

  it('makes nothing a baseline whose update failed', () => {
    const snapshot = snapshotOf({ lastUpdateStatus: 'Failed' });
    const record = settledRecord({ baseline: originOf('alsoApproved') });

    const known = decide(goodLookOf({ record, snapshot })).record;

    expect(known).toMatchObject({ baseline: originOf('alsoApproved') });
    expect(known).not.toHaveProperty('candidate');
  });

  it('drops a candidate that turned out bad', () => {
    const record = settledRecord({ candidate: originOf('forbidden') });

    expect(decide(lookOf({ record })).record).not.toHaveProperty('candidate');
  });

  it('drops a hold that is over and a quarantine that its owner ended', () => {
    const hold = { untilMs: NOW_MS, attachment: ATTACHMENTS.approved, reason: 'r' };
    const stopped = snapshotOf({ reservedConcurrency: 0 });
    const record = settledRecord({ hold, quarantine });
    const held = settledRecord({ hold: { ...hold, untilMs: NOW_MS + 1 }, quarantine });

    const over = decide(goodLookOf({ record })).record;
    const standing = decide(goodLookOf({ record: held, snapshot: stopped, mode: 'audit' })).record;

    for (const key of ['hold', 'quarantine']) expect(over).not.toHaveProperty(key);
    expect(standing).toMatchObject({ hold: held.hold, quarantine });
  });
});

describe('decide: what is told', () => {
  it('tells once of a violation on which nothing is done', () => {
    const first = decide(lookOf({ policy: notifying }));
    const second = decide(lookOf({ policy: notifying, record: { ...first.record, outbox: [] } }));

    expect(first.record).toMatchObject({
      violation: { isTold: true },
      outbox: [{ kind: 'violation', remediation: 'none' }],
    });
    expect(second.record.outbox).toEqual([]);
  });

  it.each([
    ['acted on', {}],
    ['waiting for AWS', { snapshot: snapshotOf({ ...elsewhere(), state: 'Pending' }) }],
    ['under the minimum severity', { policy: quiet('critical') }],
  ])('says nothing of its own about one that is %s', (_, given) => {
    const { record } = decide(lookOf(given));

    expect(record.outbox).toEqual([]);
    expect(record.violation).toMatchObject({ isTold: false });
  });

  it('tells of one at the minimum severity', () => {
    expect(decide(lookOf({ policy: quiet('high') })).record.outbox).toHaveLength(1);
  });

  it('tells that a violation is over, once, if it told of it', () => {
    const told = settledRecord({ violation: violationOf({ isTold: true }) });
    const untold = settledRecord({ violation: violationOf() });

    const over = decide(goodLookOf({ record: told })).record;

    expect(over.outbox).toMatchObject([{ kind: 'resolution', severity: 'high' }]);
    expect(over).not.toHaveProperty('violation');
    expect(decide(goodLookOf({ record: untold })).record).toMatchObject({ outbox: [] });
    expect(decide(goodLookOf({ record: untold })).record).not.toHaveProperty('violation');
  });

  it.each([
    ['AWS has finished', { snapshot: inFlight }, {}],
    [
      'the quarantine is over',
      { snapshot: snapshotOf({ reservedConcurrency: 0 }), mode: 'audit' },
      { quarantine: { ...quarantine, isWithheldTold: true } },
    ],
    ['a control can tell', { findings: [findingOf('unknown')] }, {}],
  ] as const)('keeps a violation until %s', (_, given, known) => {
    const record = settledRecord({ violation: violationOf({ isTold: true }), ...known });

    const after = decide(goodLookOf({ record, ...given })).record;

    expect(after).toMatchObject({ violation: { id: 'violation-1' }, outbox: [] });
  });
});

describe('decide: a release that audit withholds', () => {
  it('is told once', () => {
    const snapshot = snapshotOf({ reservedConcurrency: 0 });
    const record = settledRecord({ violation: violationOf({ isTold: true }), quarantine });

    const first = decide(goodLookOf({ record, snapshot, mode: 'audit' })).record;
    const second = decide(
      goodLookOf({ record: { ...first, outbox: [] }, snapshot, mode: 'audit' }),
    ).record;

    expect(first.outbox).toMatchObject([{ kind: 'release', remediation: 'withheld' }]);
    expect(second.outbox).toEqual([]);
  });
});

describe('decide: when to look again', () => {
  const inMotion = snapshotOf({ ...elsewhere(), lastUpdateStatus: 'InProgress' });
  it.each([
    ['AWS works on it', goodLookOf({ snapshot: inFlight }), 15],
    [
      'a revert was sent',
      goodLookOf({
        snapshot: inFlight,
        record: settledRecord({ intent: revertIntent() }),
        hops: 2,
      }),
      60,
    ],
    ['a revert is decided', lookOf(), 15],
    ['a quarantine is decided', lookOf({ cause: 'create', hops: 9 }), 900],
    ['a revert waits', lookOf({ snapshot: inMotion, hops: 1 }), 30],
    ['ten looks led here', lookOf({ snapshot: inMotion, hops: 10 }), undefined],
    [
      'a revert is there, in a state that nobody knows',
      goodLookOf({
        snapshot: snapshotOf({ state: 'Deactivating' }),
        record: settledRecord({ intent: revertIntent({ status: 'sent' }) }),
      }),
      15,
    ],
    ['nothing is open', goodLookOf(), undefined],
    [
      'a remediation is over',
      goodLookOf({ record: settledRecord({ intent: revertIntent() }) }),
      undefined,
    ],
    ['it is only told of', lookOf({ policy: notifying }), undefined],
    ['it is withheld', lookOf({ mode: 'audit' }), undefined],
    [
      'it is in quarantine',
      lookOf({
        cause: 'create',
        snapshot: snapshotOf({ ...elsewhere(), reservedConcurrency: 0 }),
        record: settledRecord({ intent: quarantineIntent() }),
      }),
      undefined,
    ],
  ])('when %s: %#', (_, look, expected) => {
    expect(decide(look).recheckAfterSeconds).toBe(expected);
  });
});

describe('decide: what it answers', () => {
  it('has an intent and a time for a remediation, and neither for none', () => {
    expect(decide(lookOf())).toMatchObject({ intended: { intent: { kind: 'revert' } } });
    expect(Object.keys(decide(goodLookOf())).sort()).toEqual(['record', 'remediation']);
  });
});

function elsewhere() {
  return { attachment: ATTACHMENTS.forbidden };
}

function quiet(minimumSeverity: 'critical' | 'high') {
  return { ...notifying, notify: { ...notifying.notify, minimumSeverity } };
}
