import { describe, expect, it } from 'vitest';
import { isUnchanged } from '../../functions/core/is-unchanged.ts';
import { newRecord } from '../../functions/core/record.ts';
import {
  ARN,
  ATTACHMENTS,
  changeOf,
  noticeOf,
  originOf,
  quarantineIntent,
  recordOf,
  settledRecord,
  snapshotOf,
  violationOf,
} from '../support/builders.ts';

const tweak = changeOf('approved', { isAttachmentRequested: false });
const { claim, ...cutTweak } = tweak;
const { changedAtMs } = settledRecord();
const { principalArn: __, ...unknown } = originOf('approved');
const nobodys = { ...unknown, role: snapshotOf().role };
const UNKEPT = {
  id: 'entry-1',
  functionArn: ARN,
  generation: 1,
  version: 7,
  step: 0,
  atMs: 0,
  event: 'attached',
  why: 'its attachment changed',
} as const;
const { judgedBy: _, ...unjudged } = settledRecord();

describe('isUnchanged', () => {
  it.each([
    ['a change of something else', settledRecord(), tweak],
    ['a change that asks for what is there already', settledRecord(), changeOf('approved')],
    ['a change of something else, whoever attached it', settledRecord({ current: nobodys }), tweak],
    [
      'the very event that the record knows',
      settledRecord({ lastEventId: 'event-1' }),
      { ...tweak, eventTimeMs: 0 },
    ],
    [
      'the very create that the record knows',
      settledRecord({ lastEventId: 'event-1' }),
      { ...tweak, kind: 'create' },
    ],
  ] as const)('is known from %s', (_, record, change) => {
    expect(isUnchanged(record, change, 'test')).toBe(true);
  });

  const role = 'arn:aws:iam::123456789012:role/another';
  const attachment = ATTACHMENTS.alsoApproved;
  const proof = { attachment: ATTACHMENTS.approved, role: snapshotOf().role, revisionId: 'r' };
  it.each([
    ['no event', settledRecord(), undefined],
    ['an event whose record was cut', settledRecord(), cutTweak],
    ['a function that nobody has looked at', newRecord(ARN), tweak],
    ['another attachment', settledRecord(), { ...tweak, claim: { ...proof, attachment } }],
    ['another role', settledRecord(), { ...tweak, claim: { ...proof, role } }],
    ['an event of the same time', settledRecord(), { ...tweak, eventTimeMs: changedAtMs }],
    ['an older event', settledRecord(), { ...tweak, eventTimeMs: changedAtMs - 1 }],
    ['a create, which begins a generation', settledRecord(), { ...tweak, kind: 'create' }],
    ['a judgement by another policy', settledRecord({ judgedBy: 'another' }), tweak],
    ['a function that nobody found compliant', recordOf({ ...unjudged }), tweak],
    ['a function that was deleted', settledRecord({ isDeleted: true }), tweak],
    ['one that was not found last', settledRecord({ missingSinceMs: 1 }), tweak],
    ['an open intent', settledRecord({ intent: quarantineIntent() }), tweak],
    ['a quarantine', settledRecord({ quarantine: { remediationId: 'r', sinceMs: 0 } }), tweak],
    ['a violation', settledRecord({ violation: violationOf() }), tweak],
    ['something to be kept', settledRecord({ unkept: [UNKEPT] }), tweak],
    [
      'an event that may tell who attached it',
      settledRecord({ current: nobodys }),
      changeOf('approved'),
    ],
    ['something to be told', settledRecord({ outbox: [noticeOf('notice-1')] }), tweak],
  ] as const)('is not known from %s', (_, record, change) => {
    expect(isUnchanged(record, change, 'test')).toBe(false);
  });
});
