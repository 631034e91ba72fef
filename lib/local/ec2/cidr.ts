/** An IPv4 address range. */
export interface Cidr {
  readonly first: number;
  readonly last: number;
  readonly prefixLength: number;
  /** With the bits behind the prefix cleared. */
  readonly text: string;
}

/** Reads an IPv4 address range; undefined where the text is none. */
export function parseCidr(text: string): Cidr | undefined {
  const [, ...parts] = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text) ?? [];
  const [a, b, c, d, prefixLength] = parts.map(Number);
  if (a === undefined || b === undefined || c === undefined) return undefined;
  if (d === undefined || prefixLength === undefined) return undefined;
  if ([a, b, c, d].some((octet) => octet > 255) || prefixLength > 32) return undefined;
  const size = 2 ** (32 - prefixLength);
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  const first = address - (address % size);
  return {
    first,
    last: first + size - 1,
    prefixLength,
    text: `${toDotted(first)}/${prefixLength}`,
  };
}

/** Tells whether two ranges share an address. */
export function overlaps(one: Cidr, other: Cidr): boolean {
  return one.first <= other.last && other.first <= one.last;
}

/** Tells whether a range lies inside another. */
export function contains(outer: Cidr, inner: Cidr): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

/** An address as it is written. */
export function toDotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}
