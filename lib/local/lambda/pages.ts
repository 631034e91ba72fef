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
  const left = all
    .filter((item) => after === undefined || keyOf(item) > after)
    .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  const items = left.slice(0, Math.min(size, maxSize));
  const last = items.at(-1);
  if (last === undefined || items.length === left.length) return { items };
  return { items, nextMarker: Buffer.from(`after:${keyOf(last)}`).toString('base64') };
}

function readMarker(marker: string): string {
  const text = Buffer.from(marker, 'base64').toString('utf8');
  if (!text.startsWith('after:')) throw invalidParameter('Invalid pagination token');
  return text.slice('after:'.length);
}
