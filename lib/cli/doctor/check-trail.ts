import {
  CloudTrailClient,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  type Trail,
} from '@aws-sdk/client-cloudtrail';
import { clientSettingsOf } from '../aws-access.ts';
import { bad, type Checkup, good, unseen } from './checkup.ts';
import type { DoctorAccount } from './doctor-account.ts';
import { type Read, readFact, withClient } from './read-fact.ts';
import { coverageOf, type TrailSelectors } from './trail-coverage.ts';

/** A trail that covers the region, and what could be read of it. */
export interface SeenTrail {
  readonly name: string;
  readonly arn: string;
  readonly homeRegion: string;
  readonly isOfOrganization: boolean;
  readonly status: Read<{ readonly isLogging: boolean; readonly deliveryError?: string }>;
  readonly selectors: Read<TrailSelectors>;
}

const ABOUT = { topic: 'trail' } as const;

/** Looks for a trail that logs what the guardrail watches: EventBridge hears of calls through one only. */
export async function checkTrail({ access, caller }: DoctorAccount): Promise<readonly Checkup[]> {
  return withClient(new CloudTrailClient(clientSettingsOf(access)), async (client) => {
    const trails = await readFact('cloudtrail:DescribeTrails', async () => {
      // AWS: trails of other regions and of the organization that cover this one are shown as its own.
      const { trailList = [] } = await client.send(new DescribeTrailsCommand({}));
      return Promise.all(trailList.map((trail) => readTrail(client, trail)));
    });
    if (!('value' in trails)) return [unseen(ABOUT, trails.because, trails)];
    return [judgeTrails(trails.value, caller.region)];
  });
}

async function readTrail(client: CloudTrailClient, trail: Trail): Promise<SeenTrail> {
  const { Name = '', TrailARN: arn = Name, HomeRegion = '', IsOrganizationTrail = false } = trail;
  const [status, selectors] = await Promise.all([
    readFact('cloudtrail:GetTrailStatus', async () => {
      const { IsLogging: isLogging = false, LatestDeliveryError: error = '' } = await client.send(
        new GetTrailStatusCommand({ Name: arn }),
      );
      return { isLogging, ...(error === '' ? {} : { deliveryError: error }) };
    }),
    readFact('cloudtrail:GetEventSelectors', async () => {
      const { EventSelectors: basic = [], AdvancedEventSelectors: advanced = [] } =
        await client.send(new GetEventSelectorsCommand({ TrailName: arn }));
      return { basic, advanced };
    }),
  ]);
  return {
    name: Name,
    arn,
    homeRegion: HomeRegion,
    isOfOrganization: IsOrganizationTrail,
    status,
    selectors,
  };
}

/** Judges the trails of a region together: one that logs everything is enough. */
export function judgeTrails(trails: readonly SeenTrail[], region: string): Checkup {
  if (trails.length === 0) {
    return bad(ABOUT, 'no trail covers this region: changes are found by sweeps only', CREATE);
  }
  const judged = trails.map((trail) => judgeTrail(trail, region));
  const well = judged.find(({ answer }) => answer === 'good');
  if (well !== undefined) return well;
  const [worst = judged[0]] = judged.filter(({ answer }) => answer === 'unknown');
  const seen = judged.map((checkup) => checkup.seen).join('; ');
  return { ...(worst ?? bad(ABOUT, seen, CREATE)), seen };
}

function judgeTrail(trail: SeenTrail, region: string): Checkup {
  const { name, arn, homeRegion, status, selectors } = trail;
  // AWS: a trail is changed in its own region only.
  const place = homeRegion === region ? '' : ` --region ${homeRegion}`;
  const where = trail.isOfOrganization ? ', in the management account of the organization' : '';
  if ('value' in status && !status.value.isLogging) {
    const seen = `trail \`${name}\` is stopped: nothing tells EventBridge of changes`;
    return bad(ABOUT, seen, `aws cloudtrail start-logging --name ${arn}${place}${where}`);
  }
  const coverage = 'value' in selectors ? coverageOf(selectors.value) : undefined;
  if (coverage?.kind === 'left-out') {
    const fix = `aws cloudtrail put-event-selectors --trail-name ${arn}${place} --event-selectors '${ALL}'${where}; it takes the place of the selectors that are there`;
    return bad(ABOUT, `trail \`${name}\` does not log what is watched: ${coverage.why}`, fix);
  }
  if (!('value' in status)) return unseen(ABOUT, `trail \`${name}\`: ${status.because}`, status);
  if (!('value' in selectors)) {
    return unseen(ABOUT, `trail \`${name}\`: ${selectors.because}`, selectors);
  }
  if (coverage?.kind === 'unclear') {
    const fix = `aws cloudtrail get-event-selectors --trail-name ${arn}${place}`;
    return unseen(ABOUT, `trail \`${name}\`: ${coverage.why}`, { fix });
  }
  return judgeDelivery(trail, status.value.deliveryError);
}

function judgeDelivery({ name, arn }: SeenTrail, error: string | undefined): Checkup {
  if (error === undefined) return good(ABOUT, `trail \`${name}\` logs management write events`);
  const seen = `trail \`${name}\` logs, but cannot write to its bucket: ${error}`;
  return bad(
    ABOUT,
    seen,
    `put its bucket and the policy of that right: aws cloudtrail get-trail --name ${arn}`,
  );
}

const ALL = '[{"ReadWriteType":"All","IncludeManagementEvents":true}]';
const CREATE =
  'aws cloudtrail create-trail --name management-events --is-multi-region-trail --s3-bucket-name BUCKET, with a bucket whose policy lets cloudtrail.amazonaws.com write; then aws cloudtrail start-logging --name management-events';
