import {
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createReadMissingNetwork } from '../../functions/adapters/ec2.ts';
import { DETACHED } from '../../functions/core/attachment.ts';
import { awsError } from '../support/aws-error.ts';

const ATTACHMENT = {
  subnetIds: ['subnet-1', 'subnet-2'],
  securityGroupIds: ['sg-1', 'sg-2'],
  ipv6AllowedForDualStack: false,
};

const ec2 = mockClient(EC2Client);
const readMissingNetwork = createReadMissingNetwork({ region: 'us-east-1' });

beforeEach(() => {
  ec2.reset();
});

describe('readMissingNetwork', () => {
  it('names what the answers do not, asked by filter', async () => {
    ec2
      .on(DescribeSubnetsCommand)
      .resolves({ Subnets: [{ SubnetId: 'subnet-1' }] })
      .on(DescribeSecurityGroupsCommand)
      .resolves({ SecurityGroups: [{ GroupId: 'sg-2' }] });

    expect(await readMissingNetwork(ATTACHMENT)).toEqual(['subnet-2', 'sg-1']);
    expect(ec2).toHaveReceivedCommandWith(DescribeSubnetsCommand, {
      Filters: [{ Name: 'subnet-id', Values: ['subnet-1', 'subnet-2'] }],
    });
    expect(ec2).toHaveReceivedCommandWith(DescribeSecurityGroupsCommand, {
      Filters: [{ Name: 'group-id', Values: ['sg-1', 'sg-2'] }],
    });
  });

  it('misses nothing that is on a later page', async () => {
    ec2
      .on(DescribeSubnetsCommand)
      .resolvesOnce({ Subnets: [{ SubnetId: 'subnet-2' }], NextToken: 'more' })
      .resolvesOnce({ Subnets: [{ SubnetId: 'subnet-1' }] })
      .on(DescribeSecurityGroupsCommand)
      .resolvesOnce({ SecurityGroups: [{ GroupId: 'sg-1' }], NextToken: 'more' })
      .resolvesOnce({ SecurityGroups: [{ GroupId: 'sg-2' }] });

    expect(await readMissingNetwork(ATTACHMENT)).toEqual([]);
  });

  it('names everything when nothing is found', async () => {
    ec2.on(DescribeSubnetsCommand).resolves({}).on(DescribeSecurityGroupsCommand).resolves({});

    expect(await readMissingNetwork(ATTACHMENT)).toEqual(['subnet-1', 'subnet-2', 'sg-1', 'sg-2']);
  });

  it('asks nothing for a function in no VPC', async () => {
    expect(await readMissingNetwork(DETACHED)).toEqual([]);
    expect(ec2).not.toHaveReceivedAnyCommand();
  });

  it.each([DescribeSubnetsCommand, DescribeSecurityGroupsCommand])(
    'throws OBSERVATION_FAILED when one of the calls fails',
    async (command) => {
      ec2.resolves({}).on(command).rejects(awsError('UnauthorizedOperation', 403));

      await expect(readMissingNetwork(ATTACHMENT)).rejects.toMatchObject({
        code: 'OBSERVATION_FAILED',
        message: 'could not read subnets and security groups: UnauthorizedOperation: because',
      });
    },
  );
});
