import { describe, expect, it } from 'vitest';
import { type HistoryEntry, inOrder, keep } from '../../functions/core/history.ts';
import { ARN, recordOf } from '../support/builders.ts';

const told = { event: 'baseline', why: 'it is good' } as const;

describe('keep', () => {
  it('says which function, life and record an entry is of, and when it was', () => {
    const record = recordOf({ generation: 3 });

    expect(keep(record, { nowMs: 5, key: 'a' }, told).unkept).toEqual([
      {
        id: expect.any(String),
        functionArn: ARN,
        generation: 3,
        version: 7,
        step: 0,
        atMs: 5,
        ...told,
      },
    ]);
  });

  it('counts what is told of one version, in its order', () => {
    const first = keep(recordOf({ version: 1 }), { nowMs: 5, key: 'a' }, told);
    const second = keep({ ...first, version: 2 }, { nowMs: 6, key: 'b' }, told);
    const third = keep(second, { nowMs: 6, key: 'c' }, told);

    expect(third.unkept.map(({ version, step }) => [version, step])).toEqual([
      [1, 0],
      [2, 0],
      [2, 1],
    ]);
  });

  it('tells the same once, and another thing beside it', () => {
    const once = keep(recordOf(), { nowMs: 5, key: 'a' }, told);

    expect(keep(once, { nowMs: 6, key: 'a' }, told)).toBe(once);
    expect(keep(once, { nowMs: 6, key: 'b' }, told).unkept).toHaveLength(2);
  });
});

describe('inOrder', () => {
  it('goes by the life, the version and the step, and leaves what it was given', () => {
    const { unkept } = keep(
      keep(recordOf(), { nowMs: 5, key: 'a' }, told),
      { nowMs: 5, key: 'b' },
      told,
    );
    const [first, second] = unkept;
    const entries = [
      { ...first, generation: 2, version: 1 },
      { ...first, generation: 1, version: 2 },
      second,
      first,
    ] as readonly HistoryEntry[];

    const places = inOrder(entries).map(({ generation, version, step }) => [
      generation,
      version,
      step,
    ]);

    expect(places).toEqual([
      [1, 2, 0],
      [1, 7, 0],
      [1, 7, 1],
      [2, 1, 0],
    ]);
    expect(entries[0]?.generation).toBe(2);
  });
});
