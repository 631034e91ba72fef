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

/**
 * The promises of the guardrail, and where each is proved.
 *
 * | promise | here | in chaos, by the invariant |
 * | --- | --- | --- |
 * | no write in audit | yes | `noWriteInAudit`, `noWriteWithTheKillSwitchOn` |
 * | no write on itself | no: `decide` never hears of the guardrail's own functions | `noWriteOnTheGuardrailItself` |
 * | `unknown` never writes | yes | `unknownNeverWrites` |
 * | never to a target that today's policy rejects | yes | `neverToARejectedTarget` |
 * | twice = once | yes, of decisions | `twiceIsOnce`, `oneHandlerActsAtATime` |
 * | every write can be undone from the record | yes | `everyWriteCanBeUndoneFromTheRecord`, `previousConcurrencyIsNeverLost` |
 * | no write without budget | no: the account item is asked after the decision | `noWriteWithoutBudget` |
 * | at least one notice per remediation and resolution, with a stable id | yes, written down | `everyRemediationIsTold`, `everyResolutionIsTold`, `noticeIdsAreStable`, `toldTwiceOnlyAfterAFailure` |
 * | no secret in any log, record or notice | yes, of record and notice | `noSecretIsTold` |
 * | a crash before or after any call ends in the same state | no: `decide` makes no call | `everyFunctionEndsWell`; each call of each scenario in `test/workflows/enforce-crash.test.ts` |
 */
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

  it('no write in audit', () => {
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

  it('`unknown` never writes: where no control says no and one cannot tell, nothing is done', () => {
    check((look) => {
      if (violationsToActOn(look.findings, look.policy).length > 0) return;
      if (isAcceptable(look.findings, look.policy)) return;

      expect(decide(look).intended).toBeUndefined();
    });
  });

  it("never to a target that today's policy rejects, cannot judge, or that is gone", () => {
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

  it('twice = once: decides the same again on the record that came out, with the same ids', () => {
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

  it('every write can be undone from the record: what was there before is written down with it', () => {
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

  it('at least one notice per remediation: written down with every revert, quarantine and release', () => {
    check((look) => {
      const { intended } = decide(look);
      if (intended === undefined || intended.intent.kind === 'wake') return;

      const { noticeId } = intended.intent;
      expect(intended.outbox.filter(({ id }) => id === noticeId)).toHaveLength(1);
    });
  });

  it('at least one notice per resolution, with a stable id: who was told hears of the end', () => {
    check((look) => {
      const { violation, intent } = look.record;
      const { record, intended } = decide(look);
      const { violation: left, outbox } = intended ?? record;
      // The notice of a release is written down with its intent, which another look wrote.
      if (violation?.isTold !== true || left !== undefined || intent?.kind === 'release') return;

      const ends = outbox.filter(({ kind }) => kind === 'resolution' || kind === 'release');
      expect(ends).not.toEqual([]);
      expect((decide(look).intended ?? decide(look).record).outbox).toEqual(outbox);
    });
  });

  it('previous concurrency is never lost: a standing quarantine keeps it, and a release restores it', () => {
    check((look) => {
      const { quarantine, intent } = look.record;
      const isHeld = quarantine !== undefined && look.snapshot.reservedConcurrency === 0;
      if (!isHeld || intent !== undefined) return;

      const { record, intended, remediation } = decide(look);

      expect((intended ?? record).quarantine?.previous).toBe(quarantine.previous);
      if (remediation.kind !== 'release') return;
      expect(remediation.previous).toBe(quarantine.previous);
    });
  });

  it('no secret: nothing of a function but what a snapshot names reaches record or notice', () => {
    check((look) => {
      const environment = { TOKEN: 'hunter2' };
      const snapshot = { ...look.snapshot, environment, codeLocation: 'https://hunter2' };

      expect(JSON.stringify(decide({ ...look, snapshot }))).not.toContain('hunter2');
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
