import { describe, expect, it } from 'vitest';
import { isActing, isWaiting, type Remediation } from '../../functions/core/remediation.ts';
import { originOf } from '../support/builders.ts';

const reason = 'r';

describe('a remediation', () => {
  it.each<[string, Remediation]>([
    ['acting', { kind: 'revert', reason, target: originOf('approved') }],
    ['acting', { kind: 'quarantine', reason }],
    ['acting', { kind: 'release', reason }],
    ['acting', { kind: 'wake', reason }],
    ['waiting', { kind: 'none', awaits: 'revert', reason }],
    ['', { kind: 'none', reason }],
    ['', { kind: 'withheld', wanted: 'revert', reason }],
  ])('is %s: %j', (expected, remediation) => {
    const said = [isActing(remediation) ? 'acting' : '', isWaiting(remediation) ? 'waiting' : ''];

    expect(said.filter(Boolean).join()).toBe(expected);
  });
});
