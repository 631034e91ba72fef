import { z } from 'zod';
import { CONTROLS } from '../../functions/core/controls/registry.ts';
import { functionPattern } from './function-patterns.ts';
import { listOf, mapping, matching, oneLine, oneOf, trueOrFalse } from './schema-parts.ts';

const LONGEST_OWNER = 128;
const LONGEST_REASON = 500;
const LONGEST_KEY = 128;

/** The last day of an exemption. */
export const expiryDay = z.iso.date({
  error: 'expected a day that exists, such as `2027-03-31`',
});

/** Somebody answers for some functions that some controls would refuse, until a day. */
export const exemptionSchema = mapping(
  {
    functions: listOf(functionPattern, 'a list of at least one pattern of functions', 1).meta({
      description:
        'patterns of function names, `*` and `?` as in IAM, or tags of `trustedTags` such as `tag:keep-awake=true`',
    }),
    controls: listOf(
      oneOf(CONTROLS.map(({ id }) => id)),
      'a list of at least one control such as `[LVG.1]`',
      1,
    ).meta({ description: 'the controls whose findings are exempt' }),
    owner: oneLine('who answers for it', LONGEST_OWNER).meta({ description: 'who answers for it' }),
    reason: oneLine('why it is needed', LONGEST_REASON).meta({ description: 'why it is needed' }),
    expires: expiryDay.meta({
      description: 'the last day that it covers, in UTC, at most 400 days from today: `2027-03-31`',
    }),
    includeNew: trueOrFalse.default(false).meta({
      description: 'patterns of names also cover functions that came after the exemption',
    }),
  },
  'an exemption with functions, controls, owner, reason and expires',
);

const writer = matching(
  /^(?!arn:[^:]*:sts:[^:]*:[^:]*:assumed-role\/)arn(?::[^:\s]*){4}:\S+$/,
  (input) =>
    typeof input === 'string' && input.includes(':assumed-role/')
      ? 'expected the ARN of the role, not of its session, such as `arn:aws:iam::*:role/platform-*`'
      : 'expected a pattern of ARNs such as `arn:aws:iam::*:role/platform-*`',
);

/** A tag that counts, when one of its writers wrote it. */
export const trustedTagSchema = mapping(
  {
    key: matching(
      /^[^=*?\s](?:[^=*?]*[^=*?\s])?$/,
      () => 'expected the key of a tag, without `=`, `*` and `?`',
    )
      .max(LONGEST_KEY, { error: `expected at most ${LONGEST_KEY} characters` })
      .meta({ description: 'the key of the tag' }),
    writers: listOf(writer, 'a list of at least one pattern of ARNs', 1).meta({
      description: 'patterns of the ARNs of the roles and users whose value counts',
    }),
  },
  'a tag such as `{ key: keep-awake, writers: ["arn:aws:iam::*:role/platform-*"] }`',
);
