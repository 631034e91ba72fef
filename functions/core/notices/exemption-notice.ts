import { endOf } from '../exemption.ts';
import { toIsoTime } from '../iso-time.ts';
import type { Notice } from '../notice.ts';
import type { Exemption } from '../policy.ts';
import { bounded } from '../quote.ts';
import { stableId } from '../stable-id.ts';
import { sentence, toSubject } from './frame-notice.ts';

/** Tells people that an exemption ends soon, and what happens then. */
export function exemptionNotice(
  exemption: Exemption,
  {
    account,
    region,
    nowMs,
  }: { readonly account: string; readonly region: string; readonly nowMs: number },
): Notice {
  const { id, functions, controls, owner, reason, expires } = exemption;
  const about = `${controls.join(', ')} on ${bounded(functions.join(', '))}`;
  return {
    id: stableId(id, 'ends'),
    kind: 'exemption',
    threadId: stableId(id),
    severity: 'medium',
    remediation: 'none',
    owner,
    subject: toSubject(`[exemption] ends on ${expires}: ${about}`),
    text: [
      `An exemption ends in ${days(endOf(exemption) - nowMs)}, with the end of ${expires} (UTC), in account ${account}, ${region}.`,
      `It covers ${about}.`,
      sentence(`${owner} answers for it: ${reason}`),
      'After that these functions are judged as any others: at the next event on one of them, and by the next sweep or rescan. What a sweep or rescan finds is only told by default: `onFound` in the policy asks for more.',
    ].join('\n\n'),
    nextSteps: [
      'Attach the functions to the approved network before that',
      'Or have the exemption renewed in the policy, with a new day',
    ],
    findings: [],
    facts: { exemption: { account, region, functions, controls, owner, reason, expires } },
    at: toIsoTime(nowMs),
  };
}

/** Days that have begun count. */
function days(ms: number): string {
  const count = Math.ceil(ms / 86_400_000);
  return count === 1 ? '1 day' : `${count} days`;
}
