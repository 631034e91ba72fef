import { describe, expect, it } from 'vitest';
import { forgetBaseline, setBaseline } from '../../functions/core/operator-baseline.ts';
import {
  ATTACHMENTS,
  DEPLOYER,
  NOW_MS,
  originOf,
  recordOf,
  settledRecord,
  snapshotOf,
} from '../support/builders.ts';

const WHO = { principalArn: 'arn:aws:iam::123456789012:user/night-shift' };
const ACT = { who: WHO, reason: 'it moved', nowMs: NOW_MS };
const { role } = snapshotOf();

describe('setBaseline', () => {
  it('takes what is known of where the function is, and tells who, why and from where', () => {
    const current = { ...originOf('alsoApproved', { call: 'CreateFunction' }), role };

    const record = setBaseline(settledRecord({ current }), ATTACHMENTS.alsoApproved, ACT);

    expect(record.baseline).toEqual(originOf('alsoApproved', { call: 'CreateFunction' }));
    expect(record.unkept).toEqual([
      expect.objectContaining({
        event: 'baseline',
        why: 'an operator says so: it moved',
        who: WHO,
        atMs: NOW_MS,
        before: { attachment: ATTACHMENTS.approved },
        after: { attachment: ATTACHMENTS.alsoApproved },
      }),
    ]);
  });

  it('lets whoever attached the function last answer for another attachment', () => {
    const record = setBaseline(settledRecord(), ATTACHMENTS.alsoApproved, ACT);

    expect(record.baseline).toEqual({
      attachment: ATTACHMENTS.alsoApproved,
      call: 'UpdateFunctionConfiguration',
      principalArn: DEPLOYER,
    });
  });

  it.each([
    ['nobody looked at it', recordOf()],
    ['nobody knows who attached it', recordOf({ current: { ...byNobody(), role } })],
  ])('names nobody where %s', (_, known) => {
    const { baseline, unkept } = setBaseline(known, ATTACHMENTS.approved, ACT);

    expect(baseline).toEqual({
      attachment: ATTACHMENTS.approved,
      call: 'UpdateFunctionConfiguration',
    });
    expect(unkept[0]).not.toHaveProperty('before');
  });

  it('changes nothing where it is that already', () => {
    const known = settledRecord();

    expect(setBaseline(known, ATTACHMENTS.approved, ACT)).toBe(known);
  });

  it('tells both where it is set there and back by one writing', () => {
    const there = setBaseline(settledRecord(), ATTACHMENTS.alsoApproved, ACT);

    const { unkept } = setBaseline(there, ATTACHMENTS.approved, ACT);

    expect(unkept.map(({ step, after }) => [step, after?.attachment])).toEqual([
      [0, ATTACHMENTS.alsoApproved],
      [1, ATTACHMENTS.approved],
    ]);
  });
});

describe('forgetBaseline', () => {
  it('forgets the last good attachment and the one that was about to become it', () => {
    const record = forgetBaseline(settledRecord({ candidate: originOf('alsoApproved') }), ACT);

    expect(record).not.toHaveProperty('baseline');
    expect(record).not.toHaveProperty('candidate');
    expect(record.unkept).toEqual([
      expect.objectContaining({
        event: 'baseline',
        why: 'an operator wants none: it moved',
        who: WHO,
        before: { attachment: ATTACHMENTS.approved },
      }),
    ]);
    expect(record.unkept[0]).not.toHaveProperty('after');
  });

  it('forgets what was about to become the first one', () => {
    const { unkept } = forgetBaseline(recordOf({ candidate: originOf('approved') }), ACT);

    expect(unkept[0]?.before).toEqual({ attachment: ATTACHMENTS.approved });
  });

  it('changes nothing where nothing is known', () => {
    const known = recordOf();

    expect(forgetBaseline(known, ACT)).toBe(known);
  });
});

function byNobody() {
  const { principalArn: _, ...origin } = originOf('alsoApproved');
  return origin;
}
