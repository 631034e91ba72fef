import { describe, expect, it } from 'vitest';
import { contain, containedBy, free, freeFor } from '../../functions/core/containment.ts';

const QUARANTINE = { remediationId: 'remediation-0', sinceMs: 40 };

describe('contain', () => {
  it('keeps when it was contained first, and adds up how long it ran again', () => {
    expect(contain({}, 10)).toStrictEqual({ containedMs: 10 });
    expect(contain({ containedMs: 10 }, 20)).toStrictEqual({ containedMs: 10 });

    const again = contain({ containedMs: 10, freedMs: 20, freeForMs: 5 }, 30);

    expect(again).toStrictEqual({ containedMs: 10, freeForMs: 15 });
  });
});

describe('free', () => {
  it('ends what was contained, and nothing else', () => {
    expect(free({ containedMs: 10 }, 20)).toStrictEqual({ containedMs: 10, freedMs: 20 });
    expect(free({}, 20)).toStrictEqual({});
  });
});

describe('containedBy', () => {
  it.each([
    ['from its beginning where the quarantine was there', { sinceMs: 50 }, QUARANTINE, 50],
    ['from the quarantine on', { sinceMs: 30 }, QUARANTINE, 40],
    ['from when it was contained first', { sinceMs: 30, containedMs: 35 }, QUARANTINE, 35],
    ['by nothing where there is none', { sinceMs: 30 }, undefined, undefined],
  ])('contains %s', (_, violation, quarantine, expected) => {
    expect(containedBy(violation, quarantine)).toEqual({ ...violation, containedMs: expected });
  });
});

describe('freeFor', () => {
  it.each([
    [{}, 0],
    [{ freeForMs: 5 }, 5],
    [{ freedMs: 20 }, 10],
    [{ freedMs: 20, freeForMs: 5 }, 15],
    [{ freedMs: 99 }, 0],
  ])('of %j is %i ms', (containment, expected) => {
    expect(freeFor(containment, 30)).toBe(expected);
  });
});
