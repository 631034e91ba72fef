import type { Filter } from '@aws-sdk/client-ec2';
import { ec2Fault } from './ec2-faults.ts';
import type { Tags } from './network.ts';

/** AWS: a call takes no more values than this, over all its filters. */
const MAX_VALUES = 200;

/** What each filter looks at: several values where any of them may match. */
export type FilterTable<Item> = Readonly<Record<string, (item: Item) => readonly string[]>>;

/** Tags of an item, for the filters `tag:KEY` and `tag-key`. */
interface Tagged {
  readonly name?: string;
  readonly tags?: Tags;
}

/** All tags of an item, its name included. */
export function tagsOf({ name = '', tags = {} }: Tagged): Tags {
  return name === '' ? tags : { Name: name, ...tags };
}

/** Compiles filters: an item has to pass every one of them, by any of its values. */
export function matchesFilters<Item extends object>(
  table: FilterTable<Item>,
  filters: readonly Filter[],
): (item: Item) => boolean {
  checkSize(filters);
  const tests = filters.map(({ Name = '', Values = [] }) => {
    const read = findReader(table, Name);
    const patterns = Values.map(compileValue);
    return (item: Item) => read(item).some((value) => patterns.some((is) => is.test(value)));
  });
  return (item) => tests.every((test) => test(item));
}

function checkSize(filters: readonly Filter[]): void {
  const count = filters.reduce((sum, { Values = [] }) => sum + Values.length, 0);
  if (count <= MAX_VALUES) return;
  const message = `The maximum number of filter values specified on a single call is ${MAX_VALUES}`;
  throw ec2Fault('FilterLimitExceeded', message);
}

function findReader<Item extends object>(
  table: FilterTable<Item>,
  name: string,
): (item: Item) => readonly string[] {
  if (name === 'tag-key') return (item) => Object.keys(tagsOf(item));
  if (name.startsWith('tag:')) {
    const key = name.slice('tag:'.length);
    return (item) =>
      Object.entries(tagsOf(item))
        .filter(([held]) => held === key)
        .map(([, value]) => value);
  }
  const reader = Object.hasOwn(table, name) ? table[name] : undefined;
  if (reader === undefined) {
    throw ec2Fault('InvalidParameterValue', `The filter '${name}' is invalid`);
  }
  return reader;
}

/** EC2's filter values know `*`, `?` and a backslash before them. */
function compileValue(value: string): RegExp {
  const source = value.replace(/\\([*?\\])|[\s\S]/gu, (text, escaped: string | undefined) => {
    if (escaped !== undefined) return `\\${escaped}`;
    if (text === '*') return '[\\s\\S]*';
    return text === '?' ? '[\\s\\S]' : text.replace(/[.+^${}()|[\]\\/]/g, '\\$&');
  });
  return new RegExp(`^${source}$`, 'u');
}
