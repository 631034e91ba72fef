import { describeActor } from '../actor.ts';
import type { Look } from '../look.ts';
import type { Notice } from '../notice.ts';
import type { TrustedTag } from '../policy.ts';
import { bounded, quote } from '../quote.ts';
import { stableId } from '../stable-id.ts';
import { isWriter } from '../trusted-tags.ts';
import { frameNotice, moment, sentence } from './frame-notice.ts';

/** Tells people who changed tags that decide what the guardrail does; undefined where none of those changed. */
export function tagNotice(look: Look): Notice | undefined {
  const { news, policy, snapshot } = look;
  if (news === undefined) return undefined;
  const changes = policy.trustedTags.flatMap((trusted) => describeChange(trusted, news) ?? []);
  if (changes.length === 0) return undefined;
  return frameNotice(look, {
    id: stableId(snapshot.functionArn, news.eventId, 'tags'),
    kind: 'tag',
    remediation: 'none',
    headline: 'had a tag changed that the policy goes by',
    paragraphs: [
      `${describeActor(news.actor)} changed tags of ${snapshot.functionArn} at ${moment(news.eventTimeMs)} (CloudTrail event ${news.eventId}).`,
      ...changes.map(sentence),
    ],
    nextSteps: ['Make sure that whoever did it was meant to'],
  });
}

function describeChange(
  trusted: TrustedTag,
  { tags = {}, untagged = [], actor }: NonNullable<Look['news']>,
): string | undefined {
  const { key } = trusted;
  if (untagged.includes(key)) return `The tag ${quote(key)} was taken away`;
  const value = Object.hasOwn(tags, key) ? tags[key] : undefined;
  if (value === undefined) return undefined;
  const counts = isWriter(trusted, actor.principalArn)
    ? 'one of its writers, so it counts'
    : 'none of its writers, so it does not count';
  return `The tag ${quote(key)} was set to ${quote(bounded(value))} by ${counts}`;
}
