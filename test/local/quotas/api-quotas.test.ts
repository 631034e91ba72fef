import { describe, expect, it } from 'vitest';
import { quotaOf } from '../../../lib/local/quotas/api-quotas.ts';

interface Case {
  readonly call: readonly [service: string, operation: string, input?: object];
  readonly quota: readonly [name?: string, burst?: number, perSecond?: number];
}

const CONTROL_PLANE: Case['quota'] = ['lambda control plane', 15, 15];
const READS: Case['quota'] = ['ec2 reads', 100, 20];
const UNFILTERED: Case['quota'] = ['ec2 unfiltered', 50, 10];

const CASES: readonly Case[] = [
  { call: ['lambda', 'GetFunction'], quota: ['lambda GetFunction', 100, 100] },
  { call: ['lambda', 'GetPolicy'], quota: ['lambda GetPolicy', 15, 15] },
  { call: ['lambda', 'GetFunctionConfiguration'], quota: CONTROL_PLANE },
  { call: ['lambda', 'ListFunctions'], quota: CONTROL_PLANE },
  { call: ['lambda', 'UpdateFunctionConfiguration'], quota: CONTROL_PLANE },
  { call: ['lambda', 'TagResource'], quota: CONTROL_PLANE },
  { call: ['lambda', 'GetCapacityProvider'], quota: ['lambda capacity provider reads', 15, 15] },
  { call: ['lambda', 'CreateCapacityProvider'], quota: ['lambda capacity provider writes', 1, 1] },
  { call: ['lambda', 'Invoke'], quota: [] },
  { call: ['ec2', 'DescribeSubnets'], quota: READS },
  { call: ['ec2', 'GetSecurityGroupsForVpc', { VpcId: 'vpc-1' }], quota: READS },
  { call: ['ec2', 'DescribeSecurityGroups'], quota: UNFILTERED },
  { call: ['ec2', 'DescribeSecurityGroups', { GroupIds: [], DryRun: false }], quota: UNFILTERED },
  { call: ['ec2', 'DescribeSecurityGroups', { MaxResults: 100 }], quota: READS },
  { call: ['ec2', 'DescribeNetworkInterfaces', { Filters: [{ Name: 'x' }] }], quota: READS },
  {
    call: ['ec2', 'DeleteNetworkInterface'],
    quota: ['ec2 network interface changes', 100, 5],
  },
  { call: ['ec2', 'CreateSubnet'], quota: [] },
  { call: ['iam', 'GetRole'], quota: [] },
  { call: ['sns', 'Publish'], quota: [] },
];

describe('quotaOf', () => {
  it.each(CASES)('counts $call against $quota', ({ call, quota }) => {
    const [service, operation, input = {}] = call;
    const [name, burst, perSecond] = quota;

    const found = quotaOf({ service, operation, input: { ...input } });

    expect([found?.name, found?.burst, found?.perSecond]).toEqual([name, burst, perSecond]);
  });
});
