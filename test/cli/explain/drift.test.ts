import { describe, expect, it } from 'vitest';
import { toAttachment } from '../../../functions/core/attachment.ts';
import { findDrift, sayDrift } from '../../../lib/cli/explain/drift.ts';
import { findSharing } from '../../../lib/cli/explain/find-sharing.ts';

const BASELINE = toAttachment({
  vpcId: 'vpc-1',
  subnetIds: ['subnet-1', 'subnet-2'],
  securityGroupIds: ['sg-1'],
});

describe('drift', () => {
  it('is what was added and removed since the baseline', () => {
    const present = {
      ...BASELINE,
      subnetIds: ['subnet-2', 'subnet-3'],
      securityGroupIds: ['sg-2'],
    };
    const drift = findDrift(BASELINE, present);

    expect(drift).toEqual({
      added: ['subnet-3', 'sg-2'],
      removed: ['subnet-1', 'sg-1'],
    });
    expect(drift && sayDrift(drift)).toEqual(['added: subnet-3, sg-2', 'removed: subnet-1, sg-1']);
  });

  it('may be IPv6 alone', () => {
    const drift = findDrift(BASELINE, { ...BASELINE, ipv6AllowedForDualStack: true });

    expect(drift).toEqual({ added: [], removed: [], ipv6AllowedForDualStack: true });
    expect(drift && sayDrift(drift)).toEqual(['Ipv6AllowedForDualStack: false → true']);
  });

  it('is everything where it is in no VPC any more', () => {
    const drift = findDrift(BASELINE, toAttachment(undefined));

    expect(drift).toEqual({ added: [], removed: ['subnet-1', 'subnet-2', 'sg-1'] });
  });

  it('is nothing at the baseline, in whatever order', () => {
    const present = toAttachment({ ...BASELINE, subnetIds: ['subnet-2', 'subnet-1'] });

    expect(findDrift(BASELINE, present)).toBeUndefined();
  });
});

describe('who shares an interface', () => {
  const set = (securityGroupIds: readonly string[], ...names: readonly string[]) => {
    return { securityGroupIds, functions: names.length, names };
  };

  it('has the same set of groups in the same subnet', () => {
    const mapped = [
      { subnetId: 'subnet-1', sets: [set(['sg-1', 'sg-2'], 'other'), set(['sg-1'], 'a', 'b')] },
      { subnetId: 'subnet-2', sets: [set(['sg-2'], 'c')] },
      { subnetId: 'subnet-9', sets: [set(['sg-1'], 'far')] },
    ];

    expect(findSharing(BASELINE, mapped)).toEqual([
      { subnetId: 'subnet-1', functions: 2, names: ['a', 'b'] },
      { subnetId: 'subnet-2', functions: 0, names: [] },
    ]);
  });
});
