/** The two families of addresses. */
export type AddressFamily = 'ipv4' | 'ipv6';

/** A block of addresses that begin with the same bits. */
export interface AddressBlock {
  readonly family: AddressFamily;
  readonly first: bigint;
  readonly prefixLength: number;
}

const BITS: Readonly<Record<AddressFamily, number>> = { ipv4: 32, ipv6: 128 };
const GROUPS = 8;
const WRITTEN = /^([0-9a-f.:]{2,45})\/(\d{1,3})$/iu;

/** Reads a block such as `10.0.0.0/8` or `2001:db8::/32`; undefined where it is none. */
export function parseBlock(text: string): AddressBlock | undefined {
  const [, address = '', length] = WRITTEN.exec(text) ?? [];
  const family = address.includes(':') ? 'ipv6' : 'ipv4';
  const value = family === 'ipv6' ? parseIpv6(address) : parseIpv4(address);
  const prefixLength = Number(length);
  if (value === undefined || prefixLength > BITS[family]) return undefined;
  const free = BigInt(BITS[family] - prefixLength);
  return { family, first: (value >> free) << free, prefixLength };
}

/** How many addresses a block has. */
export function sizeOf({ family, prefixLength }: AddressBlock): bigint {
  return 1n << BigInt(BITS[family] - prefixLength);
}

/** Tells whether every address of a block is in another one. Blocks overlap only so. */
export function holdsBlock(outer: AddressBlock, inner: AddressBlock): boolean {
  return (
    outer.family === inner.family &&
    outer.prefixLength <= inner.prefixLength &&
    inner.first >= outer.first &&
    inner.first < outer.first + sizeOf(outer)
  );
}

function parseIpv4(address: string): bigint | undefined {
  const octets = address.split('.');
  const isWhole = octets.length === 4 && octets.every((octet) => /^\d{1,3}$/u.test(octet));
  if (!isWhole || octets.some((octet) => Number(octet) > 255)) return undefined;
  return octets.reduce((value, octet) => (value << 8n) | BigInt(octet), 0n);
}

function parseIpv6(address: string): bigint | undefined {
  const [head = [], tail, extra] = address
    .split('::')
    .map((half) => (half === '' ? [] : half.split(':')));
  const left = GROUPS - head.length - (tail?.length ?? 0);
  const isWhole = tail === undefined ? left === 0 : left > 0 && extra === undefined;
  if (!isWhole) return undefined;
  const groups = [...head, ...Array.from({ length: left }, () => '0'), ...(tail ?? [])];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/iu.test(group))) return undefined;
  return groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}
