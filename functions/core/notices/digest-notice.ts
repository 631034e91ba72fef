import { type Digest, isAnythingOpen, isAnythingStanding, modeOf, shortageOf } from '../digest.ts';
import type { Home } from '../function-name.ts';
import { toIsoTime } from '../iso-time.ts';
import type { Notice } from '../notice.ts';
import { isAtLeast, type Severity } from '../policy.ts';
import { stableId } from '../stable-id.ts';
import { worstOf } from '../sweep-totals.ts';
import { counted, countViolations, whatElse, whatHolds, whatViolates } from './digest-words.ts';
import { duration, moment, toSubject } from './frame-notice.ts';

const RUN = 'npx lambda-vpc-guardrail';

/** Tells people in one notice what a sweep found: what stands, what is new, and what is over. */
export function digestNotice(
  digest: Digest,
  { account, region, nowMs }: Home & { readonly nowMs: number },
): Notice {
  const { sweepId, totals } = digest;
  const severity = severityOf(digest);
  return {
    id: stableId(account, region, sweepId, 'digest'),
    kind: 'digest',
    threadId: stableId(account, region, 'digest'),
    severity,
    remediation: 'none',
    subject: toSubject(`[${severity}] digest of ${account}, ${region}: ${inShort(digest)}`),
    text: [
      whatWasDone(digest, { account, region }),
      ...whatViolates(totals),
      ...(isAnythingStanding(digest)
        ? []
        : ['Nothing violates the policy, and nothing else needs anybody.']),
      ...whatElse(digest),
      ...whatHolds(digest),
    ].join('\n\n'),
    nextSteps: nextSteps(digest),
    findings: [],
    facts: { digest: factsOf(digest, { account, region }) },
    at: toIsoTime(nowMs),
  };
}

/** The maps of interfaces stay out: nothing bounds how much they say. */
function factsOf(digest: Digest, { account, region }: Home) {
  const { sweepId, startedMs, endedMs, totals, ending, deleted, breaker } = digest;
  return {
    account,
    region,
    sweepId,
    startedAt: toIsoTime(startedMs),
    endedAt: toIsoTime(endedMs),
    mode: modeOf(digest),
    breaker: breaker.isTripped ? 'tripped' : 'closed',
    ...totals,
    ending,
    deleted,
  };
}

/** What no control says may be worse than `low`, and nobody knows how bad. */
function severityOf(digest: Digest): Severity {
  const worst = worstOf(digest.totals) ?? 'low';
  return isAnythingOpen(digest) && !isAtLeast(worst, 'medium') ? 'medium' : worst;
}

/** The most important first: a subject is cut at its end. */
function inShort(digest: Digest): string {
  const { totals } = digest;
  const { all, fresh } = countViolations(totals);
  const parts = [
    ...(all === 0 ? [] : [`${counted(all, 'violation')}${fresh === 0 ? '' : ` (${fresh} new)`}`]),
    ...[
      { count: totals.quarantined.functions, what: 'quarantined' },
      { count: totals.unknown.functions, what: 'unknown' },
      { count: totals.idle.functions, what: 'idle' },
      { count: totals.resolved.functions, what: 'resolved' },
    ].flatMap(({ count, what }) => (count === 0 ? [] : [`${count} ${what}`])),
  ];
  if (parts.length > 0) return parts.join(', ');
  return isAnythingStanding(digest) ? 'no violations' : 'all clear';
}

function whatWasDone({ totals, startedMs, endedMs }: Digest, { account, region }: Home): string {
  const took = duration(endedMs - startedMs);
  const looked = `looked at ${counted(totals.scanned, 'function')} in account ${account}, ${region}`;
  return `A sweep ${looked}, and ended at ${moment(endedMs)} after ${took}. Compliant with every control of their own: ${totals.compliant}; LVG.11 is told by VPC.`;
}

function nextSteps(digest: Digest): readonly string[] {
  const { violations, idle, quarantined } = digest.totals;
  const { vpcs, subnets } = shortageOf(digest);
  const isViolated = Object.keys(violations).length > 0;
  const steps: readonly (readonly [isDue: boolean, step: string])[] = [
    [isViolated, `\`${RUN} explain FUNCTION\` says what happened to one function, and who did it`],
    [
      isAnythingStanding(digest),
      `\`${RUN} rescan\` looks again, and lists every finding, why a function could not be judged, and what it takes to wake an idle one`,
    ],
    [
      quarantined.functions > 0,
      'A quarantine is released once its function is compliant, or by an operator: docs/operations.md says how',
    ],
    [
      digest.breaker.isTripped,
      `\`${RUN} breaker status\` says what tripped the breaker; \`breaker approve\` and \`breaker reset\` let the guardrail act again`,
    ],
    [
      digest.breaker.isKilled,
      `\`${RUN} mode\` says who switched the guardrail off, and why; \`mode enforce\` switches it on again`,
    ],
    [idle.functions > 0, 'List under `idle.wake` what has to stay awake'],
    [
      vpcs.length > 0,
      'Let functions share interfaces by using the same security groups, or have the quota raised',
    ],
    [subnets.length > 0, 'Attach functions to subnets with more free addresses, or free some'],
  ];
  return steps.flatMap(([isDue, step]) => (isDue ? [step] : []));
}
