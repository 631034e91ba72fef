import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  followTrace,
  invocationsIn,
  LONGEST_CHAIN,
  shortestChain,
} from '../../lib/local/lineage.ts';

const F = 'arn:aws:lambda:us-east-1:123456789012:function:f';
const G = 'arn:aws:lambda:us-east-1:123456789012:function:g';

function chainOf(length: number, arn = F, start?: string): string | undefined {
  return Array.from({ length }).reduce<string | undefined>(
    (header) => followTrace(arn, header),
    start,
  );
}

describe('followTrace', () => {
  it('counts the invocations of each function by itself, and keeps the root', () => {
    const header = chainOf(2, G, chainOf(3));

    expect(header).toMatch(
      /^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0;Lineage=[0-9a-f]{8}:3\|[0-9a-f]{8}:2$/,
    );
    expect([invocationsIn(F, header), invocationsIn(G, header)]).toEqual([3, 2]);
    expect(chainOf(1, F, header)?.slice(0, 40)).toBe(header?.slice(0, 40));
  });

  it('starts a chain of its own where no header came, or one of somebody else', () => {
    expect(invocationsIn(F, undefined)).toBe(0);
    expect(invocationsIn(F, followTrace(F, 'Root=1-5759e988-bd862e3fe1be46a994272793'))).toBe(1);
    expect(followTrace(F, 'Self=x;Root=1-a-b;Lineage=25:zzz')).toMatch(/^Root=1-a-b;/);
  });

  it('never throws, whatever the header is', () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        expect(invocationsIn(F, followTrace(F, `Lineage=${header}`))).toBeGreaterThan(0);
      }),
    );
  });
});

describe('shortestChain', () => {
  it.each([
    [[3, 1, 2], 1],
    [[3, 0, 2], 0],
    [[LONGEST_CHAIN], LONGEST_CHAIN],
  ])('of chains with %j invocations it is the one with %i', (lengths, length) => {
    const headers = lengths.map((count) => chainOf(count));

    expect(invocationsIn(F, shortestChain(F, headers))).toBe(length);
  });
});
