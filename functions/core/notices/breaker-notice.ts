import type { Trip } from '../breaker.ts';
import type { Home } from '../function-name.ts';
import { toIsoTime } from '../iso-time.ts';
import type { Notice } from '../notice.ts';
import { stableId } from '../stable-id.ts';
import { moment, toSubject } from './frame-notice.ts';

const RUN = 'npx lambda-vpc-guardrail';

/** Tells people that the breaker is tripped: why, what is withheld now, and what lets the guardrail act again. */
export function breakerNotice(trip: Trip, { account, region }: Home): Notice {
  const { atMs } = trip;
  return {
    id: stableId(account, region, trip.id, 'notice'),
    kind: 'breaker',
    threadId: stableId(account, region, 'breaker'),
    severity: 'critical',
    remediation: 'withheld',
    subject: toSubject(`[critical] the breaker tripped in ${account}, ${region}: ${inShort(trip)}`),
    text: [
      `The breaker of the guardrail in account ${account}, ${region}, tripped at ${moment(atMs)}.`,
      whyItTripped(trip),
      'Until an operator says go on, every revert, fallback and quarantine is withheld, but for the quarantine of a function that was just created. Releases and wakes go on, and so do notices: each violation is still told.',
    ].join('\n\n'),
    nextSteps: [
      `Look first: \`${RUN} breaker status\` says what tripped it, and \`${RUN} explain FUNCTION\` what was done to one function. A rescan with \`{"mode":"audit"}\` lists all that violates the policy, and changes nothing`,
      `To approve some of it, write a plan and run \`${RUN} breaker approve --plan FILE\``,
      `To let everything go on, within the limit, run \`${RUN} breaker reset --reason TEXT\`, then rescan`,
    ],
    findings: [],
    facts: { breaker: factsOf(trip, { account, region }) },
    at: toIsoTime(atMs),
  };
}

function factsOf({ reason, count, limit, policyHash }: Trip, home: Home) {
  return { ...home, reason, count, limit, policyHash };
}

function inShort({ reason, count }: Trip): string {
  return reason === 'limit' ? `${count} remediations` : `a new policy wants ${count} or more`;
}

function whyItTripped({ reason, policyHash, limit, count }: Trip): string {
  const { max, perMinutes } = limit;
  const allowed = `\`limits.accountRemediations\` allows ${max} within ${perMinutes} min`;
  return reason === 'limit'
    ? `${count} remediations were wanted within ${perMinutes} min, and ${allowed}.`
    : `A rescan by a policy that nobody has approved yet, with the hash ${policyHash}, wanted ${count} remediations at once and had not looked at everything; ${allowed}. None of them was done.`;
}
