import { describe, expect, it } from 'vitest';
import { toAttachment } from '../../../functions/core/attachment.ts';
import { indexNetwork } from '../../../functions/core/network.ts';
import { describeSubnets } from '../../../lib/cli/explain/describe-subnets.ts';
import { networkRows } from '../../../lib/cli/explain/network-words.ts';
import { sampleNetwork } from '../../support/sample-network.ts';

type Change = Parameters<typeof sampleNetwork>[0];

function described(subnetIds: readonly string[], change: Change = {}, ipv6 = false) {
  const attachment = toAttachment({
    vpcId: 'vpc-1',
    subnetIds,
    securityGroupIds: ['sg-1'],
    ipv6AllowedForDualStack: ipv6,
  });
  const network = indexNetwork(sampleNetwork(change));
  return describeSubnets(attachment, { network, account: '123456789012' });
}

/** What is said, by label. */
function said(...given: Parameters<typeof described>): Readonly<Record<string, readonly string[]>> {
  const rows = networkRows({ ...described(...given), securityGroups: [] });
  return Object.fromEntries(rows);
}

describe('the network of a function', () => {
  it('is each of its subnets, and the route tables that rule them, once', () => {
    const network = described(['subnet-a', 'subnet-b', 'subnet-main']);

    expect(network.subnets).toEqual([
      subnet('subnet-a', 'us-east-1a', { isDualStack: true, routeTableId: 'rtb-private' }),
      subnet('subnet-b', 'us-east-1b', { isDualStack: true, routeTableId: 'rtb-private' }),
      subnet('subnet-main', 'us-east-1b', { isDualStack: false, routeTableId: 'rtb-main' }),
    ]);
    expect(network.routeTables).toMatchObject([
      {
        routeTableId: 'rtb-private',
        isMain: false,
        internet: 'reached',
        defaultRoutes: [{ destination: '0.0.0.0/0', leadsTo: 'NAT gateway `nat-1`' }],
      },
      { routeTableId: 'rtb-main', isMain: true, internet: 'unreached', defaultRoutes: [] },
    ]);
    expect(network.endpoints.map(({ endpointId }) => endpointId)).toEqual(['vpce-s3', 'vpce-sts']);
  });

  it('is said in words, of what is beside the default route only the target', () => {
    const routes = {
      'rtb-private': [
        '10.0.0.0/16 local local',
        '0.0.0.0/0 nat-gateway nat-1',
        '10.1.0.0/16 peering pcx-1 blackhole',
        'pl-1 endpoint vpce-s3',
      ],
    };

    expect(said(['subnet-a'], { routes })).toEqual({
      'subnet-a': ['us-east-1a, 250 free addresses, dual-stack, rtb-private'],
      'rtb-private': [
        'the internet is reached',
        '0.0.0.0/0 → NAT gateway `nat-1`',
        'beside: 10.1.0.0/16 → pcx-1 (gone), pl-1 → vpce-s3',
      ],
      endpoints: [
        'com.amazonaws.us-east-1.s3 (Gateway vpce-s3)',
        'com.amazonaws.us-east-1.sts (Interface vpce-sts)',
      ],
    });
  });

  it.each<[string, Change, readonly string[]]>([
    [
      'subnet-main',
      {},
      ['the main one of the VPC: the internet is not reached', 'no default route'],
    ],
    [
      'subnet-public',
      {},
      [
        'the internet is not reached',
        '0.0.0.0/0 → internet gateway `igw-1`, where functions have no public IP',
      ],
    ],
    [
      'subnet-a',
      { routes: { 'rtb-private': ['0.0.0.0/0 nat-gateway nat-1 blackhole'] } },
      ['the internet is not reached', '0.0.0.0/0 → `nat-1`, which is gone'],
    ],
    [
      'subnet-a',
      { routes: { 'rtb-private': ['0.0.0.0/0 transit-gateway tgw-1'] } },
      [
        'whether the internet is reached is not visible',
        '0.0.0.0/0 → transit gateway `tgw-1`, whose far side is not visible',
      ],
    ],
  ])('leads from %s: %j', (subnetId, change, expected) => {
    const rows = Object.entries(said([subnetId], change));
    const [, lines] = rows.find(([label]) => label.startsWith('rtb-')) ?? [];

    expect(lines).toEqual(expected);
  });

  it('counts IPv6 only where the function sends any', () => {
    const routes = {
      'rtb-private': ['0.0.0.0/0 nat-gateway nat-1', '::/0 egress-only-gateway eigw-1'],
    };
    const destinationsOf = (ipv6: boolean) =>
      described(['subnet-a'], { routes }, ipv6).routeTables.flatMap(({ defaultRoutes }) =>
        defaultRoutes.map(({ destination }) => destination),
      );

    expect(destinationsOf(false)).toEqual(['0.0.0.0/0']);
    expect(destinationsOf(true)).toEqual(['0.0.0.0/0', '::/0']);
    expect(said(['subnet-a'], { routes })['rtb-private']?.at(-1)).toBe('beside: ::/0 → eigw-1');
  });

  it('says of an endpoint that it does not work yet', () => {
    const endpoints = [{ endpointId: 'vpce-new', state: 'pending' }];

    expect(said(['subnet-a'], { endpoints })['endpoints']?.at(-1)).toBe(
      'com.amazonaws.us-east-1.sts (Interface vpce-new, pending)',
    );
  });

  it('says what cannot be seen, and guesses nothing', () => {
    const without = ['rtb-main'];
    const network = described(['subnet-gone', 'subnet-main', 'subnet-shared'], { without });

    expect(network.subnets.map(({ unseen }) => unseen)).toEqual([
      'it was not found',
      'its route table was not found',
      'it belongs to account 210987654321, whose routes are not visible',
    ]);
    expect(network.routeTables).toEqual([]);
    expect(said(['subnet-gone', 'subnet-other'])).toMatchObject({
      'subnet-gone': ['not seen: it was not found'],
      'subnet-other': ['not seen, for the same reason'],
    });
  });
});

function subnet(subnetId: string, zone: string, more: object) {
  return { subnetId, zone, freeAddresses: 250, ...more };
}
