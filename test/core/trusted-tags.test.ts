import { describe, expect, it } from 'vitest';
import { isTrusted, isWriter, parseTagPattern } from '../../functions/core/trusted-tags.ts';

const PLATFORM = 'arn:aws:iam::123456789012:role/platform-ops';
const trusted = [{ key: 'keep', writers: ['arn:aws:iam::*:role/platform-*'] }];
const wanted = { key: 'keep', value: 'true' };

describe('parseTagPattern', () => {
  it.each([
    ['tag:keep=true', { key: 'keep', value: 'true' }],
    ['tag:a:b=c=d', { key: 'a:b', value: 'c=d' }],
    ['tag:keep=', { key: 'keep', value: '' }],
    ['tag:keep', undefined],
    ['nightly-*', undefined],
  ])('reads %s', (pattern, tag) => {
    expect(parseTagPattern(pattern)).toEqual(tag);
  });
});

describe('isTrusted', () => {
  it.each([
    ['written by one of the writers', { value: 'true', writer: PLATFORM }, true],
    [
      'written by somebody else',
      { value: 'true', writer: `${PLATFORM}/x`.replace('role', 'user') },
      false,
    ],
    ['written by nobody known', { value: 'true' }, false],
    ['written with another value', { value: 'false', writer: PLATFORM }, false],
  ])('counts a tag as its writer allows: %s', (_, keep, expected) => {
    const tagged = { tags: { keep: 'true' }, tagWrites: { keep } };

    expect(isTrusted(wanted, trusted, tagged)).toBe(expected);
  });

  it.each([
    ['is not there', {}],
    ['has another value', { keep: 'false' }],
  ])('does not count a tag that %s', (_, tags) => {
    const tagWrites = { keep: { value: 'true', writer: PLATFORM } };

    expect(isTrusted(wanted, trusted, { tags, tagWrites })).toBe(false);
  });

  it('counts no tag that the policy does not trust, nor one that nobody was seen to write', () => {
    const tags = { keep: 'true' };
    const tagWrites = { keep: { value: 'true', writer: PLATFORM } };

    expect(isTrusted(wanted, [], { tags, tagWrites })).toBe(false);
    expect(isTrusted(wanted, trusted, { tags, tagWrites: {} })).toBe(false);
    expect(isTrusted({ key: 'constructor', value: 'x' }, trusted, { tags, tagWrites })).toBe(false);
  });
});

describe('isWriter', () => {
  it('compares ARNs part by part', () => {
    const tag = { key: 'keep', writers: ['arn:aws:iam::*:role/platform-*'] };

    expect(isWriter(tag, PLATFORM)).toBe(true);
    expect(isWriter(tag, 'arn:aws:iam::1:x:role/platform-ops')).toBe(false);
    expect(isWriter(tag, undefined)).toBe(false);
  });
});
