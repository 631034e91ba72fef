import {
  EC2Client,
  type EC2ClientConfig,
  paginateDescribeSecurityGroups,
  paginateDescribeSubnets,
} from '@aws-sdk/client-ec2';
import { type Attachment, isDetached } from '../core/attachment.ts';
import type { Ports } from '../workflows/ports.ts';
import { observationFailed } from './aws-errors.ts';

/** Builds the port that looks for the subnets and security groups of an attachment. */
export function createReadMissingNetwork(settings: EC2ClientConfig): Ports['readMissingNetwork'] {
  const client = new EC2Client(settings);
  return async (attachment) => {
    if (isDetached(attachment)) return [];
    try {
      const [subnetIds, securityGroupIds] = await Promise.all([
        readSubnetIds(client, attachment),
        readSecurityGroupIds(client, attachment),
      ]);
      return [
        ...attachment.subnetIds.filter((id) => !subnetIds.has(id)),
        ...attachment.securityGroupIds.filter((id) => !securityGroupIds.has(id)),
      ];
    } catch (error) {
      throw observationFailed(error, 'could not read subnets and security groups');
    }
  };
}

// AWS: asked by filter and not by id, one that is missing is an absence and not an error.
async function readSubnetIds(
  client: EC2Client,
  { subnetIds }: Attachment,
): Promise<ReadonlySet<string | undefined>> {
  const Filters = [{ Name: 'subnet-id', Values: [...subnetIds] }];
  const found = new Set<string | undefined>();
  for await (const { Subnets = [] } of paginateDescribeSubnets({ client }, { Filters })) {
    for (const { SubnetId } of Subnets) found.add(SubnetId);
  }
  return found;
}

async function readSecurityGroupIds(
  client: EC2Client,
  { securityGroupIds }: Attachment,
): Promise<ReadonlySet<string | undefined>> {
  const Filters = [{ Name: 'group-id', Values: [...securityGroupIds] }];
  const found = new Set<string | undefined>();
  const pages = paginateDescribeSecurityGroups({ client }, { Filters });
  for await (const { SecurityGroups = [] } of pages) {
    for (const { GroupId } of SecurityGroups) found.add(GroupId);
  }
  return found;
}
