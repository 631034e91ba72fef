import {
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { type Attachment, toAttachment } from '../../../functions/core/attachment.ts';
import { type AwsAccess, callFailed, clientSettingsOf } from '../aws-access.ts';
import { UsageError } from '../usage-error.ts';
import type { GivenAttachment } from './given-attachment.ts';

/** A subnet or a security group, and its VPC. */
interface Placed {
  readonly id: string | undefined;
  readonly vpcId: string | undefined;
}

/** Finds the VPC of an attachment that was typed; refuses one that no function could have. */
export async function withVpc(given: GivenAttachment, access: AwsAccess): Promise<Attachment> {
  const placed = await readPlaced(given, access);
  const { subnetIds, securityGroupIds } = given;
  const missing = [...subnetIds, ...securityGroupIds].filter(
    (asked) => !placed.some(({ id }) => id === asked),
  );
  if (missing.length > 0) {
    throw new UsageError(`these do not exist in this account and region: ${missing.join(', ')}`);
  }
  const [vpcId, ...others] = new Set(placed.map((one) => one.vpcId));
  if (others.length === 0) return toAttachment({ ...given, vpcId });
  throw new UsageError(`expected all of one VPC, got ${[vpcId, ...others].join(', ')}`);
}

/** Asked by filter and not by id: what is missing is an absence, and all that is missing can be named. */
async function readPlaced(
  { subnetIds, securityGroupIds }: GivenAttachment,
  access: AwsAccess,
): Promise<readonly Placed[]> {
  const client = new EC2Client(clientSettingsOf(access));
  const by = (Name: string, ids: readonly string[]) => ({ Filters: [{ Name, Values: [...ids] }] });
  try {
    const [{ Subnets = [] }, { SecurityGroups = [] }] = await Promise.all([
      client.send(new DescribeSubnetsCommand(by('subnet-id', subnetIds))),
      client.send(new DescribeSecurityGroupsCommand(by('group-id', securityGroupIds))),
    ]);
    return [
      ...Subnets.map(({ SubnetId, VpcId }) => ({ id: SubnetId, vpcId: VpcId })),
      ...SecurityGroups.map(({ GroupId, VpcId }) => ({ id: GroupId, vpcId: VpcId })),
    ];
  } catch (error) {
    throw callFailed(error, 'could not look for the subnets and security groups');
  } finally {
    client.destroy();
  }
}
