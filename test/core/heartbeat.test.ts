import { describe, expect, it } from 'vitest';
import { HEARTBEAT_TAG, heartbeatOf } from '../../functions/core/heartbeat.ts';
import { changeOf } from '../support/builders.ts';

describe('heartbeatOf', () => {
  it('answers the time that a change tags the function with', () => {
    const tags = { [HEARTBEAT_TAG]: '1795338000000', team: 'payments' };

    expect(heartbeatOf(changeOf('forbidden', { kind: 'tags', tags }))).toBe(1_795_338_000_000);
  });

  it.each([
    ['no tags', undefined],
    ['other tags', { team: '1795338000000' }],
    ['an empty value', { [HEARTBEAT_TAG]: '' }],
    ['a word', { [HEARTBEAT_TAG]: 'now' }],
    ['a fraction', { [HEARTBEAT_TAG]: '1.5' }],
    ['a negative number', { [HEARTBEAT_TAG]: '-1' }],
    ['more digits than a time has', { [HEARTBEAT_TAG]: '1'.repeat(16) }],
  ])('answers undefined for a change with %s', (_, tags) => {
    expect(
      heartbeatOf(changeOf('forbidden', { kind: 'tags', ...(tags && { tags }) })),
    ).toBeUndefined();
  });
});
