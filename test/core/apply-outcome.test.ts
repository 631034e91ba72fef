import { describe, expect, it } from 'vitest';
import {
  applyConflict,
  applyDone,
  applyRefusal,
  applyWithheld,
} from '../../functions/core/apply-outcome.ts';
import type { FunctionRecord, Intent } from '../../functions/core/record.ts';
import type { IntendedRecord } from '../../functions/core/write-intent.ts';
import {
  goodLookOf,
  lookOf,
  NOW_MS,
  noticeOf,
  quarantineIntent,
  releaseIntent,
  revertIntent,
  settledRecord,
  violationOf,
  wakeIntent,
} from '../support/builders.ts';

const outbox = [noticeOf('notice-0'), noticeOf('notice-1')];
const LOOK = lookOf();

function intended(intent: Intent, given: Partial<FunctionRecord> = {}): IntendedRecord {
  return { ...settledRecord({ outbox, violation: violationOf(), ...given }), intent };
}

function withoutViolation(intent: Intent): IntendedRecord {
  const { violation, ...record } = intended(intent);
  return record;
}

describe('applyDone', () => {
  it('goes on with a revert or a wake until AWS has finished it', () => {
    expect(applyDone(intended(revertIntent()), LOOK)).toMatchObject({
      intent: { kind: 'revert', status: 'sent' },
      violation: { isTold: true },
      revertsMs: [NOW_MS],
      outbox,
    });
    expect(applyDone(intended(revertIntent({ kind: 'fallback' })), LOOK)).toMatchObject({
      intent: { kind: 'fallback', status: 'sent' },
    });
    expect(applyDone(withoutViolation(wakeIntent()), LOOK)).toMatchObject({
      intent: { kind: 'wake', status: 'sent' },
      revertsMs: [],
    });
  });

  it('closes a quarantine', () => {
    const record = applyDone(intended(quarantineIntent()), LOOK);

    expect(record).not.toHaveProperty('intent');
    expect(record).toMatchObject({
      quarantine: { remediationId: 'remediation-1', sinceMs: NOW_MS },
      violation: { isTold: true, containedMs: NOW_MS, quarantines: 1 },
      outbox,
    });
  });

  it('closes a release, and with it a violation that is over', () => {
    const quarantine = { remediationId: 'remediation-0', sinceMs: 0 };
    const record = applyDone(intended(releaseIntent(), { quarantine }), goodLookOf());

    for (const key of ['intent', 'quarantine', 'violation']) expect(record).not.toHaveProperty(key);
    expect(record.outbox).toEqual(outbox);
  });
});

describe('applyConflict', () => {
  it('drops the intent and its notice, and counts', () => {
    const record = applyConflict(intended(revertIntent()), LOOK, 'stale');

    expect(record).not.toHaveProperty('intent');
    expect(record).toMatchObject({
      outbox: [noticeOf('notice-0')],
      violation: { conflicts: 1, isTold: false },
    });
    const { unkept } = record;
    expect(unkept).toMatchObject([
      { event: 'conflict', why: 'the function changed since it was read' },
    ]);
    expect(applyConflict(withoutViolation(wakeIntent()), LOOK, 'busy')).not.toHaveProperty(
      'violation',
    );
  });
});

describe('applyRefusal', () => {
  it('leaves the telling to what follows a revert', () => {
    const record = applyRefusal(intended(revertIntent()), LOOK, 'no');

    expect(record).not.toHaveProperty('intent');
    expect(record).toMatchObject({
      outbox: [noticeOf('notice-0')],
      violation: {
        isTold: false,
        refused: [{ target: 'subnet-1,subnet-2|sg-1|false', error: 'no' }],
      },
      unkept: [{ event: 'refused', why: 'no' }],
    });
    expect(record).not.toHaveProperty('wakeRefusal');
  });

  it('tells of a quarantine once, about its violation', () => {
    const once = applyRefusal(intended(quarantineIntent()), LOOK, 'no');
    const twice = applyRefusal({ ...once, intent: quarantineIntent() }, LOOK, 'no');

    expect(once.outbox).toMatchObject([
      { id: 'notice-0' },
      { kind: 'violation', controlId: 'LVG.1' },
    ]);
    expect(once.violation).toMatchObject({ isTold: true });
    expect(twice.outbox).toEqual(once.outbox);
  });

  it('tells of a quarantine whatever was refused before it', () => {
    const violation = violationOf({ refused: [{ target: 'subnet-3|sg-1|false', error: 'no' }] });
    const known = intended(quarantineIntent(), { violation, wakeRefusal: 'no' });

    expect(applyRefusal(known, LOOK, 'no').outbox).toHaveLength(2);
    expect(applyRefusal(intended(quarantineIntent()), LOOK, 'no')).not.toHaveProperty(
      'wakeRefusal',
    );
  });

  it('tells of a wake, which is about no violation', () => {
    const record = applyRefusal(withoutViolation(wakeIntent()), goodLookOf(), 'no');

    expect(record.outbox[1]).toMatchObject({ kind: 'wake', severity: 'low' });
    expect(record.outbox[1]).not.toHaveProperty('controlId');
  });

  it('tells of a wake again only where AWS says something else', () => {
    const once = applyRefusal(withoutViolation(wakeIntent()), goodLookOf(), 'no');
    const same = applyRefusal({ ...once, intent: wakeIntent() }, goodLookOf(), 'no');
    const other = applyRefusal({ ...once, intent: wakeIntent() }, goodLookOf(), 'never');

    expect(same.outbox).toEqual(once.outbox);
    expect(other.outbox).toHaveLength(once.outbox.length + 1);
  });
});

describe('applyWithheld', () => {
  it('tells what was not done, and why', () => {
    const record = applyWithheld(intended(quarantineIntent()), LOOK, 'the breaker waits');

    expect(record).not.toHaveProperty('intent');
    expect(record).toMatchObject({
      outbox: [{ id: 'notice-0' }, { remediation: 'withheld', controlId: 'LVG.1' }],
      violation: { isTold: true },
      unkept: [{ event: 'withheld', why: 'the breaker waits' }],
    });
  });

  it('says nothing of a violation that is told, or of what is about none', () => {
    const told = intended(quarantineIntent(), { violation: violationOf({ isTold: true }) });

    for (const record of [told, withoutViolation(wakeIntent())]) {
      expect(applyWithheld(record, LOOK, 'no').outbox).toEqual([noticeOf('notice-0')]);
    }
  });

  it('lets a revert begin to wait again once it may be done', () => {
    const violation = violationOf({ isTold: true, revertWantedMs: NOW_MS });

    const record = applyWithheld(intended(revertIntent(), { violation }), LOOK, 'no');

    expect(record.violation).not.toHaveProperty('revertWantedMs');
  });

  it('tells once that a release does not come', () => {
    const quarantine = { remediationId: 'quarantine-1', sinceMs: NOW_MS };
    const release = intended(releaseIntent(), { quarantine });

    const first = applyWithheld(release, LOOK, 'the breaker waits');
    const again = { ...first, intent: release.intent, outbox: [] };
    const second = applyWithheld(again, LOOK, 'the breaker waits');
    const without = applyWithheld(intended(releaseIntent()), LOOK, 'the breaker waits');

    expect(first.quarantine).toMatchObject({ isWithheldTold: true });
    expect(first.outbox.at(-1)).toMatchObject({
      kind: 'release',
      remediation: 'withheld',
      text: expect.stringContaining('because the breaker waits'),
    });
    expect(second.outbox).toEqual([]);
    expect(without.outbox).not.toContainEqual(expect.objectContaining({ kind: 'release' }));
  });
});
