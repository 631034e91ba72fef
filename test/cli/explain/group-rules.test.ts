import type { IpPermission } from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import {
  type GroupRule,
  sayPeer,
  sayTraffic,
  toGroupRules,
} from '../../../lib/cli/explain/group-rules.ts';

const OWN = '123456789012';

function said(permission: IpPermission): readonly (readonly [string, readonly string[]])[] {
  return toGroupRules([permission], OWN).map((rule) => [
    sayTraffic(rule),
    rule.peers.map((peer) => sayPeer(peer)),
  ]);
}

describe('what a rule allows', () => {
  it.each<[string, IpPermission]>([
    ['all traffic', { IpProtocol: '-1' }],
    ['all traffic', { IpProtocol: '-1', FromPort: -1, ToPort: -1 }],
    ['all traffic', {}],
    ['tcp 443', { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }],
    ['tcp 443', { IpProtocol: '6', FromPort: 443, ToPort: 443 }],
    ['tcp 0', { IpProtocol: 'tcp', FromPort: 0, ToPort: 0 }],
    ['tcp 1024-65535', { IpProtocol: 'tcp', FromPort: 1024, ToPort: 65_535 }],
    ['tcp, all ports', { IpProtocol: 'tcp', FromPort: 0, ToPort: 65_535 }],
    ['tcp, all ports', { IpProtocol: 'tcp' }],
    ['udp 53', { IpProtocol: 'udp', FromPort: 53, ToPort: 53 }],
    ['udp 53', { IpProtocol: '17', FromPort: 53 }],
    ['udp, all ports', { IpProtocol: 'udp', FromPort: -1, ToPort: -1 }],
    ['icmp', { IpProtocol: 'icmp', FromPort: -1, ToPort: -1 }],
    ['icmp', { IpProtocol: '1' }],
    ['icmp type 8', { IpProtocol: 'icmp', FromPort: 8, ToPort: -1 }],
    ['icmp type 8', { IpProtocol: 'icmp', FromPort: 8 }],
    ['icmp type 3 code 4', { IpProtocol: 'icmp', FromPort: 3, ToPort: 4 }],
    ['icmpv6', { IpProtocol: 'icmpv6' }],
    ['icmpv6 type 128 code 0', { IpProtocol: '58', FromPort: 128, ToPort: 0 }],
    ['protocol 50', { IpProtocol: '50' }],
    ['protocol 47', { IpProtocol: '47', FromPort: 0, ToPort: 65_535 }],
  ])('is said as %s: %j', (expected, permission) => {
    expect(said(permission)).toEqual([[expected, []]]);
  });
});

describe('whom a rule is about', () => {
  it('is everybody whom its permission names, of every kind', () => {
    expect(
      said({
        IpProtocol: 'tcp',
        FromPort: 5432,
        ToPort: 5432,
        IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'office' }, { CidrIp: '192.0.2.1/32' }],
        Ipv6Ranges: [{ CidrIpv6: '2001:db8::/32' }],
        PrefixListIds: [{ PrefixListId: 'pl-63a5400a' }],
        UserIdGroupPairs: [{ GroupId: 'sg-2', UserId: OWN }],
      }),
    ).toEqual([
      ['tcp 5432', ['10.0.0.0/8', '192.0.2.1/32', '2001:db8::/32', 'pl-63a5400a', 'sg-2']],
    ]);
  });

  it('may be a group of another account, at the other end of a peering that may be gone', () => {
    const there = { GroupId: 'sg-3', UserId: '210987654321', VpcPeeringConnectionId: 'pcx-1' };
    const pairs = [
      { ...there, PeeringStatus: 'active' },
      { ...there, PeeringStatus: 'deleted' },
      { GroupName: 'amazon-elb-sg', UserId: 'amazon-elb' },
      { UserId: OWN },
    ];

    expect(said({ IpProtocol: '-1', UserIdGroupPairs: pairs })).toEqual([
      [
        'all traffic',
        [
          'sg-3 (of account 210987654321, by pcx-1)',
          'sg-3 (of account 210987654321, by pcx-1, deleted)',
          'amazon-elb-sg (of account amazon-elb)',
          '?',
        ],
      ],
    ]);
  });

  it('is data for programs', () => {
    const [rule] = toGroupRules(
      [
        {
          IpProtocol: '17',
          FromPort: 53,
          ToPort: 53,
          IpRanges: [{ CidrIp: '10.0.0.2/32', Description: 'resolver' }],
          UserIdGroupPairs: [{ GroupId: 'sg-3', UserId: '210987654321' }],
        },
      ],
      OWN,
    );

    expect(rule).toEqual({
      protocol: 'udp',
      from: 53,
      to: 53,
      peers: [
        { kind: 'ipv4', id: '10.0.0.2/32', description: 'resolver' },
        { kind: 'group', id: 'sg-3', account: '210987654321' },
      ],
    } satisfies GroupRule);
  });
});
