import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact } from '../../functions/core/redact.ts';
import cases from '../cases/secrets.json' with { type: 'json' };

describe('redact', () => {
  it.each(cases)('hides $name', ({ text, redacted }) => {
    expect(redact(text)).toBe(redacted);
  });

  it('leaves nothing of a secret that is named as one, wherever it stands', () => {
    const secret = fc.stringMatching(/^[a-z0-9]{12,80}$/);
    const name = fc.constantFrom('token=', 'password: ', '"apiKey":"', 'https://x.aws/?signature=');

    fc.assert(
      fc.property(fc.string(), name, secret, fc.string(), (before, said, hidden, after) => {
        expect(redact(`${before} ${said}${hidden} ${after}`)).not.toContain(hidden);
      }),
    );
  });

  it('is done with a long text at once', () => {
    const longest = ['token'.repeat(1_000), 'a1B/'.repeat(1_250), 'https://'.repeat(625)];

    for (const text of longest) expect(redact(text).length).toBeLessThanOrEqual(text.length);
  });
});
