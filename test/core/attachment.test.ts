import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  attachmentKey,
  DETACHED,
  describeAttachment,
  isDetached,
  isSameAttachment,
  toAttachment,
} from '../../functions/core/attachment.ts';
import { ATTACHMENTS } from '../support/builders.ts';

describe('toAttachment', () => {
  it.each([
    ['nothing', undefined],
    [
      'empty lists and an empty VPC, as AWS answers after a detach',
      { vpcId: '', subnetIds: [], securityGroupIds: [], ipv6AllowedForDualStack: false },
    ],
    ['no subnets', { vpcId: 'vpc-1', securityGroupIds: ['sg-1'] }],
  ])('is detached for %s', (_, raw) => {
    expect(toAttachment(raw)).toEqual(DETACHED);
  });

  it('sorts and drops what is named twice', () => {
    const raw = { vpcId: 'vpc-1', subnetIds: ['b', 'a', 'b'], securityGroupIds: ['d', 'c', 'c'] };

    expect(toAttachment(raw)).toStrictEqual({
      vpcId: 'vpc-1',
      subnetIds: ['a', 'b'],
      securityGroupIds: ['c', 'd'],
      ipv6AllowedForDualStack: false,
    });
  });

  it('leaves out a VPC that the source does not name', () => {
    const raw = { subnetIds: ['a'], ipv6AllowedForDualStack: true };

    expect(toAttachment(raw)).toStrictEqual({
      subnetIds: ['a'],
      securityGroupIds: [],
      ipv6AllowedForDualStack: true,
    });
  });
});

describe('isSameAttachment', () => {
  const ids = fc.array(fc.constantFrom('subnet-1', 'subnet-2', 'subnet-3'));

  it('goes by the sets of ids and by dual stack', () => {
    fc.assert(
      fc.property(ids, ids, (left, right) => {
        const isSame =
          left.every((id) => right.includes(id)) && right.every((id) => left.includes(id));

        const [one, other] = [left, right].map((subnetIds) => toAttachment({ subnetIds }));

        expect(isSameAttachment(one ?? DETACHED, other ?? DETACHED)).toBe(isSame);
      }),
    );
  });

  it('does not ask for the VPC, which follows from the subnets', () => {
    const { vpcId, ...unnamed } = ATTACHMENTS.approved;

    expect(isSameAttachment(unnamed, ATTACHMENTS.approved)).toBe(true);
    expect(isSameAttachment({ ...unnamed, ipv6AllowedForDualStack: true }, unnamed)).toBe(false);
  });
});

describe('attachmentKey', () => {
  it('keeps subnets and security groups apart', () => {
    expect(attachmentKey(ATTACHMENTS.approved)).toBe('subnet-1,subnet-2|sg-1|false');
  });
});

describe('describeAttachment', () => {
  it.each([
    ['detached', 'no VPC'],
    ['approved', 'vpc-1 (subnets subnet-1, subnet-2; security group sg-1)'],
    ['forbidden', 'vpc-9 (subnet subnet-9; security group sg-9)'],
  ] as const)('says in words where %s is', (name, words) => {
    expect(describeAttachment(ATTACHMENTS[name])).toBe(words);
    expect(isDetached(ATTACHMENTS[name])).toBe(name === 'detached');
  });

  it('does without a VPC that nobody named', () => {
    expect(describeAttachment(toAttachment({ subnetIds: ['subnet-1'] }))).toMatch(/^a VPC \(/);
  });
});
