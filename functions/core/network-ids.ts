/** The kinds of resources that a record may name, the one that tells most about its VPC first. */
export const NETWORK_ID_KINDS = [
  'vpc',
  'rtb',
  'subnet',
  'nat',
  'vpce',
  'igw',
  'eigw',
  'vgw',
  'pcx',
  'tgw-attach',
  'rtbassoc',
] as const;

/** One of {@link NETWORK_ID_KINDS}: what its ids begin with. */
export type NetworkIdKind = (typeof NETWORK_ID_KINDS)[number];

const ID = new RegExp(`^(${NETWORK_ID_KINDS.join('|')})-[0-9a-z]{1,32}$`, 'u');
/** Beyond this nobody can say that everything was found. */
const MOST_VALUES = 2000;
/** The id of a route table takes 21 bytes, and what is debounced is the key of an item: at most 2,048. */
const MOST_IDS = 50;

/** What kind of resource an id names; undefined where it is none of the network's. */
export function kindOfId(id: string): NetworkIdKind | undefined {
  const [, kind] = ID.exec(id) ?? [];
  return NETWORK_ID_KINDS.find((known) => known === kind);
}

/**
 * Finds the resources that a part of a record names: all of that kind which tells most about the VPC, sorted.
 *
 * AWS: the shapes differ from call to call, and some are wrapped. Only the ids are alike everywhere, so they
 * are taken wherever they stand, but for tags: what people write there names other things. None where there
 * is more than anybody would look through.
 */
export function findNetworkIds(...parts: readonly unknown[]): readonly string[] {
  const found = new Map<NetworkIdKind, Set<string>>();
  const waiting: unknown[] = [...parts];
  for (let at = 0; at < waiting.length; at += 1) {
    if (waiting.length > MOST_VALUES) return [];
    const value = waiting[at];
    if (typeof value === 'string') note(found, value);
    else waiting.push(...membersOf(value));
  }
  const [ids = []] = NETWORK_ID_KINDS.flatMap((kind) => found.get(kind) ?? []);
  return isFew([...ids]) ? [...ids].sort() : [];
}

/** Tells whether this is a list of ids that a message may carry. */
export function isIdList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && isFew(value) && value.every(isKnownId);
}

function isFew(ids: readonly unknown[]): boolean {
  return ids.length <= MOST_IDS;
}

function isKnownId(value: unknown): boolean {
  return typeof value === 'string' && kindOfId(value) !== undefined;
}

function note(found: Map<NetworkIdKind, Set<string>>, text: string): void {
  const kind = kindOfId(text);
  if (kind !== undefined) found.set(kind, (found.get(kind) ?? new Set()).add(text));
}

function membersOf(value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .filter(([name]) => !/^tag/iu.test(name))
    .slice(0, MOST_VALUES + 1)
    .map(([, member]) => member);
}
