import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyDone } from '../../functions/core/apply-outcome.ts';
import { decide } from '../../functions/core/decide.ts';
import type { Finding } from '../../functions/core/finding.ts';
import { isAcceptable, type Look, violationsToActOn } from '../../functions/core/look.ts';
import { type FunctionRecord, isAttaching } from '../../functions/core/record.ts';
import { isActing, isAttach } from '../../functions/core/remediation.ts';
import { arbitraryLook } from '../support/arbitrary-look.ts';
import {
  ATTACHMENTS,
  findingOf,
  goodLookOf,
  lookOf,
  NOW_MS,
  originOf,
  settledRecord,
  snapshotOf,
} from '../support/builders.ts';

const RUNS = { numRuns: 1_000 };
const HOUR_MS = 3_600_000;

function check(property: (look: Look) => void): void {
  fc.assert(fc.property(arbitraryLook(), property), RUNS);
}

describe('decide', () => {
  it('has an answer to every look, unknown states included, and changes nothing of it', () => {
    check((look) => {
      const before = structuredClone(look);

      const decision = decide(look);

      expect(decision.remediation.reason).not.toBe('');
      expect(decision.intended !== undefined).toBe(isActing(decision.remediation));
      expect(look).toEqual(before);
      expect(decide(look)).toEqual(decision);
    });
  });

  it('never writes in audit', () => {
    check((look) => {
      expect(decide({ ...look, mode: 'audit' }).intended).toBeUndefined();
    });
  });

  it('does nothing about what somebody answers for', () => {
    check((look) => {
      const { remediation } = decide({ ...look, findings: look.findings.map(exempt) });

      expect(['none', 'release', 'wake', 'withheld', 'quarantine']).toContain(remediation.kind);
      if (look.snapshot.lastUpdateStatus === 'Failed') return;
      expect(['revert', 'fallback', 'quarantine']).not.toContain(remediation.kind);
    });
  });

  it('never writes where no control says no and one cannot tell', () => {
    check((look) => {
      if (violationsToActOn(look.findings, look.policy).length > 0) return;
      if (isAcceptable(look.findings, look.policy)) return;

      expect(decide(look).intended).toBeUndefined();
    });
  });

  it("never reverts to a target that today's policy rejects, cannot judge, or that is gone", () => {
    check((look) => {
      const intent = decide(look).intended?.intent;
      if (intent === undefined || !isAttaching(intent)) return;
      const target = intent.kind === 'revert' ? look.target : look.fallback;

      expect(intent.target).toEqual(target?.origin);
      expect(isAcceptable(target?.findings ?? [findingOf('unknown')], look.policy)).toBe(true);
      expect(target).toMatchObject({ missing: [] });
      expect(target).not.toHaveProperty('doubt');
      expect(intent.target.attachment).not.toEqual(look.snapshot.attachment);
    });
  });

  it('decides the same again on the record that came out: twice is once', () => {
    check((look) => {
      const { intended, record } = decide(look);
      const known = intended ?? record;

      const again = decide({ ...look, known, record: known });

      expect(again.remediation).toEqual(decide(look).remediation);
      expect(again.intended?.intent.remediationId).toBe(intended?.intent.remediationId);
      expect(again.intended?.intent.noticeId).toBe(intended?.intent.noticeId);
      if (intended === undefined) expect(again.record.outbox).toEqual(record.outbox);
    });
  });

  it('writes down with every write how to undo it', () => {
    check((look) => {
      const { intended } = decide(look);
      if (intended === undefined) return;
      const { attachment, reservedConcurrency } = look.snapshot;

      expect(intended.intent.undo).toStrictEqual({
        attachment,
        ...(reservedConcurrency === undefined ? {} : { reservedConcurrency }),
      });
    });
  });

  it('writes a notice down with every revert, quarantine and release', () => {
    check((look) => {
      const { intended } = decide(look);
      if (intended === undefined || intended.intent.kind === 'wake') return;

      const { noticeId } = intended.intent;
      expect(intended.outbox.filter(({ id }) => id === noticeId)).toHaveLength(1);
    });
  });

  it('never quarantines or wakes what may not run, and releases only that', () => {
    check((look) => {
      const { remediation } = decide(look);
      if (!isActing(remediation) || isAttach(remediation)) return;

      const isStopped = look.snapshot.reservedConcurrency === 0;
      expect(isStopped).toBe(remediation.kind === 'release');
    });
  });

  it('writes only in states that it knows', () => {
    check((look) => {
      if (['Active', 'Inactive', 'Pending'].includes(look.snapshot.state)) return;

      expect(decide(look).intended).toBeUndefined();
    });
  });

  it('reverts no function over its limit', () => {
    check((look) => {
      const { max, perMinutes } = look.policy.limits.functionReverts;
      const recent = look.record.revertsMs.filter(
        (atMs) => look.nowMs - atMs < perMinutes * 60_000,
      );
      if (recent.length < max) return;

      expect(decide(look).remediation.kind).not.toBe('revert');
    });
  });

  it('reverts at most three times an hour, however somebody fights it, and then quarantines', () => {
    const gaps = fc.array(fc.integer({ min: 1_000, max: 40 * 60_000 }), { maxLength: 20 });
    fc.assert(
      fc.property(gaps, (waits) => {
        let state: Fight = { record: settledRecord(), nowMs: NOW_MS, revertedMs: [] };
        for (const wait of waits) {
          state = fightOn({ ...state, nowMs: state.nowMs + wait });
        }
      }),
    );
  });

  it('publishes one-line subjects of plain text', () => {
    check((look) => {
      const { record, intended } = decide(look);

      for (const { subject, id } of (intended ?? record).outbox) {
        expect(subject).toMatch(/^[ -~]{1,99}$/);
        expect(id).toMatch(/^[\w-]+$/);
      }
    });
  });
});

interface Fight {
  readonly record: FunctionRecord;
  readonly nowMs: number;
  readonly revertedMs: readonly number[];
}

/** Somebody moves the function, and the guardrail answers. */
function fightOn({ record, nowMs, revertedMs }: Fight): Fight {
  const moved = { ...moveOf(record, revertedMs.length), nowMs };
  const { remediation, intended } = decide(moved);
  const recent = revertedMs.filter((atMs) => nowMs - atMs < HOUR_MS);
  expect(remediation.kind).toBe(recent.length < 3 ? 'revert' : 'quarantine');
  if (remediation.kind !== 'revert' || intended === undefined) return { record, nowMs, revertedMs };
  const sent = applyDone(intended, moved);
  const landed = decide(goodLookOf({ record: sent, nowMs })).record;
  return { record: landed, nowMs, revertedMs: [...revertedMs, nowMs] };
}

function moveOf(record: FunctionRecord, round: number): Look {
  return lookOf({
    record,
    snapshot: snapshotOf({
      attachment: ATTACHMENTS.forbidden,
      revisionId: `revision-${round}`,
    }),
    target: { origin: originOf('approved'), findings: [findingOf('compliant')], missing: [] },
  });
}

function exempt(finding: Finding): Finding {
  return { ...finding, exemption: { owner: 'payments', reason: 'a move', expires: '2027-03-31' } };
}
