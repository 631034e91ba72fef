import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsBlock, parseBlock, sizeOf } from '../../../functions/core/egress/address-block.ts';

describe('parseBlock', () => {
  it.each([
    { text: '0.0.0.0/0', family: 'ipv4', first: 0n, prefixLength: 0 },
    { text: '10.1.0.0/16', family: 'ipv4', first: 0x0a_01_00_00n, prefixLength: 16 },
    { text: '10.1.2.3/16', family: 'ipv4', first: 0x0a_01_00_00n, prefixLength: 16 },
    { text: '255.255.255.255/32', family: 'ipv4', first: 0xff_ff_ff_ffn, prefixLength: 32 },
    { text: '::/0', family: 'ipv6', first: 0n, prefixLength: 0 },
    { text: '::1/128', family: 'ipv6', first: 1n, prefixLength: 128 },
    { text: '2001:DB8::/32', family: 'ipv6', first: 0x2001_0db8n << 96n, prefixLength: 32 },
    { text: '1:2:3:4:5:6:7:8/16', family: 'ipv6', first: 1n << 112n, prefixLength: 16 },
    { text: '64:ff9b::/96', family: 'ipv6', first: 0x64_ff9bn << 96n, prefixLength: 96 },
  ])('reads $text', ({ text, ...block }) => {
    expect(parseBlock(text)).toEqual(block);
  });

  it.each([
    '',
    'pl-1',
    '10.0.0.0',
    '10.0.0/8',
    '10.0.0.0.0/8',
    '10.0.0.256/8',
    '10..0.0/8',
    'a.b.c.d/8',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/',
    '::/129',
    ':/0',
    '1:2:3:4:5:6:7/16',
    '1:2:3:4:5:6:7:8::/16',
    '1::2::3/16',
    '12345::/16',
    'g::/16',
    '::ffff:10.0.0.0/104',
  ])('refuses %j', (text) => {
    expect(parseBlock(text)).toBeUndefined();
  });

  it('never throws', () => {
    const hostile = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'0f.:/1') }));

    fc.assert(
      fc.property(hostile, (text) => {
        expect(() => parseBlock(text)).not.toThrow();
      }),
    );
  });

  it('reads every block of an address that it can read', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.nat(32), (address, length) => {
        const written = address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
        const size = 2 ** (32 - length);
        expect(parseBlock(`${address}/${length}`)?.first).toBe(
          BigInt(Math.floor(written / size) * size),
        );
      }),
    );
  });
});

describe('holdsBlock', () => {
  it.each([
    { outer: '10.0.0.0/8', inner: '10.255.0.0/16', expected: true },
    { outer: '10.0.0.0/8', inner: '10.0.0.0/8', expected: true },
    { outer: '10.0.0.0/8', inner: '11.0.0.0/16', expected: false },
    { outer: '10.0.0.0/8', inner: '9.255.0.0/16', expected: false },
    { outer: '10.0.0.0/8', inner: '0.0.0.0/0', expected: false },
    { outer: '::/0', inner: '10.0.0.0/8', expected: false },
    { outer: 'fc00::/7', inner: 'fd12::/16', expected: true },
  ])('is $expected for $inner in $outer', ({ outer, inner, expected }) => {
    const [left, right] = [parseBlock(outer), parseBlock(inner)];

    expect(left && right && holdsBlock(left, right)).toBe(expected);
  });
});

describe('sizeOf', () => {
  it.each([
    { family: 'ipv4', prefixLength: 32, size: 1n },
    { family: 'ipv4', prefixLength: 0, size: 2n ** 32n },
    { family: 'ipv6', prefixLength: 64, size: 2n ** 64n },
  ] as const)('counts the addresses of a $family block of $prefixLength', ({ size, ...block }) => {
    expect(sizeOf({ ...block, first: 0n })).toBe(size);
  });
});
