import { describe, expect, it } from 'vitest';
import { parseBlock } from '../../../functions/core/egress/address-block.ts';
import { isInternetWide, overlapsPublic } from '../../../functions/core/egress/public-addresses.ts';

const BLOCKS = [
  { text: '0.0.0.0/0', isPublic: true, isWide: true },
  { text: '0.0.0.0/1', isPublic: true, isWide: true },
  { text: '128.0.0.0/1', isPublic: true, isWide: true },
  { text: '12.0.0.0/6', isPublic: true, isWide: true },
  { text: '8.0.0.0/8', isPublic: true, isWide: false },
  { text: '203.0.113.7/32', isPublic: true, isWide: false },
  { text: '10.0.0.0/7', isPublic: true, isWide: true },
  { text: '10.0.0.0/8', isPublic: false, isWide: false },
  { text: '10.1.0.0/16', isPublic: false, isWide: false },
  { text: '172.16.0.0/12', isPublic: false, isWide: false },
  { text: '172.32.0.0/12', isPublic: true, isWide: false },
  { text: '172.0.0.0/11', isPublic: true, isWide: false },
  { text: '192.168.1.0/24', isPublic: false, isWide: false },
  { text: '192.169.0.0/16', isPublic: true, isWide: false },
  { text: '100.64.0.0/10', isPublic: false, isWide: false },
  { text: '100.128.0.0/10', isPublic: true, isWide: false },
  { text: '169.254.169.254/32', isPublic: false, isWide: false },
  { text: '224.0.0.0/4', isPublic: false, isWide: false },
  { text: '::/0', isPublic: true, isWide: true },
  { text: '2000::/3', isPublic: true, isWide: true },
  { text: '2001:db8::/32', isPublic: true, isWide: false },
  { text: '64:ff9b::/96', isPublic: true, isWide: false },
  { text: 'fc00::/7', isPublic: false, isWide: false },
  { text: 'fd00::/8', isPublic: false, isWide: false },
  { text: 'fe80::/10', isPublic: false, isWide: false },
  { text: 'fec0::/10', isPublic: true, isWide: false },
];

describe('overlapsPublic', () => {
  it.each(BLOCKS)('is $isPublic for $text', ({ text, isPublic }) => {
    expect([parseBlock(text)].flatMap((block) => block && overlapsPublic(block))).toEqual([
      isPublic,
    ]);
  });
});

describe('isInternetWide', () => {
  it.each(BLOCKS)('is $isWide for $text', ({ text, isWide }) => {
    expect([parseBlock(text)].flatMap((block) => block && isInternetWide(block))).toEqual([isWide]);
  });
});
