import { parseFunctionName } from '../../../functions/core/function-name.ts';
import {
  parseReleaseRequest,
  type ReleaseRequest,
} from '../../../functions/core/release-request.ts';
import { UsageError } from '../usage-error.ts';

/** What a release can be asked for, beside the function. */
export interface ReleaseFlags {
  readonly reason: string;
  readonly force?: boolean;
  readonly holdHours?: number;
}

/** The payload of a release, and what it comes to. */
export interface AskedRelease {
  readonly payload: ReleaseFlags & { readonly function: string };
  readonly request: ReleaseRequest;
}

/** Where no name says it: the deployed function knows its account. */
const ANY_ACCOUNT = '000000000000';

/** How the members of a payload are typed. */
const TYPED: readonly (readonly [string, string])[] = [
  ['`function`', 'FUNCTION'],
  ['`reason`', '`--reason`'],
  ['`holdHours`', '`--hold-hours`'],
  ['`"force": true`', '`--force`'],
  [` of account ${ANY_ACCOUNT}`, ''],
];

/** Writes the payload of a release; what is wrong with it for sure is said before anybody is asked. */
export function toPayload(
  asked: string,
  { reason, force, holdHours }: ReleaseFlags,
  region: string,
): AskedRelease {
  const payload = {
    function: asked,
    reason,
    ...(force === undefined ? {} : { force }),
    ...(holdHours === undefined ? {} : { holdHours }),
  };
  const { account = ANY_ACCOUNT } = parseFunctionName(asked) ?? {};
  const parsed = parseReleaseRequest(payload, { account, region });
  if (parsed.ok) return { payload, request: parsed.request };
  throw new UsageError(parsed.faults.map(asTyped).join('; '));
}

/** Says what is at fault as it is typed: whoever types it knows no payload. */
function asTyped(fault: string): string {
  return TYPED.reduce((said, [member, option]) => said.replace(member, option), fault);
}
