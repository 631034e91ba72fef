import type { Home } from '../function-name.ts';
import { toIsoTime } from '../iso-time.ts';
import type { Notice } from '../notice.ts';
import { stableId } from '../stable-id.ts';
import { moment, toSubject } from './frame-notice.ts';

/** What a notice about a heartbeat rests on. */
export interface HeartbeatNews extends Home {
  /** When the heartbeat was sent that is missing, or that is the first to come back. */
  readonly sentMs: number;
  /** When the last one was sent that came back; absent where none ever did. */
  readonly seenMs?: number | undefined;
  /** So many hours lie between two sweeps. */
  readonly everyHours: number;
  readonly nowMs: number;
}

/** Tells people that the guardrail does not hear of changes: since when, what that means, and what to check. */
export function heartbeatNotice(news: HeartbeatNews): Notice {
  const { account, region, sentMs, seenMs, everyHours } = news;
  const since =
    seenMs === undefined
      ? 'None has ever come back.'
      : `The last one that came back was of ${moment(seenMs)}.`;
  return frame(news, {
    id: stableId(account, region, `${sentMs}`, 'heartbeat missing'),
    severity: 'critical',
    headline: 'the guardrail does not hear of changes',
    paragraphs: [
      `The guardrail in account ${account}, ${region}, does not hear of changes. At ${moment(sentMs)} it tagged a function of its own, and the event of that should be here by now and is not. ${since}`,
      `Either no trail logs in this region, or the rule that takes its events is off, or events do not arrive. Until that is put right, nothing is judged when it happens: a change is found by the next sweep, every ${everyHours === 1 ? 'hour' : `${everyHours} hours`}, and not before.`,
    ],
    nextSteps: [
      'See that a trail logs management events: `aws cloudtrail describe-trails` names the trails, `aws cloudtrail get-trail-status --name TRAIL_ARN` has to say `IsLogging: true`',
      'See that the rule is on: `aws events list-rules --query "Rules[?ends_with(Name, \'-function-changes\')].[Name,State]"` names it, and `aws events describe-rule --name NAME` has to say `ENABLED`',
      'See that orders arrive and are worked on: queue, dead-letter queue and the log of `enforce-on-change`; docs/operations.md, Heartbeat',
    ],
  });
}

/** Tells people that the guardrail hears of changes again. */
export function heartbeatBackNotice(news: HeartbeatNews): Notice {
  const { account, region, sentMs } = news;
  return frame(news, {
    id: stableId(account, region, `${sentMs}`, 'heartbeat back'),
    severity: 'low',
    headline: 'the guardrail hears of changes again',
    paragraphs: [
      `The guardrail in account ${account}, ${region}, hears of changes again: the event of what it did at ${moment(sentMs)} came back.`,
      'What was changed meanwhile is found by sweeps.',
    ],
    nextSteps: [],
  });
}

function frame(
  { account, region, sentMs, nowMs }: HeartbeatNews,
  words: Pick<Notice, 'id' | 'severity' | 'nextSteps'> & {
    readonly headline: string;
    readonly paragraphs: readonly string[];
  },
): Notice {
  const { id, severity, headline, paragraphs, nextSteps } = words;
  return {
    id,
    kind: 'heartbeat',
    threadId: stableId(account, region, 'heartbeat'),
    severity,
    remediation: 'none',
    subject: toSubject(`[${severity}] ${headline} in ${account}, ${region}`),
    text: paragraphs.join('\n\n'),
    nextSteps,
    findings: [],
    facts: {
      heartbeat: { account, region, sentAt: toIsoTime(sentMs), isMissing: severity === 'critical' },
    },
    at: toIsoTime(nowMs),
  };
}
