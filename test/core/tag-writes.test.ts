import { describe, expect, it } from 'vitest';
import type { ChangeEvent } from '../../functions/core/change-event.ts';
import { noteTagWrites } from '../../functions/core/tag-writes.ts';
import type { TagWrites } from '../../functions/core/trusted-tags.ts';
import { changeOf, DEPLOYER, NOW_MS, snapshotOf } from '../support/builders.ts';

const BEFORE: TagWrites = { keep: { value: 'true', writer: 'arn:aws:iam::123456789012:user/ann' } };

function note(
  known: TagWrites,
  tags: Readonly<Record<string, string>>,
  given: Partial<ChangeEvent> = {},
  isNews = true,
) {
  return noteTagWrites(
    known,
    {
      snapshot: snapshotOf({ tags }),
      change: changeOf('approved', { kind: 'tags', ...given }),
      nowMs: NOW_MS,
      ownRoleArns: new Set(),
      trustedKeys: new Set(['keep']),
    },
    isNews,
  );
}

describe('noteTagWrites', () => {
  it('notes who wrote a trusted tag that the function has', () => {
    expect(note({}, { keep: 'true' }, { tags: { keep: 'true', other: 'x' } })).toEqual({
      keep: { value: 'true', writer: DEPLOYER },
    });
  });

  it('notes a write of which nobody is named', () => {
    expect(note({}, { keep: 'true' }, { tags: { keep: 'true' }, actor: {} })).toEqual({
      keep: { value: 'true' },
    });
  });

  it('goes by the last one who wrote it', () => {
    expect(note(BEFORE, { keep: 'true' }, { tags: { keep: 'true' } })).toEqual({
      keep: { value: 'true', writer: DEPLOYER },
    });
  });

  it('lets an event that comes late explain only what nobody explained', () => {
    const late = { tags: { keep: 'true' } };

    expect(note(BEFORE, { keep: 'true' }, late, false)).toEqual(BEFORE);
    expect(note({}, { keep: 'true' }, late, false)).toEqual({
      keep: { value: 'true', writer: DEPLOYER },
    });
  });

  it('forgets a value that the function no longer has', () => {
    expect(note(BEFORE, { keep: 'false' })).toEqual({});
    expect(note(BEFORE, {})).toEqual({});
    expect(note({}, { keep: 'false' }, { tags: { keep: 'true' } })).toEqual({});
  });

  it('keeps what no event is about', () => {
    expect(note(BEFORE, { keep: 'true' })).toEqual(BEFORE);
  });
});
