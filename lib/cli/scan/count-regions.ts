import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import pMap from 'p-map';
import {
  describeAwsError,
  isDenied,
  parseAwsError,
} from '../../../functions/adapters/aws-errors.ts';
import { type AwsAccess, callFailed, clientSettingsOf } from '../aws-access.ts';
import type { RegionCount } from '../report/report.ts';
import type { BlindSpots } from './not-seen.ts';

const AT_ONCE = 8;

/** Counts the functions of every region that is enabled for the account, with one call each; undefined where the caller may not list them. */
export async function countRegions(
  access: AwsAccess,
  { note }: Pick<BlindSpots, 'note'>,
): Promise<readonly RegionCount[] | undefined> {
  const regions = await listRegions(access, note);
  if (regions === undefined) return undefined;
  return pMap(regions, (region) => countIn(region, access), { concurrency: AT_ONCE });
}

/** AWS: regions that nobody opted in to are left out of the answer. */
async function listRegions(
  access: AwsAccess,
  note: BlindSpots['note'],
): Promise<readonly string[] | undefined> {
  const client = new EC2Client(clientSettingsOf(access));
  try {
    const { Regions = [] } = await client.send(new DescribeRegionsCommand({}));
    return Regions.flatMap(({ RegionName }) => RegionName ?? []).toSorted();
  } catch (error) {
    if (isDenied(error)) {
      note('ec2:DescribeRegions', describeAwsError(parseAwsError(error)));
      return undefined;
    }
    throw callFailed(error, 'could not list the regions of the account');
  } finally {
    client.destroy();
  }
}

async function countIn(region: string, access: AwsAccess): Promise<RegionCount> {
  const client = new LambdaClient({ ...clientSettingsOf(access), region });
  try {
    const { AccountUsage } = await client.send(new GetAccountSettingsCommand({}));
    return { region, functions: AccountUsage?.FunctionCount ?? 0 };
  } catch (error) {
    // AWS: a policy of the organization may close a region.
    return { region, because: describeAwsError(parseAwsError(error)) };
  } finally {
    client.destroy();
  }
}
