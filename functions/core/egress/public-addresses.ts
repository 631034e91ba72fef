import { type AddressBlock, holdsBlock, parseBlock } from './address-block.ts';

/** What no route to the internet is about: private, shared, link-local, loopback, multicast, reserved. */
export const NOT_PUBLIC: readonly AddressBlock[] = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '224.0.0.0/3',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
]
  .map(parseBlock)
  .filter((block) => block !== undefined);

/** Nobody holds a block as large as this: it is a part of the internet, not a network in it. */
const LARGER_THAN_ANY_NETWORK = 7;

/** Tells whether some address of a block is a public one. */
export function overlapsPublic(block: AddressBlock): boolean {
  return !NOT_PUBLIC.some((outer) => holdsBlock(outer, block));
}

/** Tells whether a block is the internet or a large part of it, such as half of a split default route. */
export function isInternetWide(block: AddressBlock): boolean {
  return block.prefixLength <= LARGER_THAN_ANY_NETWORK && overlapsPublic(block);
}
