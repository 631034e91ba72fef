import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  GetAccountSettingsCommand,
  LambdaClient,
  ListFunctionsCommand,
} from '@aws-sdk/client-lambda';
import pMap from 'p-map';
import { clientSettingsOf } from '../aws-access.ts';
import { counted } from '../operator/counted.ts';
import { DEPLOY } from './check-stack.ts';
import { bad, type Checkup, good, off, unseen } from './checkup.ts';
import type { DoctorAccount } from './doctor-account.ts';
import { readStack, type SeenStack } from './find-deployment.ts';
import { type Read, readFact, withClient } from './read-fact.ts';

/** How many functions a region has: exactly, or so many at least. */
export interface FunctionCount {
  readonly count: number;
  readonly isLeast?: true;
}

/** One region. */
export interface SeenRegion {
  readonly region: string;
  readonly functions: Read<FunctionCount>;
  readonly stack: SeenStack;
}

const AT_ONCE = 8;
const PAGE = 50;

/** Looks which regions have functions and no guardrail: this one, or every one that is enabled. */
export async function checkRegions(account: DoctorAccount): Promise<readonly Checkup[]> {
  const { caller, stack, allRegions } = account;
  const here = await readRegion(account, caller.region);
  if (!allRegions) {
    const others = { topic: 'region', subject: 'others' } as const;
    const asked = off(others, 'not looked at', 'npx lambda-vpc-guardrail doctor --all-regions');
    return [judgeRegion(here, stack), asked];
  }
  const regions = await listRegions(account);
  if (!('value' in regions)) {
    const others = { topic: 'region', subject: 'others' } as const;
    return [judgeRegion(here, stack), unseen(others, regions.because, regions)];
  }
  const others = regions.value.filter((region) => region !== caller.region);
  const seen = await pMap(others, (region) => readRegion(account, region), {
    concurrency: AT_ONCE,
  });
  return [here, ...seen].map((region) => judgeRegion(region, stack));
}

/** Judges one region. */
export function judgeRegion({ region, functions, stack }: SeenRegion, stackName: string): Checkup {
  const about = { topic: 'region', subject: region } as const;
  const isGuarded = 'stack' in stack && stack.stack !== undefined;
  if (isGuarded) return good(about, `the stack \`${stackName}\` is there`);
  if ('value' in functions && functions.value.count === 0) return off(about, 'no functions');
  if (!('stack' in stack)) return unseen(about, stack.because, stack);
  if (!('value' in functions)) {
    const seen = `no guardrail; how many functions there are is not known: ${functions.because}`;
    return unseen(about, seen, functions);
  }
  const { count, isLeast } = functions.value;
  return bad(
    about,
    `${isLeast ? 'at least ' : ''}${counted(count, 'function')} and no guardrail`,
    `AWS_REGION=${region} ${DEPLOY}; or keep functions out of it: npx lambda-vpc-guardrail policy export guardrail.yaml --as scp --regions REGION…`,
  );
}

/** AWS: regions that nobody opted in to are left out of the answer. */
function listRegions({ access }: DoctorAccount): Promise<Read<readonly string[]>> {
  return withClient(new EC2Client(clientSettingsOf(access)), (client) =>
    readFact('ec2:DescribeRegions', async () => {
      const { Regions = [] } = await client.send(new DescribeRegionsCommand({}));
      return Regions.flatMap(({ RegionName }) => RegionName ?? []).toSorted();
    }),
  );
}

async function readRegion(account: DoctorAccount, region: string): Promise<SeenRegion> {
  const { access, stack } = account;
  const [functions, seen] = await Promise.all([
    countFunctions(account, region),
    readStack(stack, access, region),
  ]);
  return { region, functions, stack: seen };
}

/** Whoever may not ask for the count may be allowed to list. */
function countFunctions({ access }: DoctorAccount, region: string): Promise<Read<FunctionCount>> {
  const client = new LambdaClient({ ...clientSettingsOf(access), region });
  return withClient(client, async () => {
    const counted = await readFact('lambda:GetAccountSettings', async () => {
      const { AccountUsage } = await client.send(new GetAccountSettingsCommand({}));
      return { count: AccountUsage?.FunctionCount ?? 0 };
    });
    if ('value' in counted || counted.permission === undefined) return counted;
    const listed = await readFact('lambda:ListFunctions', async () => {
      const { Functions = [], NextMarker } = await client.send(
        new ListFunctionsCommand({ MaxItems: PAGE }),
      );
      const count = Functions.length;
      return NextMarker === undefined ? { count } : { count, isLeast: true as const };
    });
    return 'value' in listed ? listed : counted;
  });
}
