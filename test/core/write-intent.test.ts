import { describe, expect, it } from 'vitest';
import type { ActingRemediation } from '../../functions/core/remediation.ts';
import { writeIntent } from '../../functions/core/write-intent.ts';
import {
  ATTACHMENTS,
  goodLookOf,
  lookOf,
  NOW_MS,
  noticeOf,
  originOf,
  settledRecord,
  snapshotOf,
  violationOf,
} from '../support/builders.ts';

const REVERT: ActingRemediation = { kind: 'revert', reason: 'r', target: originOf('approved') };
const QUARANTINE: ActingRemediation = { kind: 'quarantine', reason: 'r' };
const RELEASE: ActingRemediation = { kind: 'release', reason: 'r', previous: 4 };
const FALLBACK: ActingRemediation = { ...REVERT, kind: 'fallback' };
const WAKE: ActingRemediation = { kind: 'wake', reason: 'r' };
const quarantine = { remediationId: 'remediation-0', sinceMs: 0 };
const violating = (given = {}) => settledRecord({ violation: violationOf(given) });
const idOf = (...args: Parameters<typeof writeIntent>) => writeIntent(...args).intent.remediationId;

describe('writeIntent', () => {
  it('writes down a revert: where to, what was, and the notice', () => {
    const outbox = [noticeOf('notice-0')];

    const { intent, outbox: told } = writeIntent(
      lookOf({ record: { ...violating(), outbox } }),
      REVERT,
    );

    expect(intent).toStrictEqual({
      kind: 'revert',
      remediationId: expect.stringMatching(/^[0-9a-f]{16}$/),
      revisionId: 'revision-1',
      startedAtMs: NOW_MS,
      status: 'open',
      target: originOf('approved'),
      undo: { attachment: ATTACHMENTS.forbidden },
      noticeId: told[1]?.id,
    });
    expect(told).toMatchObject([
      { id: 'notice-0' },
      { kind: 'remediation', remediation: 'revert' },
    ]);
  });

  it.each([
    ['a quarantine', QUARANTINE, { kind: 'quarantine', reservedConcurrency: 0 }],
    ['a release', RELEASE, { kind: 'release', reservedConcurrency: 4 }],
    ['a release to nothing', { kind: 'release', reason: 'r' }, { kind: 'release' }],
  ] as const)('writes down %s: what is set, and what was', (_, remediation, expected) => {
    const look = lookOf({
      record: { ...violating(), quarantine },
      snapshot: snapshotOf({ reservedConcurrency: 9 }),
    });

    const { intent } = writeIntent(look, remediation);

    expect(intent).toMatchObject({ ...expected, undo: { reservedConcurrency: 9 } });
    expect('reservedConcurrency' in intent).toBe('reservedConcurrency' in expected);
  });

  it('writes down a fallback: where to', () => {
    expect(writeIntent(lookOf({ record: violating() }), FALLBACK).intent).toMatchObject({
      kind: 'fallback',
      target: originOf('approved'),
    });
  });

  it('tells of a release by its own id, and writes it down even where no quarantine is known', () => {
    const { intent, outbox } = writeIntent(goodLookOf(), RELEASE);

    expect(intent).toMatchObject({ kind: 'release', noticeId: outbox[0]?.id });
    expect(outbox).toMatchObject([{ kind: 'release', text: expect.stringContaining('is 4, ') }]);
  });

  it.each([
    ['a revert', REVERT, true, { attachment: ATTACHMENTS.approved, reservedConcurrency: 9 }],
    ['a fallback', FALLBACK, true, { attachment: ATTACHMENTS.approved, reservedConcurrency: 9 }],
    ['a quarantine', QUARANTINE, true, { ...elsewhere(), reservedConcurrency: 0 }],
    ['a release', RELEASE, false, { ...elsewhere(), reservedConcurrency: 4 }],
    ['a release to nothing', { kind: 'release', reason: 'r' }, false, elsewhere()],
    ['a wake', WAKE, false, { ...elsewhere(), reservedConcurrency: 9 }],
  ] as const)('keeps what %s makes of a function', (_, remediation, isAgainst, after) => {
    const hold = { untilMs: NOW_MS + 5, attachment: ATTACHMENTS.forbidden, reason: 'r' };
    const snapshot = snapshotOf({ ...elsewhere(), reservedConcurrency: 9 });
    const look = lookOf({ record: { ...violating(), hold }, snapshot });

    const { unkept, intent } = writeIntent(look, remediation);

    expect(unkept).toStrictEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{16}$/),
        functionArn: look.snapshot.functionArn,
        generation: look.record.generation,
        version: 7,
        step: 0,
        atMs: NOW_MS,
        event: 'decided',
        why: 'r',
        ...(isAgainst ? { who: violationOf().actor } : {}),
        controlIds: ['LVG.1'],
        remediation: remediation.kind,
        remediationId: intent.remediationId,
        ...(remediation.kind === 'release' ? { holdUntilMs: NOW_MS + 5 } : {}),
        before: { ...elsewhere(), reservedConcurrency: 9 },
        after,
        undo: { ...elsewhere(), reservedConcurrency: 9 },
        policyHash: 'test',
      },
    ]);
  });

  it('keeps two decisions apart, and one without a violation or a hold', () => {
    const first = writeIntent(goodLookOf(), RELEASE);
    const second = writeIntent(goodLookOf({ record: first }), WAKE);

    expect(second.unkept).toHaveLength(2);
    expect(new Set(second.unkept.map(({ id }) => id)).size).toBe(2);
    expect(first.unkept[0]).not.toHaveProperty('holdUntilMs');
    expect(first.unkept[0]).not.toHaveProperty('controlIds');
  });

  it('tells of no wake before it ends, be there a violation', () => {
    const { intent, outbox } = writeIntent(goodLookOf({ record: violating() }), WAKE);

    expect(intent).toMatchObject({ kind: 'wake' });
    expect(outbox).toEqual([]);
  });

  it('tells of a wake when it ends, and of nothing without a violation', () => {
    for (const remediation of [WAKE, QUARANTINE]) {
      const { intent, outbox } = writeIntent(goodLookOf(), remediation);

      expect(intent).not.toHaveProperty('noticeId');
      expect(outbox).toEqual([]);
    }
  });

  it('names a revert by the revision that it guards and by its target', () => {
    const look = lookOf({ record: violating() });
    const later = { ...look, snapshot: snapshotOf({ ...look.snapshot, revisionId: 'revision-2' }) };
    const elsewhere: ActingRemediation = { ...REVERT, target: originOf('alsoApproved') };

    expect(idOf({ ...look, nowMs: 0 }, REVERT)).toBe(idOf(look, REVERT));
    expect(idOf(later, REVERT)).not.toBe(idOf(look, REVERT));
    expect(idOf(look, elsewhere)).not.toBe(idOf(look, REVERT));
  });

  it('names a quarantine by its violation and by how many came before, whatever the revision', () => {
    const look = lookOf({ record: violating() });
    const later = { ...look, snapshot: snapshotOf({ ...look.snapshot, revisionId: 'revision-2' }) };

    expect(idOf(later, QUARANTINE)).toBe(idOf(look, QUARANTINE));
    expect(idOf(lookOf({ record: violating({ quarantines: 1 }) }), QUARANTINE)).not.toBe(
      idOf(look, QUARANTINE),
    );
    expect(idOf(lookOf({ record: violating({ id: 'violation-2' }) }), QUARANTINE)).not.toBe(
      idOf(look, QUARANTINE),
    );
  });

  it('names a release by the quarantine that it ends, and a wake by how many there were', () => {
    const look = lookOf({ record: { ...violating(), quarantine } });
    const another = { ...quarantine, remediationId: 'remediation-9' };
    const next = lookOf({ record: { ...violating(), quarantine: another } });

    expect(idOf(next, RELEASE)).not.toBe(idOf(look, RELEASE));
    expect(idOf(goodLookOf({ record: settledRecord({ wakes: 1 }) }), WAKE)).not.toBe(
      idOf(goodLookOf(), WAKE),
    );
  });
});

function elsewhere() {
  return { attachment: ATTACHMENTS.forbidden };
}
