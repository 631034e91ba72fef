import { isIPv6 } from 'node:net';

/** An IPv6 address range. */
export interface Ipv6Cidr {
  readonly first: bigint;
  readonly prefixLength: number;
  /** With the bits behind the prefix cleared, in the shortest spelling. */
  readonly text: string;
}

const BITS = 128n;

/** Reads an IPv6 address range; undefined where the text is none. */
export function parseIpv6Cidr(text: string): Ipv6Cidr | undefined {
  const [, address = '', digits = ''] = /^([0-9a-fA-F:]+)\/(\d{1,3})$/.exec(text) ?? [];
  const prefixLength = Number(digits);
  if (!isIPv6(address) || prefixLength > 128) return undefined;
  const behind = BITS - BigInt(prefixLength);
  const first = (toNumber(address) >> behind) << behind;
  return { first, prefixLength, text: `${toText(first)}/${prefixLength}` };
}

/** Tells whether one range lies inside another. */
export function containsIpv6(outer: Ipv6Cidr, inner: Ipv6Cidr): boolean {
  const behind = BITS - BigInt(outer.prefixLength);
  return (
    inner.prefixLength >= outer.prefixLength && inner.first >> behind === outer.first >> behind
  );
}

function toNumber(address: string): bigint {
  const [head = '', tail] = address.split('::');
  const before = toGroups(head);
  const after = toGroups(tail ?? '');
  const zeros = new Array<string>(8 - before.length - after.length).fill('0');
  return [...before, ...zeros, ...after].reduce(
    (sum, group) => (sum << 16n) + BigInt(`0x${group}`),
    0n,
  );
}

function toGroups(text: string): readonly string[] {
  return text === '' ? [] : text.split(':');
}

function toText(address: bigint): string {
  const groups = [7, 6, 5, 4, 3, 2, 1, 0].map((place) =>
    ((address >> BigInt(place * 16)) & 0xffffn).toString(16),
  );
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}
