import { parseCidr, toDotted } from '../ec2/cidr.ts';
import { parseIpv6Cidr } from '../ec2/ipv6-cidr.ts';
import { toText } from './json-value.ts';
import { validationError } from './validation-error.ts';

const MOST_BLOCKS = 256;

/** Cuts an address range into so many smaller ones of so many bits each, from its first address on. */
export function cidrBlocks([block, count, bits]: readonly unknown[]): readonly string[] {
  const wanted = wholeNumber(count, MOST_BLOCKS);
  const text = toText(block);
  const cut = text.includes(':')
    ? cutIpv6(text, wanted, bits === undefined ? 64 : wholeNumber(bits, 128))
    : cutIpv4(text, wanted, bits === undefined ? 8 : wholeNumber(bits, 32));
  if (cut !== undefined) return cut;
  throw malformed(`${text} cannot be cut into ${wanted} blocks of that size`);
}

function cutIpv4(text: string, count: number, bits: number): readonly string[] | undefined {
  const whole = parseCidr(text);
  const size = 2 ** bits;
  if (whole === undefined || whole.first + size * count - 1 > whole.last) return undefined;
  return numbers(count).map((index) => `${toDotted(whole.first + index * size)}/${32 - bits}`);
}

function cutIpv6(text: string, count: number, bits: number): readonly string[] | undefined {
  const whole = parseIpv6Cidr(text);
  if (whole === undefined) return undefined;
  const size = 1n << BigInt(bits);
  if (size * BigInt(count) > 1n << BigInt(128 - whole.prefixLength)) return undefined;
  return numbers(count).map((index) => {
    const first = whole.first + BigInt(index) * size;
    return parseIpv6Cidr(`${toGroups(first)}/${128 - bits}`)?.text ?? '';
  });
}

function toGroups(address: bigint): string {
  const digits = address.toString(16).padStart(32, '0');
  return digits.match(/.{4}/g)?.join(':') ?? '';
}

function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}

function wholeNumber(value: unknown, most: number): number {
  const number = Number(toText(value));
  if (Number.isInteger(number) && number >= 1 && number <= most) return number;
  throw malformed(`${toText(value).slice(0, 100)} is no whole number from 1 to ${most}`);
}

function malformed(why: string): ReturnType<typeof validationError> {
  return validationError(
    `Template error: every Fn::Cidr object requires an address range, a number of blocks and their bits: ${why}`,
  );
}
