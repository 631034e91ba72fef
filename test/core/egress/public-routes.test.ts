import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPublicRoutes, routesOf } from '../../../functions/core/egress/public-routes.ts';
import type { Route, RouteTable } from '../../../functions/core/network.ts';
import { parseRoute } from '../../support/sample-network.ts';

const NAT = 'nat-gateway nat-1';
const TRANSIT = 'transit-gateway tgw-1';

function tableOf(routes: readonly Route[]): RouteTable {
  return { routeTableId: 'rtb-1', vpcId: 'vpc-1', isMain: true, subnetIds: [], routes };
}

function find(routes: readonly string[]): ReturnType<typeof findPublicRoutes> {
  return findPublicRoutes(tableOf(routes.map(parseRoute)));
}

function destinations(routes: readonly Route[]): readonly string[] {
  return routes.map(({ destination }) => destination);
}

describe('findPublicRoutes', () => {
  it.each([
    { routes: [], internet: [], networks: [], isComplete: false },
    { routes: ['0.0.0.0/0'], internet: ['0.0.0.0/0'], networks: [], isComplete: true },
    { routes: ['0.0.0.0/1'], internet: ['0.0.0.0/1'], networks: [], isComplete: false },
    {
      routes: ['0.0.0.0/0', '203.0.113.0/24', '10.0.0.0/8'],
      internet: ['0.0.0.0/0'],
      networks: ['203.0.113.0/24'],
      isComplete: true,
    },
    {
      routes: ['0.0.0.0/0', '128.0.0.0/1', '0.0.0.0/1', '11.0.0.0/8'],
      internet: ['0.0.0.0/1', '128.0.0.0/1'],
      networks: ['11.0.0.0/8'],
      isComplete: true,
    },
    {
      routes: ['0.0.0.0/0', '0.0.0.0/1'],
      internet: ['0.0.0.0/0', '0.0.0.0/1'],
      networks: [],
      isComplete: true,
    },
    { routes: ['11.0.0.0/8'], internet: ['11.0.0.0/8'], networks: [], isComplete: false },
  ])('sorts $routes out', ({ routes, ...expected }) => {
    const { internet, networks, isComplete } = find(routes.map((to) => `${to} ${NAT}`)).ipv4;

    expect({
      internet: destinations(internet),
      networks: destinations(networks),
      isComplete,
    }).toEqual(expected);
  });

  it('keeps the families apart, and names what cannot be seen', () => {
    const found = find([`::/0 ${NAT}`, `0.0.0.0/0 ${NAT}`, `pl-1 ${TRANSIT}`, `10.0.0.0 ${NAT}`]);

    expect(destinations(found.ipv4.internet)).toEqual(['0.0.0.0/0']);
    expect(destinations(found.ipv6.internet)).toEqual(['::/0']);
    expect(destinations(found.unseen)).toEqual(['10.0.0.0', 'pl-1']);
  });

  it('keeps every route of one destination', () => {
    const { internet } = find([`0.0.0.0/0 ${TRANSIT}`, `0.0.0.0/0 ${NAT}`]).ipv4;

    expect(internet.map(({ targetId }) => targetId)).toEqual(['nat-1', 'tgw-1']);
  });

  it('finds the routes that win somewhere, whatever the table', () => {
    const lengths = fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 32 }));
    const blocks = fc
      .tuple(fc.oneof(fc.constantFrom(...EDGES), fc.nat(2 ** 32 - 1)), lengths)
      .map(([address, length]): Block => {
        const size = 2 ** (32 - length);
        const first = Math.floor(address / size) * size;
        return { first, end: first + size, text: `${toAddress(first)}/${length}` };
      });

    fc.assert(
      fc.property(fc.uniqueArray(blocks, { selector: ({ text }) => text }), (all) => {
        const { ipv4 } = find(all.map(({ text }) => `${text} ${NAT}`));

        const expected = findWinners(all);
        const found = destinations([...ipv4.internet, ...ipv4.networks]);
        expect(new Set(found)).toEqual(new Set(expected.winners));
        expect(ipv4.isComplete).toBe(expected.isComplete);
      }),
      { numRuns: 500 },
    );
  });
});

describe('routesOf', () => {
  const routes = find([`::/0 ${NAT}`, `0.0.0.0/0 ${NAT}`, `203.0.113.0/24 ${NAT}`]);

  it.each([
    { hasIpv6: false, expected: ['0.0.0.0/0', '203.0.113.0/24'] },
    { hasIpv6: true, expected: ['0.0.0.0/0', '203.0.113.0/24', '::/0'] },
  ])('names them where the function has IPv6: $hasIpv6', ({ hasIpv6, expected }) => {
    expect(destinations(routesOf(routes, hasIpv6))).toEqual(expected);
  });
});

interface Block {
  readonly first: number;
  readonly end: number;
  readonly text: string;
}

/** First and last address of everything that is not public. */
const NOT_PUBLIC = [
  [0, 0x00_ff_ff_ff],
  [0x0a_00_00_00, 0x0a_ff_ff_ff],
  [0x64_40_00_00, 0x64_7f_ff_ff],
  [0x7f_00_00_00, 0x7f_ff_ff_ff],
  [0xa9_fe_00_00, 0xa9_fe_ff_ff],
  [0xac_10_00_00, 0xac_1f_ff_ff],
  [0xc0_a8_00_00, 0xc0_a8_ff_ff],
  [0xe0_00_00_00, 0xff_ff_ff_ff],
] as const;

const EDGES = NOT_PUBLIC.flatMap(([first, last]) => [first, last, Math.min(last + 1, 2 ** 32 - 1)]);

/** Asks at every address where another block may begin to win. */
function findWinners(blocks: readonly Block[]): {
  readonly winners: readonly string[];
  readonly isComplete: boolean;
} {
  const points = [...EDGES, ...blocks.flatMap(({ first, end }) => [first, end])].filter(
    (point) =>
      point < 2 ** 32 && !NOT_PUBLIC.some(([first, last]) => point >= first && point <= last),
  );
  const longest = points.map((point) =>
    blocks
      .filter(({ first, end }) => point >= first && point < end)
      .reduce<Block | undefined>(
        (best, block) =>
          best === undefined || block.end - block.first < best.end - best.first ? block : best,
        undefined,
      ),
  );
  return {
    winners: longest.flatMap((block) => block?.text ?? []),
    isComplete: longest.every((block) => block !== undefined),
  };
}

function toAddress(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}
