import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileWildcards } from '../../../functions/core/wildcard.ts';
import type { Resource } from '../../../lib/policy/export/draft.ts';
import { meetResources } from '../../../lib/policy/export/meet-resources.ts';

const FUNCTIONS = ['a-a', 'a-b', 'b-a', 'b-b', 'a'].map(
  (name) => `arn:aws:lambda:r:1:function:${name}`,
);
const PATTERNS = ['a-*', '*-b', 'b-?', 'a', '*', 'a-a'].map(
  (name) => `arn:aws:lambda:*:1:function:${name}`,
);

const resource = fc.record({
  isNot: fc.boolean(),
  patterns: fc.subarray(['*', 'arn:aws:s3:::x', ...PATTERNS], { minLength: 1, maxLength: 3 }),
});

function matches({ isNot, patterns }: Resource, text: string): boolean {
  return compileWildcards(patterns)(text) !== isNot;
}

describe('meetResources', () => {
  it('makes what matches where both match, or says that it cannot', () => {
    fc.assert(
      fc.property(resource, resource, (left, right) => {
        const both = FUNCTIONS.filter((text) => matches(left, text) && matches(right, text));

        const met = meetResources(left, right);

        if (met.kind === 'made') {
          expect(FUNCTIONS.filter((text) => matches(met.value, text))).toEqual(both);
        } else if (met.kind === 'impossible') expect(both).toEqual([]);
        else expect(met.why).toContain('overlap');
      }),
      { numRuns: 3000 },
    );
  });
});
