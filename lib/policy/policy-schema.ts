import { z } from 'zod';
import { CONTROLS } from '../../functions/core/controls/registry.ts';
import { SEVERITIES } from '../../functions/core/policy.ts';
import { createControlSchema } from './control-schema.ts';
import { exemptionSchema, trustedTagSchema } from './exemption-schema.ts';
import { fallbackSchema } from './fallback-schema.ts';
import { functionPattern } from './function-patterns.ts';
import {
  listOf,
  mapping,
  numberFrom,
  oneLine,
  oneOf,
  trueOrFalse,
  wholeNumber,
} from './schema-parts.ts';

const MOST_REMEDIATIONS = 1000;
const MINUTES_PER_DAY = 1440;
const MOST_NOTICE_DAYS = 60;
const MOST_HOURS = 168;
const SMALLEST_SHARE = 0.05;
const LONGEST_TAG_KEY = 128;

const access = z
  .array(
    z
      .string({ error: 'expected the path of an IAM document' })
      .min(1, 'expected the path of an IAM document'),
    {
      error: 'expected a list of paths of IAM documents, `[]` for none',
    },
  )
  .meta({
    description:
      'paths of IAM documents, relative to this file; `[]` for none: then LVG.1 does not apply',
  });

const idle = mapping(
  {
    report: trueOrFalse
      .default(true)
      .meta({ description: 'name idle functions in rescans and sweeps' }),
    wake: listOf(functionPattern, 'a list of patterns of functions').default([]).meta({
      description:
        'functions that rescans and sweeps may wake, never their published versions: patterns of names, or tags of `trustedTags` such as `tag:keep-awake=true`',
    }),
  },
  'settings such as `report: true`',
);

const limits = mapping(
  {
    accountRemediations: limit(25, 15, {
      max: 'over so many remediations …',
      perMinutes: '… within so many minutes the breaker trips',
    }).meta({ description: 'over it the guardrail stops until an operator says go on' }),
    functionReverts: limit(3, 60, {
      max: 'over so many reverts of one function …',
      perMinutes: '… within so many minutes it is quarantined instead',
    }).meta({ description: 'over it a function is quarantined, and people hear who changes it' }),
  },
  'limits such as `functionReverts: { max: 3, perMinutes: 60 }`',
);

const notify = mapping(
  {
    minimumSeverity: oneOf(SEVERITIES).default('medium').meta({
      description: 'violations below it are told to nobody; remediations always are',
    }),
    exemptionExpiryDays: wholeNumber(0, MOST_NOTICE_DAYS).default(7).meta({
      description: 'so many days before an exemption ends people are told; `0` for never',
    }),
    ownerTag: oneLine('the key of a tag', LONGEST_TAG_KEY).optional().meta({
      description: "the tag that names who owns a function: the notice's `owner`",
    }),
  },
  'settings such as `minimumSeverity: medium`',
);

const sweep = mapping(
  {
    everyHours: wholeNumber(1, MOST_HOURS)
      .default(6)
      .meta({
        description: `so many hours lie between the beginnings of two sweeps: 1 to ${MOST_HOURS}`,
      }),
    share: numberFrom(SMALLEST_SHARE, 1)
      .default(0.3)
      .meta({
        description: `how much of Lambda's 15 calls a second sweeps and rescans may use: ${SMALLEST_SHARE} to 1`,
      }),
    versions: trueOrFalse.default(true).meta({
      description:
        'list published versions, too: without them sweeps find neither LVG.15 nor idle versions',
    }),
  },
  'settings such as `everyHours: 6`',
);

/** What `guardrail.yaml` may say; keys that it may leave out get their defaults here. */
export const policySchema = mapping(
  {
    version: z.literal(1, { error: 'expected 1' }).meta({ description: '`1`' }),
    mode: oneOf(['audit', 'enforce'])
      .default('audit')
      .meta({ description: '`audit` tells, `enforce` acts' }),
    access,
    controls: mapping(
      Object.fromEntries(CONTROLS.map((control) => [control.id, createControlSchema(control)])),
      'controls with their settings',
    )
      .prefault({})
      .meta({ description: 'how a violation of each control is answered' }),
    fallbackAttachment: fallbackSchema.optional().meta({
      description: 'where a function goes that has no good baseline',
    }),
    autoRelease: trueOrFalse.default(true).meta({
      description: 'release a quarantine of ours when the function is compliant again',
    }),
    idle: idle.prefault({}).meta({ description: 'functions that AWS put to sleep' }),
    sweep: sweep.prefault({}).meta({ description: 'how the whole account is looked at' }),
    exemptions: z
      .array(exemptionSchema, { error: 'expected a list of exemptions, `[]` for none' })
      .default([])
      .meta({ description: 'who answers for what the controls would refuse, and until when' }),
    trustedTags: z
      .array(trustedTagSchema, { error: 'expected a list of tags, `[]` for none' })
      .default([])
      .meta({ description: 'the tags that count, each when one of its writers wrote it' }),
    limits: limits.prefault({}).meta({ description: 'how much is done at most' }),
    notify: notify.prefault({}).meta({ description: 'what people are told of' }),
  },
  'a mapping that begins with `version: 1`',
);

/** A policy file whose keys are checked, with defaults filled in. */
export type PolicyFile = z.infer<typeof policySchema>;

function limit(
  max: number,
  perMinutes: number,
  means: { readonly max: string; readonly perMinutes: string },
) {
  return mapping(
    {
      max: wholeNumber(1, MOST_REMEDIATIONS).default(max).meta({ description: means.max }),
      perMinutes: wholeNumber(1, MINUTES_PER_DAY)
        .default(perMinutes)
        .meta({ description: means.perMinutes }),
    },
    `\`{ max: ${max}, perMinutes: ${perMinutes} }\``,
  ).prefault({});
}
