import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Attachment, DETACHED, toAttachment } from '../../functions/core/attachment.ts';
import { createInterfaceMap } from '../../functions/core/interface-map.ts';

const QUOTA = 500;

describe('createInterfaceMap', () => {
  it('counts every pair of subnet and set of security groups once', () => {
    const map = mapOf(
      ['orders', attachmentIn(['subnet-1', 'subnet-2'], ['sg-1', 'sg-2'])],
      ['invoices', attachmentIn(['subnet-2'], ['sg-2', 'sg-1'])],
      ['reports', attachmentIn(['subnet-2', 'subnet-3'], ['sg-1'])],
    );

    expect(map.factsOf('vpc-1', QUOTA)).toMatchObject({ combinations: 4, quota: QUOTA });
  });

  it('counts each VPC for itself', () => {
    const map = mapOf(
      ['orders', attachmentIn(['subnet-1'], ['sg-1'])],
      ['invoices', attachmentIn(['subnet-9'], ['sg-9'], 'vpc-9')],
    );

    expect(map.factsOf('vpc-9', QUOTA)).toEqual({ combinations: 1, quota: QUOTA, couldShare: [] });
    expect(map.factsOf('vpc-8', QUOTA)).toEqual({ combinations: 0, quota: QUOTA, couldShare: [] });
  });

  it('counts neither detached functions nor attachments that name no VPC', () => {
    const nowhere = toAttachment({ subnetIds: ['subnet-1'], securityGroupIds: ['sg-1'] });
    const map = mapOf(['orders', DETACHED], ['invoices', nowhere]);

    expect(map.factsOf('vpc-1', QUOTA)).toMatchObject({ combinations: 0 });
  });

  it('names who has another set of groups than most have in the subnet', () => {
    const map = mapOf(
      ['odd', attachmentIn(['subnet-1'], ['sg-1', 'sg-2'])],
      ['orders', attachmentIn(['subnet-1'], ['sg-1'])],
      ['invoices', attachmentIn(['subnet-1'], ['sg-1'])],
      ['alone', attachmentIn(['subnet-2'], ['sg-3'])],
    );

    expect(map.factsOf('vpc-1', QUOTA).couldShare).toEqual(['odd']);
  });

  it('counts the versions of a function as holders and names it once', () => {
    const old = attachmentIn(['subnet-1', 'subnet-2'], ['sg-1']);
    const map = mapOf(
      ['orders', old],
      ['orders', old],
      ['invoices', attachmentIn(['subnet-1', 'subnet-2'], ['sg-2'])],
      ['invoices', attachmentIn(['subnet-1', 'subnet-2'], ['sg-3'])],
    );

    expect(map.factsOf('vpc-1', QUOTA).couldShare).toEqual(['invoices']);
  });

  it('names those first whose sets the fewest have', () => {
    const map = mapOf(
      ...many(3, 'most', ['sg-1']),
      ...many(2, 'few', ['sg-2']),
      ...many(1, 'one', ['sg-3']),
    );

    expect(map.factsOf('vpc-1', QUOTA).couldShare).toEqual(['one-0', 'few-0', 'few-1']);
  });

  it('names those by name whose sets equally many have', () => {
    const map = mapOf(
      ...many(4, 'most', ['sg-1']),
      ['d', attachmentIn(['subnet-1'], ['sg-2'])],
      ['b', attachmentIn(['subnet-1'], ['sg-2'])],
      ['c', attachmentIn(['subnet-1'], ['sg-3'])],
      ['a', attachmentIn(['subnet-1'], ['sg-3'])],
    );

    expect(map.factsOf('vpc-1', QUOTA).couldShare).toEqual(['a', 'b', 'c', 'd']);
  });

  it('names ten at most, however many could share', () => {
    const map = mapOf(
      ...many(30, 'most', ['sg-1']),
      ...many(20, 'few', ['sg-2']),
      ...many(5, 'fewer', ['sg-3']),
    );

    expect(map.factsOf('vpc-1', QUOTA).couldShare).toHaveLength(10);
  });

  it('tells of each subnet who shares its interfaces, the most used first', () => {
    const map = mapOf(
      ['orders', attachmentIn(['subnet-2', 'subnet-1'], ['sg-9'])],
      ['orders', attachmentIn(['subnet-1'], ['sg-9'])],
      ['reports', attachmentIn(['subnet-1'], ['sg-2', 'sg-1'])],
      ['invoices', attachmentIn(['subnet-1'], ['sg-9'])],
      ['billing', attachmentIn(['subnet-8'], ['sg-8'], 'vpc-0')],
    );

    expect(map.vpcIds()).toEqual(['vpc-0', 'vpc-1']);
    expect(map.subnetsOf('vpc-9')).toEqual([]);
    expect(map.subnetsOf('vpc-1')).toEqual([
      {
        subnetId: 'subnet-1',
        sets: [
          { securityGroupIds: ['sg-9'], functions: 2, names: ['invoices', 'orders'] },
          { securityGroupIds: ['sg-1', 'sg-2'], functions: 1, names: ['reports'] },
        ],
      },
      {
        subnetId: 'subnet-2',
        sets: [{ securityGroupIds: ['sg-9'], functions: 1, names: ['orders'] }],
      },
    ]);
  });

  it('answers the same in every order, names included', () => {
    const added = [
      ...many(12, 'b', ['sg-2']),
      ...many(12, 'a', ['sg-1']),
      ...many(30, 'c', ['sg-3']),
    ];
    const there = mapOf(...added);
    const back = mapOf(...added.toReversed());

    expect(back.factsOf('vpc-1', QUOTA)).toEqual(there.factsOf('vpc-1', QUOTA));
    expect(back.subnetsOf('vpc-1')).toEqual(there.subnetsOf('vpc-1'));
  });

  it('counts the same in every order', () => {
    fc.assert(
      fc.property(fc.array(arbitraryAttachment(), { maxLength: 20 }), (attachments) => {
        const named = attachments.map((attachment): Added => ['orders', attachment]);
        const pairs = attachments.flatMap(({ subnetIds, securityGroupIds }) =>
          subnetIds.map((subnetId) => `${subnetId} ${securityGroupIds.join(' ')}`),
        );

        for (const added of [named, named.toReversed()]) {
          const { combinations } = mapOf(...added).factsOf('vpc-1', QUOTA);
          expect(combinations).toBe(new Set(pairs).size);
        }
      }),
    );
  });
});

type Added = readonly [name: string, attachment: Attachment];

function mapOf(...added: readonly Added[]) {
  const map = createInterfaceMap();
  for (const [name, attachment] of added) {
    map.add(`arn:aws:lambda:us-east-1:123456789012:function:${name}`, attachment);
  }
  return map;
}

function many(count: number, name: string, groups: readonly string[]): readonly Added[] {
  return Array.from({ length: count }, (_, index) => [
    `${name}-${index}`,
    attachmentIn(['subnet-1'], groups),
  ]);
}

function attachmentIn(subnetIds: readonly string[], groups: readonly string[], vpcId = 'vpc-1') {
  return toAttachment({ vpcId, subnetIds, securityGroupIds: groups });
}

function arbitraryAttachment(): fc.Arbitrary<Attachment> {
  const idsOf = (prefix: string) =>
    fc.subarray(
      [1, 2, 3].map((number) => `${prefix}-${number}`),
      { minLength: 1 },
    );
  return fc
    .tuple(idsOf('subnet'), idsOf('sg'))
    .map(([subnetIds, groups]) => attachmentIn(subnetIds, groups));
}
