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
