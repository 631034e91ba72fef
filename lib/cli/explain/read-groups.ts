import { EC2Client, paginateDescribeSecurityGroups, type SecurityGroup } from '@aws-sdk/client-ec2';
import { asFact } from '../../../functions/adapters/as-fact.ts';
import { observationFailed } from '../../../functions/adapters/aws-errors.ts';
import type { Fact } from '../../../functions/core/facts.ts';
import { type AwsAccess, clientSettingsOf } from '../aws-access.ts';
import { toGroupRules } from './group-rules.ts';
import type { LiveGroup } from './live.ts';

const PAGE_SIZE = 1000;
const NOT_FOUND = 'it was not found: it is gone, or another account’s';

/** Reads security groups with their rules, in the order of their ids given: one call, and nothing where there are none. */
export async function readGroups(
  groupIds: readonly string[],
  access: AwsAccess,
): Promise<Fact<readonly LiveGroup[]>> {
  if (groupIds.length === 0) return { value: [] };
  const client = new EC2Client(clientSettingsOf(access));
  try {
    const found = await asFact(() => describeGroups(client, groupIds));
    if ('unknown' in found) return found;
    return {
      value: groupIds.map((id) => found.value.get(id) ?? { groupId: id, unseen: NOT_FOUND }),
    };
  } finally {
    client.destroy();
  }
}

/** Asked by filter and not by id: a group that is missing is an absence and not an error. */
async function describeGroups(
  client: EC2Client,
  groupIds: readonly string[],
): Promise<ReadonlyMap<string, LiveGroup>> {
  const groups = new Map<string, LiveGroup>();
  const Filters = [{ Name: 'group-id', Values: [...groupIds] }];
  try {
    const pages = paginateDescribeSecurityGroups({ client, pageSize: PAGE_SIZE }, { Filters });
    for await (const { SecurityGroups = [] } of pages) {
      for (const group of SecurityGroups) groups.set(group.GroupId ?? '', toLiveGroup(group));
    }
    return groups;
  } catch (error) {
    throw observationFailed(error, 'could not read the security groups');
  }
}

function toLiveGroup(group: SecurityGroup): LiveGroup {
  const { GroupId = '', GroupName, OwnerId = '' } = group;
  const { IpPermissions = [], IpPermissionsEgress = [] } = group;
  return {
    groupId: GroupId,
    ...(GroupName === undefined ? {} : { groupName: GroupName }),
    inbound: toGroupRules(IpPermissions, OwnerId),
    outbound: toGroupRules(IpPermissionsEgress, OwnerId),
  };
}
