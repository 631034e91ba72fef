import { describe, expect, it } from 'vitest';
import { toAttachment } from '../../functions/core/attachment.ts';
import { createInterfaceMap } from '../../functions/core/interface-map.ts';
import { reportInterfaces } from '../../functions/core/interface-report.ts';
import { indexNetwork } from '../../functions/core/network.ts';
import { ARN } from '../support/builders.ts';
import { sampleNetwork } from '../support/sample-network.ts';

const network = indexNetwork(sampleNetwork());
const sets = [{ securityGroupIds: ['sg-1'], functions: 1, names: ['orders-api'] }];

describe('reportInterfaces', () => {
  it('reports every VPC with its subnets, who shares what, and what room is left', () => {
    expect(reportInterfaces(oneFunction(), network, { value: 500 })).toEqual([
      {
        vpcId: 'vpc-1',
        interfaces: 2,
        quota: 500,
        couldShare: [],
        subnets: [
          { subnetId: 'subnet-b', zone: 'us-east-1b', freeAddresses: 250, sets },
          { subnetId: 'subnet-gone', sets },
        ],
      },
    ]);
  });

  it('says why the quota is not known, and nothing where nobody asked', () => {
    const reportOf = (quota: Parameters<typeof reportInterfaces>[2]) =>
      reportInterfaces(oneFunction(), undefined, quota)[0];

    expect(reportOf({ unknown: 'not allowed' })).toMatchObject({ unknownQuota: 'not allowed' });
    expect(reportOf(undefined)).toEqual({
      vpcId: 'vpc-1',
      interfaces: 2,
      couldShare: [],
      subnets: [
        { subnetId: 'subnet-b', sets },
        { subnetId: 'subnet-gone', sets },
      ],
    });
  });

  it('reports nothing of an account without attached functions', () => {
    expect(reportInterfaces(createInterfaceMap(), network, { value: 500 })).toEqual([]);
  });
});

function oneFunction() {
  const map = createInterfaceMap();
  const subnetIds = ['subnet-gone', 'subnet-b'];
  map.add(ARN, toAttachment({ vpcId: 'vpc-1', subnetIds, securityGroupIds: ['sg-1'] }));
  return map;
}
