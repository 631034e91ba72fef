import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  duration,
  frameNotice,
  moment,
  sentence,
  worstSeverity,
} from '../../../functions/core/notices/frame-notice.ts';
import {
  ARN,
  controlOf,
  enforcingPolicy,
  findingOf,
  goodLookOf,
  lookOf,
  NOW_MS,
  snapshotOf,
  violationOf,
} from '../../support/builders.ts';

const WORDING = {
  id: 'notice-1',
  kind: 'violation',
  remediation: 'none',
  headline: 'violates the policy',
  paragraphs: ['One.', 'Two.'],
  nextSteps: [],
} as const;

describe('frameNotice', () => {
  it('keeps subjects to 99 plain characters, whatever a function is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (name) => {
        const snapshot = snapshotOf({ functionArn: `${ARN}${name}` });

        expect(frameNotice(lookOf({ snapshot }), WORDING).subject).toMatch(
          /^\[high\] [ -~]{1,92}$/,
        );
      }),
    );
  });

  it('cuts a subject that is too long', () => {
    const { subject } = frameNotice(
      lookOf({ snapshot: snapshotOf({ functionArn: `${ARN}-${'x'.repeat(90)}` }) }),
      WORDING,
    );

    expect(subject).toHaveLength(99);
    expect(subject).toMatch(/xxx\.\.\.$/);
  });

  it('names the owner that the tag names, and nobody else', () => {
    const snapshot = snapshotOf({ tags: { team: 'payments' } });
    const policy = enforcingPolicy({
      notify: { minimumSeverity: 'low', exemptionExpiryDays: 7, ownerTag: 'team' },
    });

    expect(frameNotice(lookOf({ snapshot, policy }), WORDING).owner).toBe('payments');
    expect(frameNotice(lookOf({ snapshot }), WORDING)).not.toHaveProperty('owner');
    expect(frameNotice(lookOf({ policy }), WORDING)).not.toHaveProperty('owner');
  });

  it('hides what looks like a secret in the tag of the owner', () => {
    const snapshot = snapshotOf({ tags: { team: 'payments token=abc' } });
    const policy = enforcingPolicy({
      notify: { minimumSeverity: 'low', exemptionExpiryDays: 7, ownerTag: 'team' },
    });

    expect(frameNotice(lookOf({ snapshot, policy }), WORDING).owner).toBe('payments token=…');
  });

  it('has one thread for a function', () => {
    const { threadId } = frameNotice(lookOf(), WORDING);

    expect(frameNotice(goodLookOf(), { ...WORDING, kind: 'resolution' }).threadId).toBe(threadId);
  });

  it('holds nothing but what a notice may hold', () => {
    const snapshot = snapshotOf({ tags: { team: 'payments', password: 'hunter2' } });

    const notice = frameNotice(lookOf({ snapshot }), { ...WORDING, violation: violationOf() });

    expect(Object.keys(notice)).toEqual([
      'id',
      'kind',
      'functionArn',
      'threadId',
      'severity',
      'controlId',
      'remediation',
      'subject',
      'text',
      'nextSteps',
      'findings',
      'at',
    ]);
    expect(JSON.stringify(notice)).not.toContain('hunter2');
  });
});

describe('worstSeverity', () => {
  const controls = { 'LVG.1': controlOf({ severity: 'critical' }) };
  const policy = enforcingPolicy({ controls });

  it.each([
    ['low', [findingOf('compliant')], undefined],
    ['high', [findingOf('violation'), findingOf('violation', { severity: 'low' })], undefined],
    ['high', [findingOf('violation', { severity: 'low' }), findingOf('violation')], undefined],
    ['critical', [findingOf('compliant')], violationOf()],
    ['critical', [findingOf('violation')], violationOf()],
    ['low', [findingOf('compliant')], violationOf({ controlIds: ['LVG.99'] })],
  ] as const)('is %s of %j', (expected, findings, violation) => {
    expect(worstSeverity({ findings, policy }, violation)).toBe(expected);
  });
});

describe('the words for time', () => {
  it.each([
    [-5_000, '0 s'],
    [499, '0 s'],
    [119_400, '119 s'],
    [120_000, '2 min'],
    [119 * 60_000, '119 min'],
    [120 * 60_000, '2 h'],
    [47 * 3_600_000, '47 h'],
    [48 * 3_600_000, '2 days'],
  ])('say %i ms as %s', (ms, words) => {
    expect(duration(ms)).toBe(words);
  });

  it('say a moment without its milliseconds', () => {
    expect(moment(NOW_MS)).toBe('2026-11-22 09:00:00 UTC');
  });
});

describe('sentence', () => {
  it.each([
    ['It is so', 'It is so.'],
    ['It is so.', 'It is so.'],
    ['Is it so?', 'Is it so?'],
    ['It is so…', 'It is so…'],
  ])('ends %s once', (text, expected) => {
    expect(sentence(text)).toBe(expected);
  });
});
