import { describe, expect, it } from 'vitest';
import { packList, unpackList } from '../../functions/core/pack-list.ts';

const LIST = Array.from({ length: 50 }, (_, at) => ({ at, text: `«${at * 7919}» \u{1F512}` }));

async function unpackAll(pieces: readonly Uint8Array[]): Promise<readonly unknown[]> {
  const lists: unknown[] = [];
  for (const piece of pieces) lists.push(...(await unpackList(piece)));
  return lists;
}

describe('packList', () => {
  it.each([[[]], [LIST.slice(0, 1)], [LIST]])(
    'writes one piece where it fits: %#',
    async (list) => {
      const pieces = await packList(list, 100_000);

      expect(pieces).toHaveLength(1);
      expect(await unpackAll(pieces)).toEqual(list);
    },
  );

  it.each([100, 150, 300])('keeps every piece below %s bytes, in order', async (maxBytes) => {
    const pieces = await packList(LIST, maxBytes);

    expect(pieces.length).toBeGreaterThan(1);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(maxBytes);
    expect(await unpackAll(pieces)).toEqual(LIST);
  });

  it('leaves alone what is too large and cannot be cut', async () => {
    const pieces = await packList(LIST.slice(0, 3), 1);

    expect(pieces).toHaveLength(3);
    expect(await unpackAll(pieces)).toEqual(LIST.slice(0, 3));
  });
});

describe('unpackList', () => {
  it.each([
    ['nothing', undefined],
    ['what was never packed', new Uint8Array([1, 2, 3])],
  ])('throws at %s', async (_, bytes) => {
    await expect(unpackList(bytes)).rejects.toThrow();
  });
});
