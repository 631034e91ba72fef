import { z } from 'zod';
import { CONTROLS } from '../../functions/core/controls/registry.ts';
import { SEVERITIES } from '../../functions/core/policy.ts';

const WANTED = ['notify', 'revert', 'quarantine'] as const;
const MOST_REMEDIATIONS = 1000;
const MINUTES_PER_DAY = 1440;

const trueOrFalse = z.boolean({ error: 'expected true or false' });
const severity = oneOf(SEVERITIES);
const wanted = oneOf(WANTED);

const controlSettings = mapping(
  {
    enabled: trueOrFalse.optional(),
    severity: severity.optional(),
    onCreate: wanted.optional(),
    onChange: wanted.optional(),
    onFound: wanted.optional(),
    contain: trueOrFalse.optional(),
  },
  'settings such as `severity: high`',
);

/** What `guardrail.yaml` may say; keys that it may leave out get their defaults here. */
export const policySchema = mapping(
  {
    version: z.literal(1, { error: 'expected 1' }),
    mode: oneOf(['audit', 'enforce']).default('audit'),
    access: z.array(text('the path of an IAM document'), {
      error: 'expected a list of paths of IAM documents, `[]` for none',
    }),
    controls: mapping(
      Object.fromEntries(CONTROLS.map(({ id }) => [id, controlSettings.optional()])),
      'controls with their settings',
    ).prefault({}),
    autoRelease: trueOrFalse.default(true),
    idle: mapping(
      {
        report: trueOrFalse.default(true),
        wake: z
          .array(wakePattern(), { error: 'expected a list of patterns of function names' })
          .default([]),
      },
      'settings such as `report: true`',
    ).prefault({}),
    limits: mapping(
      { accountRemediations: limit(25, 15), functionReverts: limit(3, 60) },
      'limits such as `functionReverts: { max: 3, perMinutes: 60 }`',
    ).prefault({}),
    notify: mapping(
      {
        minimumSeverity: severity.default('medium'),
        ownerTag: text('the key of a tag').max(128, 'expected at most 128 characters').optional(),
      },
      'settings such as `minimumSeverity: medium`',
    ).prefault({}),
  },
  'a mapping that begins with `version: 1`',
);

/** A policy file whose keys are checked, with defaults filled in. */
export type PolicyFile = z.infer<typeof policySchema>;

function oneOf<const Names extends readonly string[]>(
  names: Names,
): z.ZodEnum<{ [Name in Names[number]]: Name }> {
  return z.enum(names, { error: `expected one of ${names.join(', ')}` });
}

function text(what: string): z.ZodString {
  return z.string({ error: `expected ${what}` }).min(1, `expected ${what}`);
}

function wakePattern(): z.ZodString {
  return z
    .string({ error: 'expected a pattern of function names' })
    .refine((pattern) => !pattern.startsWith('tag:'), {
      error: 'waking by tag is not supported yet',
      abort: true,
    })
    .regex(/^[a-zA-Z0-9_*?-]{1,140}$/, 'expected a pattern of function names such as `nightly-*`');
}

function limit(max: number, perMinutes: number) {
  return mapping(
    {
      max: wholeNumber(MOST_REMEDIATIONS).default(max),
      perMinutes: wholeNumber(MINUTES_PER_DAY).default(perMinutes),
    },
    `\`{ max: ${max}, perMinutes: ${perMinutes} }\``,
  ).prefault({});
}

function mapping<Shape extends z.core.$ZodLooseShape>(shape: Shape, expected: string) {
  return z.strictObject(shape, {
    error: ({ code }) =>
      code === 'unrecognized_keys'
        ? `unknown key, expected one of ${Object.keys(shape).join(', ')}`
        : `expected ${expected}`,
  });
}

function wholeNumber(most: number): z.ZodInt {
  const error = `expected a whole number from 1 to ${most}`;
  return z.int({ error }).min(1, error).max(most, error);
}
