import { describe, expect, it } from 'vitest';
import { isSameRecord, newRecord } from '../../functions/core/record.ts';
import { ARN, noticeOf, recordOf, revertIntent, settledRecord } from '../support/builders.ts';

describe('isSameRecord', () => {
  it('goes by what they say and not by its order', () => {
    const record = settledRecord({ intent: revertIntent(), outbox: [noticeOf('notice-1')] });
    const { functionArn, ...rest } = record;

    expect(isSameRecord(record, { ...rest, functionArn })).toBe(true);
    expect(isSameRecord(record, structuredClone(record))).toBe(true);
  });

  it.each([
    ['a version', { version: 8 }],
    ['something deep', { intent: revertIntent({ undo: { attachment: { ...newAttachment() } } }) }],
    ['something more', { hold: { untilMs: 0, attachment: newAttachment(), reason: 'r' } }],
    ['the order of a list', { revertsMs: [2, 1] }],
  ])('sees that %s differs', (_, given) => {
    const record = recordOf({ intent: revertIntent(), revertsMs: [1, 2] });

    expect(isSameRecord(record, { ...record, ...given })).toBe(false);
  });
});

describe('newRecord', () => {
  it('knows nothing', () => {
    expect(newRecord(ARN)).toEqual({
      functionArn: ARN,
      version: 0,
      generation: 1,
      changedAtMs: 0,
      isDeleted: false,
      violations: 0,
      wakes: 0,
      revertsMs: [],
      recheckAtMs: 0,
      outbox: [],
      unkept: [],
    });
  });
});

function newAttachment() {
  return { subnetIds: [], securityGroupIds: ['sg-7'], ipv6AllowedForDualStack: false };
}
