import { describe, expect, it } from 'vitest';
import type { ChangeEvent } from '../../functions/core/change-event.ts';
import { observe } from '../../functions/core/observe.ts';
import { type FunctionRecord, newRecord } from '../../functions/core/record.ts';
import type { FunctionSnapshot } from '../../functions/core/snapshot.ts';
import {
  ARN,
  ATTACHMENTS,
  changeOf,
  DEPLOYER,
  NOW_MS,
  noticeOf,
  originOf,
  recordOf,
  revertIntent,
  settledRecord,
  snapshotOf,
  violationOf,
} from '../support/builders.ts';

const OWN_ROLE = 'arn:aws:iam::123456789012:role/guardrail-enforce';
const OTHER = 'arn:aws:iam::123456789012:user/mallory';
const { principalArn, ...unknownOrigin } = originOf('approved');
const UNKNOWN_FORBIDDEN = { ...unknownOrigin, attachment: ATTACHMENTS.forbidden };

function see(
  known: FunctionRecord,
  snapshot: Partial<FunctionSnapshot> = {},
  change?: ChangeEvent,
) {
  return observe(known, {
    snapshot: snapshotOf(snapshot),
    nowMs: NOW_MS,
    ownRoleArns: new Set([OWN_ROLE]),
    trustedKeys: new Set(['keep']),
    ...(change === undefined ? {} : { change }),
  });
}

const moved = { attachment: ATTACHMENTS.forbidden };
const detached = { attachment: ATTACHMENTS.detached };
const create = (given: Partial<ChangeEvent> = {}) =>
  changeOf('forbidden', { kind: 'create', isAttachmentRequested: false, ...given });

describe('observe: who made the attachment', () => {
  const role = { role: snapshotOf().role };

  it.each([
    ['nothing is known', newRecord(ARN), moved, undefined, UNKNOWN_FORBIDDEN],
    ['an event proves it', newRecord(ARN), moved, changeOf(), originOf('forbidden')],
    [
      'a create proves it',
      newRecord(ARN),
      moved,
      create(),
      originOf('forbidden', { call: 'CreateFunction' }),
    ],
    [
      'the event was of something else',
      newRecord(ARN),
      moved,
      changeOf('approved'),
      UNKNOWN_FORBIDDEN,
    ],
    [
      'it set no VPC settings',
      newRecord(ARN),
      moved,
      changeOf('forbidden', { isAttachmentRequested: false }),
      UNKNOWN_FORBIDDEN,
    ],
    [
      'it was of another kind',
      newRecord(ARN),
      moved,
      changeOf('forbidden', { kind: 'code' }),
      UNKNOWN_FORBIDDEN,
    ],
    ['its record was cut', newRecord(ARN), moved, cut(changeOf()), UNKNOWN_FORBIDDEN],
    [
      'it detached the function',
      newRecord(ARN),
      detached,
      changeOf('detached'),
      originOf('detached'),
    ],
    [
      'it was created without a VPC',
      newRecord(ARN),
      detached,
      cut(create()),
      originOf('detached', { call: 'CreateFunction' }),
    ],
    [
      'it named nobody',
      newRecord(ARN),
      moved,
      changeOf('forbidden', { actor: {} }),
      UNKNOWN_FORBIDDEN,
    ],
    ['the guardrail made the call', newRecord(ARN), moved, by(OWN_ROLE), UNKNOWN_FORBIDDEN],
    ['it is as it was', settledRecord(), {}, undefined, originOf('approved')],
    [
      'somebody asked again for what was there',
      settledRecord(),
      {},
      by(OTHER, 'approved'),
      originOf('approved'),
    ],
    ['it was moved unseen', settledRecord(), moved, undefined, UNKNOWN_FORBIDDEN],
    [
      'it was moved by an event',
      settledRecord(),
      moved,
      by(OTHER),
      originOf('forbidden', { principalArn: OTHER }),
    ],
    [
      'a late event explains what was found',
      foundRecord(),
      moved,
      changeOf(),
      originOf('forbidden'),
    ],
    ['nothing explains what was found', foundRecord(), moved, undefined, UNKNOWN_FORBIDDEN],
    [
      'the guardrail brought it back',
      settledRecord({
        intent: revertIntent({ target: originOf('approved', { principalArn: OTHER }) }),
      }),
      {},
      by(OWN_ROLE, 'approved'),
      originOf('approved', { principalArn: OTHER }),
    ],
  ] as const)('is known as far as it can be when %s', (_, known, snapshot, change, expected) => {
    expect(see(known, snapshot, change).record.current).toStrictEqual({ ...expected, ...role });
  });

  it('answers the event that made it, and none that did not', () => {
    const change = changeOf();

    expect(see(newRecord(ARN), moved, change).origin).toBe(change);
    expect(see(newRecord(ARN), {}, change)).not.toHaveProperty('origin');
    expect(see(newRecord(ARN), moved)).not.toHaveProperty('origin');
  });
});

describe('observe: the cause', () => {
  it.each([
    ['create', 'a create proves it', newRecord(ARN), moved, create()],
    ['create', 'a create proves it late', foundRecord(), moved, create({ eventTimeMs: 0 })],
    [
      'create',
      'a create is the first that is known, and its record was cut',
      newRecord(ARN),
      moved,
      cut(create()),
    ],
    [
      'found',
      'nothing changed since a violation that a create began',
      settledRecord({ violation: violationOf({ cause: 'create' }) }),
      {},
      undefined,
    ],
    ['change', 'it was moved by an event', settledRecord(), moved, changeOf()],
    ['change', 'it was moved unseen', settledRecord(), moved, undefined],
    [
      'change',
      'an event asks for an attachment, and nothing is known',
      newRecord(ARN),
      moved,
      cut(changeOf()),
    ],
    ['change', 'a late event explains what was found', foundRecord(), moved, changeOf()],
    [
      'change',
      'the guardrail brings back what was created',
      settledRecord({
        current: { ...originOf('forbidden'), role: 'r' },
        intent: revertIntent({ target: originOf('approved', { call: 'CreateFunction' }) }),
      }),
      {},
      undefined,
    ],
    [
      'found',
      'nothing is known, and nobody asked for an attachment',
      newRecord(ARN),
      moved,
      changeOf('forbidden', { kind: 'code', isAttachmentRequested: false }),
    ],
    ['found', 'nothing is known and no event came', newRecord(ARN), moved, undefined],
    ['found', 'it is as it was', settledRecord(), {}, undefined],
    [
      'found',
      'it is as it was, and a late create of somebody else names another place',
      settledRecord(),
      {},
      create({ eventTimeMs: 0 }),
    ],
  ] as const)('is `%s` when %s', (expected, _, known, snapshot, change) => {
    expect(see(known, snapshot, change).cause).toBe(expected);
  });
});

describe('observe: generations and order', () => {
  const older = { eventTimeMs: settledRecord().changedAtMs - 1 };

  it.each([
    ['a create after what is known', settledRecord(), create(), 2],
    [
      'a create at the very time of what is known',
      settledRecord(),
      create({ eventTimeMs: settledRecord().changedAtMs }),
      2,
    ],
    ['a create that is older', settledRecord(), create(older), 1],
    ['a create that is known already', settledRecord({ lastEventId: 'event-1' }), create(), 1],
    ['the first create', newRecord(ARN), create(), 1],
    [
      'a create from before it was seen',
      settledRecord({ existedAtMs: changeOf().eventTimeMs }),
      create(),
      1,
    ],
    [
      'a create from after it was seen',
      settledRecord({ existedAtMs: changeOf().eventTimeMs - 1 }),
      create(),
      2,
    ],
    ['any look at one that was deleted', recordOf({ isDeleted: true }), undefined, 2],
    ['a change', settledRecord(), changeOf(), 1],
  ] as const)('counts %s', (_, known, change, generation) => {
    expect(see(known, moved, change).record).toMatchObject({ generation, isDeleted: false });
  });

  it('begins a generation by a create that comes late, after another event of the new function', () => {
    const known = settledRecord({ existedAtMs: NOW_MS - 9_000, changedAtMs: NOW_MS });

    expect(see(known, moved, create({ eventTimeMs: NOW_MS - 5_000 })).record).toMatchObject({
      generation: 2,
      bornMs: NOW_MS - 5_000,
      changedAtMs: NOW_MS,
    });
  });

  it('lets no event of an earlier generation explain this one', () => {
    const { baseline, current, ...nothing } = settledRecord({ generation: 2 });
    const event = changeOf();
    const born = (bornMs: number) => see({ ...nothing, bornMs }, moved, event);

    expect(born(event.eventTimeMs)).toMatchObject({ cause: 'change', origin: event });
    expect(born(event.eventTimeMs + 1)).toMatchObject({ cause: 'found' });
    expect(born(event.eventTimeMs + 1)).not.toHaveProperty('origin');
  });

  it('keeps of an earlier generation only the counters and what is to be told', () => {
    const known = settledRecord({
      violation: violationOf(),
      revertsMs: [1],
      recheckAtMs: 2,
      missingSinceMs: 3,
      outbox: [noticeOf('notice-1')],
    });

    const { record } = see(known, moved, create());

    expect(record).toMatchObject({ version: 7, revertsMs: [1], recheckAtMs: 2, generation: 2 });
    expect(record.outbox).toEqual(known.outbox);
    for (const key of ['baseline', 'candidate', 'violation', 'missingSinceMs']) {
      expect(record).not.toHaveProperty(key);
    }
  });

  it('knows the newest event, and the time of the first look', () => {
    const first = see(newRecord(ARN), moved, changeOf()).record;

    expect(first).toMatchObject({ changedAtMs: NOW_MS, lastEventId: 'event-1' });
    expect(see(settledRecord(), moved, changeOf()).record).toMatchObject({
      changedAtMs: NOW_MS - 5_000,
      lastEventId: 'event-1',
    });
    expect(see(settledRecord(), moved, changeOf('forbidden', older)).record).not.toHaveProperty(
      'lastEventId',
    );
    expect(see(settledRecord(), moved).record.changedAtMs).toBe(settledRecord().changedAtMs);
  });

  it('forgets that the function was missing', () => {
    expect(see(settledRecord({ missingSinceMs: 1 })).record).not.toHaveProperty('missingSinceMs');
  });

  it('notes the role that the function has now', () => {
    expect(see(settledRecord(), { role: 'arn:new' }).record.current).toMatchObject({
      role: 'arn:new',
      principalArn: DEPLOYER,
    });
  });
});

function by(arn: string, name: 'approved' | 'forbidden' = 'forbidden'): ChangeEvent {
  return changeOf(name, { actor: { principalArn: arn } });
}

function cut({ claim, ...change }: ChangeEvent): ChangeEvent {
  return change;
}

/** A function that was found in the forbidden network, nobody knows how. */
function foundRecord(): FunctionRecord {
  return recordOf({ current: { ...UNKNOWN_FORBIDDEN, role: snapshotOf().role } });
}

describe('observe: since when a function is known', () => {
  const lastModifiedMs = NOW_MS - 1_000_000;

  it('goes by the last change of one that nobody saw created', () => {
    expect(see(newRecord(ARN), { lastModifiedMs }).record.existedAtMs).toBe(lastModifiedMs);
    expect(see(newRecord(ARN)).record.existedAtMs).toBe(NOW_MS);
    expect(see(newRecord(ARN), { lastModifiedMs: NOW_MS + 5 }).record.existedAtMs).toBe(NOW_MS);
  });

  it('goes by the look at one that was created', () => {
    const create = changeOf('approved', { kind: 'create' });

    expect(see(newRecord(ARN), { lastModifiedMs }, create).record.existedAtMs).toBe(NOW_MS);
  });

  it('keeps what was proved before', () => {
    const known = settledRecord({ existedAtMs: 5 });

    expect(see(known, { lastModifiedMs }).record.existedAtMs).toBe(5);
  });

  it('begins again with a generation', () => {
    const known = settledRecord({ existedAtMs: 5, tagWrites: { keep: { value: 'x' } } });
    const create = changeOf('approved', { kind: 'create' });

    expect(see(known, {}, create).record).toMatchObject({ existedAtMs: NOW_MS, tagWrites: {} });
  });
});

describe('observe: what is news', () => {
  it('is an event that nobody heard of before', () => {
    const tagging = changeOf('approved', { kind: 'tags', tags: { keep: 'true' } });
    const first = see(settledRecord(), { tags: { keep: 'true' } }, tagging);
    const again = see(first.record, { tags: { keep: 'true' } }, tagging);

    expect(first).toMatchObject({
      news: tagging,
      record: { tagWrites: { keep: { value: 'true', writer: DEPLOYER } } },
    });
    expect(again).not.toHaveProperty('news');
    expect(again.record.tagWrites).toEqual(first.record.tagWrites);
  });
});
