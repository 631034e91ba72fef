import { describe, expect, it } from 'vitest';
import { decide } from '../../functions/core/decide.ts';
import { noteLook } from '../../functions/core/note-look.ts';
import {
  ATTACHMENTS,
  changeOf,
  controlsWith,
  enforcingPolicy,
  findingOf,
  goodLookOf,
  lookOf,
  originOf,
  settledRecord,
  snapshotOf,
  violationOf,
} from '../support/builders.ts';

describe('noteLook', () => {
  it('tells who changed a tag that the policy goes by, whatever the function is otherwise', () => {
    const record = settledRecord();
    const policy = enforcingPolicy({ trustedTags: [{ key: 'keep', writers: [] }] });
    const news = changeOf('approved', { kind: 'tags', tags: { keep: 'true' } });
    const look = goodLookOf({ known: record, record, policy, news });

    const noted = noteLook(look, { remediation: decide(look).remediation });

    expect(noted.outbox).toMatchObject([{ kind: 'tag' }]);
  });

  it('counts each violation once', () => {
    const first = decide(lookOf({ findings: [findingOf('violation')] })).record;
    const again = decide(lookOf({ record: first, known: first })).record;
    const snapshot = snapshotOf({ attachment: ATTACHMENTS.alsoForbidden });
    const next = decide(lookOf({ record: again, known: again, snapshot })).record;

    expect([first, again, next].map(({ violations }) => violations)).toEqual([1, 1, 2]);
  });

  it('tells that a release is withheld, and of no other remediation that it is', () => {
    const record = settledRecord({ quarantine: { remediationId: 'remediation-0', sinceMs: 0 } });
    const look = goodLookOf({ record, snapshot: snapshotOf({ reservedConcurrency: 0 }) });
    const withheld = (wanted: 'release' | 'wake') =>
      noteLook(look, { remediation: { kind: 'withheld', wanted, reason: 'r' } }).outbox;

    expect(withheld('release')).toMatchObject([{ remediation: 'withheld' }]);
    expect(withheld('wake')).toEqual([]);
  });

  it('does not say that a violation is over while its quarantine lasts', () => {
    const record = settledRecord({
      violation: violationOf({ isTold: true }),
      quarantine: { remediationId: 'remediation-0', sinceMs: 0 },
    });
    const snapshot = snapshotOf({ reservedConcurrency: 0 });
    const policy = enforcingPolicy({ autoRelease: false });

    const noted = decide(goodLookOf({ record, snapshot, policy })).record;

    expect(noted).toMatchObject({ violation: { id: 'violation-1' }, outbox: [] });
  });

  it('tells of the rest of a violation where something joined in', () => {
    const told = { severity: 'medium', onChange: 'notify', onFound: 'notify' } as const;
    const policy = enforcingPolicy({ controls: controlsWith({ 'LVG.6': told, 'LVG.10': told }) });
    const before = violationOf({ controlIds: ['LVG.1', 'LVG.6'], isTold: true });
    const ids = ['LVG.6', 'LVG.10'];
    const look = goodLookOf({
      policy,
      record: settledRecord({ violation: before }),
      findings: ids.map((controlId) => findingOf('violation', { controlId, severity: 'medium' })),
    });

    expect(decide(look).record.outbox.map(({ kind }) => kind)).toEqual(['resolution', 'violation']);
    const { findings } = look;
    const rest = decide({ ...look, findings: findings.slice(0, 1) }).record;
    expect(rest.outbox.map(({ kind }) => kind)).toEqual(['resolution']);
  });

  it('does not end a violation that stands, though the policy would now act on what is gone of it', () => {
    const told = { severity: 'high', onChange: 'notify', onFound: 'notify' } as const;
    const policy = enforcingPolicy({ controls: controlsWith({ 'LVG.6': told }) });
    const look = goodLookOf({
      policy,
      findings: [findingOf('violation', { controlId: 'LVG.6', severity: 'high' })],
    });
    const first = decide(look).record;
    const before = violationOf({ ...first.violation, controlIds: ['LVG.1', 'LVG.6'] });

    const again = decide({ ...look, record: { ...first, violation: before } }).record;

    expect(again.violation).toMatchObject({ id: first.violation?.id, controlIds: ['LVG.6'] });
    expect(again.outbox).toEqual(first.outbox);
  });

  it('takes no candidate from an update that failed', () => {
    const record = settledRecord({ candidate: originOf('approved') });
    const snapshot = snapshotOf({ lastUpdateStatus: 'Failed' });

    expect(decide(goodLookOf({ record, snapshot })).record).not.toHaveProperty('candidate');
    const { current, ...unseen } = record;
    expect(decide(goodLookOf({ record: unseen, snapshot })).record).toHaveProperty('candidate');
  });
});
