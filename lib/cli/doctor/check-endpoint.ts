import { nameSome } from '../../../functions/core/name-some.ts';
import type { Caller } from '../read-caller.ts';
import { bad, type Checkup, good } from './checkup.ts';

const ABOUT = { topic: 'endpoint' } as const;
const OF_AWS = /\.(amazonaws\.com|amazonaws\.com\.cn|api\.aws|aws\.dev)$/;

/** Judges where calls went: all to AWS, or all to one other place that somebody means. */
export function judgeEndpoint(
  { callerArn, account, region }: Caller,
  endpoints: readonly string[],
): Checkup {
  const who = `\`${callerArn}\` in account ${account}, region ${region}`;
  const others = endpoints.filter((endpoint) => !isOfAws(endpoint));
  if (others.length === 0) return good(ABOUT, `${who}; calls go to AWS`);
  const places = nameSome(others, 3);
  if (others.length < endpoints.length || others.length > 1) {
    return bad(
      ABOUT,
      `${who}; calls go to different places: ${nameSome(endpoints, 4)}`,
      'set AWS_ENDPOINT_URL for all services, or unset every AWS_ENDPOINT_URL… and `endpoint_url` of the profile',
    );
  }
  return good(ABOUT, `${who}; calls go to ${places}, which is not AWS`);
}

function isOfAws(endpoint: string): boolean {
  return OF_AWS.test(new URL(endpoint).hostname);
}
