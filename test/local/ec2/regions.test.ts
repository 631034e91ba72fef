import { EC2 } from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { startFullAccount } from '../full-account.ts';

describe('DescribeRegions', () => {
  it('lists the region of the account, and knows no other', async () => {
    const account = await startFullAccount({ region: 'eu-west-1' });
    const ec2 = new EC2(account.settings());

    const { Regions } = await ec2.describeRegions({ RegionNames: ['eu-west-1'] });
    const other = await ec2.describeRegions({ RegionNames: ['us-east-1'] }).catch((error) => error);
    ec2.destroy();
    await account.close();

    expect(Regions).toEqual([
      {
        RegionName: 'eu-west-1',
        Endpoint: 'ec2.eu-west-1.amazonaws.com',
        OptInStatus: 'opt-in-not-required',
      },
    ]);
    expect(other).toMatchObject({ name: 'InvalidParameterValue' });
  });
});
