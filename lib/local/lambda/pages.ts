import { constraintBroken, invalidParameter } from './faults.ts';

/** One page of a list. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Absent on the last page. */
  readonly nextMarker?: string;
}

/** Cuts the page that a marker points to out of a list, in order of keys. */
export function pageOf<Item>(
  all: readonly Item[],
  asked: {
    readonly keyOf: (item: Item) => string;
    readonly marker: string | undefined;
    readonly size: number | undefined;
    /** AWS: a greater size is accepted, and this one answered. */
    readonly maxSize: number;
  },
): Page<Item> {
  const { keyOf, marker, size = asked.maxSize, maxSize } = asked;
  if (!(size >= 1 && size <= 10_000)) {
    const constraint = 'Member must have value between 1 and 10000';
    throw constraintBroken({ member: 'maxItems', value: size, constraint });
  }
  const after = marker === undefined || marker === '' ? undefined : readMarker(marker);
  const { items, isLast } = firstAfter(all, { keyOf, after, count: Math.min(size, maxSize) });
  const last = items.at(-1);
  if (last === undefined || isLast) return { items };
  return { items, nextMarker: Buffer.from(`after:${keyOf(last)}`).toString('base64') };
}

/** The first few items whose keys come after one: a page of a long list is found without sorting the list. */
function firstAfter<Item>(
  all: readonly Item[],
  asked: {
    readonly keyOf: (item: Item) => string;
    readonly after: string | undefined;
    readonly count: number;
  },
): { readonly items: readonly Item[]; readonly isLast: boolean } {
  const { keyOf, after, count } = asked;
  const first: { readonly key: string; readonly item: Item }[] = [];
  let left = 0;
  for (const item of all) {
    const key = keyOf(item);
    if (after !== undefined && key <= after) continue;
    left += 1;
    if (first.length === count && key >= (first.at(-1)?.key ?? '')) continue;
    const place = first.findLastIndex((other) => other.key < key) + 1;
    first.splice(place, 0, { key, item });
    if (first.length > count) first.pop();
  }
  return { items: first.map(({ item }) => item), isLast: left === first.length };
}

function readMarker(marker: string): string {
  const text = Buffer.from(marker, 'base64').toString('utf8');
  if (!text.startsWith('after:')) throw invalidParameter('Invalid pagination token');
  return text.slice('after:'.length);
}
