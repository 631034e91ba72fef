import { contains, parseCidr } from './cidr.ts';
import { containsIpv6, parseIpv6Cidr } from './ipv6-cidr.ts';

/** Tells whether a range holds another; ranges of different families, and what is no range, never do. */
export function holdsRange(outer: string, inner: string): boolean {
  const [one, other] = [parseCidr(outer), parseCidr(inner)];
  if (one !== undefined && other !== undefined) return contains(one, other);
  const [wide, narrow] = [parseIpv6Cidr(outer), parseIpv6Cidr(inner)];
  return wide !== undefined && narrow !== undefined && containsIpv6(wide, narrow);
}

/** The ranges of a VPC or a subnet, in both families. */
export function rangesOf({
  cidrBlock,
  ipv6CidrBlock,
}: {
  readonly cidrBlock?: string;
  readonly ipv6CidrBlock?: string;
}): readonly string[] {
  return [cidrBlock, ipv6CidrBlock].filter((range) => range !== undefined);
}

/** The range that holds one address; undefined where the text is no address. */
export function toAddressRange(text: string): string | undefined {
  return parseCidr(`${text}/32`)?.text ?? parseIpv6Cidr(`${text}/128`)?.text;
}

/** How many bits the addresses of a range have in common. */
export function prefixLengthOf(range: string): number {
  return Number(range.slice(range.indexOf('/') + 1));
}

/** Tells whether a range is of IPv6. */
export function isIpv6(range: string): boolean {
  return range.includes(':');
}
