import { describe, expect, it } from 'vitest';
import { good } from '../../../lib/cli/doctor/checkup.ts';
import { runChecks } from '../../../lib/cli/doctor/run-checks.ts';

describe('runChecks', () => {
  it('says of a check that fails that it is unknown, and goes on with the others', async () => {
    const checks = {
      trail: () => Promise.reject(new Error('a bug')),
      alarm: () => Promise.reject('a text'),
      region: async (region: string) => [good({ topic: 'region' }, region)],
    };

    expect(await runChecks(checks, 'here')).toEqual([
      {
        topic: 'trail',
        answer: 'unknown',
        seen: 'it could not be looked at: a bug',
        isEssential: true,
      },
      { topic: 'alarm', answer: 'unknown', seen: 'it could not be looked at: a text' },
      { topic: 'region', answer: 'good', seen: 'here' },
    ]);
  });
});
