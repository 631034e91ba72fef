import { describeActor } from '../actor.ts';
import { endOf } from '../exemption.ts';
import type { Look } from '../look.ts';
import type { Notice } from '../notice.ts';
import type { TrustedTag } from '../policy.ts';
import { bounded, quote } from '../quote.ts';
import { stableId } from '../stable-id.ts';
import { isWriter, type Tag } from '../trusted-tags.ts';
import { frameNotice, moment, sentence } from './frame-notice.ts';

/** Tells people who changed tags that decide what the guardrail does; undefined where none of those changed. */
export function tagNotice(look: Look): Notice | undefined {
  const { news, policy, snapshot } = look;
  if (news === undefined) return undefined;
  const changes = policy.trustedTags.flatMap(
    (trusted) => describeChange(trusted, news, look) ?? [],
  );
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
  look: Look,
): string | undefined {
  const { key } = trusted;
  if (untagged.includes(key)) return `The tag ${quote(key)} was taken away`;
  const value = Object.hasOwn(tags, key) ? tags[key] : undefined;
  if (value === undefined) return undefined;
  const counts = isWriter(trusted, actor.principalArn)
    ? `one of its writers, ${countsFor({ key, value }, look)}`
    : 'none of its writers, so it does not count';
  return `The tag ${quote(key)} was set to ${quote(bounded(value))} by ${counts}`;
}

/** What goes by a value may have ended. */
function countsFor({ key, value }: Tag, { policy, nowMs }: Look): string {
  const pattern = `tag:${key}=${value}`;
  const exemptions = policy.exemptions.filter(({ functions }) => functions.includes(pattern));
  const isAtWork =
    policy.idle.wake.includes(pattern) || exemptions.some((one) => nowMs < endOf(one));
  if (isAtWork || exemptions.length === 0) return 'so it counts';
  const last = exemptions
    .map(({ expires }) => expires)
    .toSorted()
    .at(-1);
  return `and yet it exempts nothing: the exemption that goes by it ended with ${last} (UTC)`;
}
