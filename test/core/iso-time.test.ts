import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIsoTime } from '../../functions/core/iso-time.ts';

describe('parseIsoTime', () => {
  it('reads what the platform reads', () => {
    const times = fc.date({ min: new Date(0), max: new Date('2400-01-01'), noInvalidDate: true });

    fc.assert(
      fc.property(times, (time) => {
        expect(parseIsoTime(time.toISOString())).toBe(time.getTime());
        const whole = time.toISOString().replace(/\.\d+Z$/, 'Z');
        expect(parseIsoTime(whole)).toBe(Date.parse(whole));
      }),
    );
  });

  it.each([
    '2026-02-29T00:00:00Z',
    '2100-02-29T00:00:00Z',
    '2026-04-31T00:00:00Z',
    '2026-00-01T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-01-00T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:60:00Z',
    '2026-01-01T00:00:60Z',
    '2026-01-01T00:00:00+01:00',
    '2026-01-01',
    '-',
  ])('takes %s for no time', (text) => {
    expect(parseIsoTime(text)).toBeUndefined();
  });

  it.each(['2024-02-29T00:00:00Z', '2000-02-29T12:00:00.5Z'])('knows the leap day %s', (text) => {
    expect(parseIsoTime(text)).toBe(Date.parse(text));
  });
});
