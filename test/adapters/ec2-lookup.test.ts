import {
  DescribeInternetGatewaysCommand,
  DescribeNatGatewaysCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createFindVpcs } from '../../functions/adapters/ec2-lookup.ts';
import { awsError } from '../support/aws-error.ts';

const ec2 = mockClient(EC2Client);
const findVpcs = createFindVpcs({ region: 'us-east-1' });
const Found = [{ VpcId: 'vpc-2' }, { VpcId: 'vpc-1' }, { VpcId: 'vpc-2' }];

beforeEach(() => {
  ec2.reset();
  ec2.on(DescribeRouteTablesCommand).resolves({ RouteTables: Found });
  ec2.on(DescribeSubnetsCommand).resolves({ Subnets: Found });
  ec2.on(DescribeNatGatewaysCommand).resolves({ NatGateways: Found });
  ec2.on(DescribeVpcEndpointsCommand).resolves({ VpcEndpoints: Found });
  ec2.on(DescribeInternetGatewaysCommand).resolves({
    InternetGateways: Found.map(({ VpcId }) => ({ Attachments: [{ VpcId }] })),
  });
});

describe('findVpcs', () => {
  it.each([
    ['rtb', 'Filters', 'route-table-id'],
    ['subnet', 'Filters', 'subnet-id'],
    ['nat', 'Filter', 'nat-gateway-id'],
    ['vpce', 'Filters', 'vpc-endpoint-id'],
    ['igw', 'Filters', 'internet-gateway-id'],
  ])(
    'finds the VPCs of resources of kind %s by one call with a filter',
    async (kind, member, name) => {
      const ids = [`${kind}-1`, `${kind}-2`, `${kind}-3`];

      expect(await findVpcs(ids)).toEqual(['vpc-1', 'vpc-2']);
      expect(ec2.calls().map(({ args }) => args[0].input)).toEqual([
        { [member]: [{ Name: name, Values: ids }] },
      ]);
    },
  );

  it('takes VPCs as they are, without a call', async () => {
    expect(await findVpcs(['vpc-1', 'vpc-2'])).toEqual(['vpc-1', 'vpc-2']);
    expect(ec2.calls()).toEqual([]);
  });

  it.each([[[]], [['rtbassoc-1']], [['pcx-1']], [['sg-1']]])(
    'knows nothing of %j, without a call',
    async (ids) => {
      expect(await findVpcs(ids)).toBeUndefined();
      expect(ec2.calls()).toEqual([]);
    },
  );

  it.each([
    ['rtb-1', 'gone'],
    ['subnet-1', 'gone'],
    ['nat-1', 'gone'],
    ['vpce-1', 'gone'],
    ['igw-1', 'gone'],
  ])('knows nothing where %s is %s', async (id) => {
    ec2.reset();
    ec2.onAnyCommand().resolves({});

    expect(await findVpcs([id])).toBeUndefined();
  });

  it('knows nothing where one of several is gone, or a gateway is detached', async () => {
    expect(await findVpcs(['rtb-1', 'rtb-2', 'rtb-3', 'rtb-4'])).toBeUndefined();

    ec2.on(DescribeInternetGatewaysCommand).resolves({ InternetGateways: [{}] });
    expect(await findVpcs(['igw-1'])).toBeUndefined();
  });

  it.each(['UnauthorizedOperation', 'RequestLimitExceeded'])(
    'throws OBSERVATION_FAILED for %s',
    async (name) => {
      ec2.on(DescribeRouteTablesCommand).rejects(awsError(name, 403));

      await expect(findVpcs(['rtb-1'])).rejects.toMatchObject({
        code: 'OBSERVATION_FAILED',
        message: `could not find the VPC of \`rtb-1\`: ${name}: because`,
      });
    },
  );
});
