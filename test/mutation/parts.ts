/** Files that are mutated together, and the tests that have to notice. */
export interface MutatedPart {
  readonly name: string;
  readonly mutate: readonly string[];
  readonly testFiles: readonly string[];
}

/** What `npm run mutation` mutates: what decides, and what reads what others wrote. */
export const PARTS: readonly MutatedPart[] = [
  {
    name: 'iam',
    mutate: ['functions/core/iam/*.ts', 'functions/core/wildcard.ts'],
    testFiles: ['test/core/iam/*.test.ts', 'test/core/wildcard.test.ts'],
  },
  {
    name: 'events',
    mutate: core(
      'change-event',
      'find-changed-function',
      'function-name',
      'parse-actor',
      'parse-claim',
      'parse-tagging',
    ),
    testFiles: tests(
      'change-event',
      'cloudtrail-replay',
      'function-name',
      'parse-actor',
      'parse-tagging',
    ),
  },
  {
    name: 'policy',
    mutate: [
      'compile-policy',
      'describe-issue',
      'find-conflicts',
      'function-patterns',
      'parse-policy',
      'policy-hash',
      'read-document',
      'read-policy-or-document',
      'scan-json',
      'schema-parts',
      'text-position',
      'yaml-text',
    ].map((name) => `lib/policy/${name}.ts`),
    testFiles: ['test/policy/*.test.ts'],
  },
  {
    name: 'decide',
    mutate: core(
      'decide',
      'apply-outcome',
      'choose-remediation',
      'choose-revert',
      'note-look',
      'open-violation',
      'settle-intent',
      'write-intent',
    ),
    testFiles: [
      ...tests(
        'apply-outcome',
        'choose-remediation',
        'choose-revert',
        'decide',
        'decide-reported',
        'note-look',
        'open-violation',
        'settle-intent',
        'tell-history',
        'write-intent',
      ),
    ],
  },
];

/**
 * The tests of the part that the environment names.
 *
 * Stryker has an option for this, but with it a mutant of what a module does as it loads always survives.
 *
 * @see https://github.com/stryker-mutator/stryker-js/issues/6144
 */
export function askedTestFiles(): readonly string[] {
  return PARTS.find(({ name }) => name === process.env['MUTATED_PART'])?.testFiles ?? [];
}

function core(...names: readonly string[]): readonly string[] {
  return names.map((name) => `functions/core/${name}.ts`);
}

function tests(...names: readonly string[]): readonly string[] {
  return names.map((name) => `test/core/${name}.test.ts`);
}
