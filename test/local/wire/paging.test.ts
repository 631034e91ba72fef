import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutPage } from '../../../lib/local/wire/paging.ts';

describe('cutPage', () => {
  it('walks through all items, whatever the size of a page', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.integer({ min: 1, max: 10 }), (items, limit) => {
        const seen: number[] = [];
        let token: string | undefined;
        do {
          const page = cutPage(items, { limit, token });
          seen.push(...(page?.items ?? []));
          token = page?.nextToken;
        } while (token !== undefined);
        expect(seen).toEqual(items);
      }),
    );
  });

  it('knows tokens only that it gave', () => {
    fc.assert(
      fc.property(fc.string(), (token) => {
        expect(cutPage([1], { limit: 1, token })).toBeUndefined();
      }),
    );
  });
});
