import fc from 'fast-check';
import type { NaiveCall, NaiveStatement } from './naive-iam.ts';

const LIST_KEYS = ['lambda:SubnetIds', 'Lambda:subnetIDs', 'lambda:SecurityGroupIds'];
const SINGLE_KEYS = ['lambda:VpcIds', 'LAMBDA:VPCIDS', 'aws:PrincipalAccount', 'aws:PrincipalArn'];
const TEXTS = ['net-1', 'net-2', 'NET-1', 'net-11', '123456789012', 'true', 'FALSE'];
const PATTERNS = ['*', 'net-?', 'n*-1', '*1', '**1*', 'N*', '?', 'net-1*', 'n*t*-*'];
const ARNS = [
  'arn:aws:iam::123456789012:role/dev',
  'arn:aws:iam::123456789012:role/team/dev-1',
  'arn:aws:iam::210987654321:user/dev',
  'arn:aws-cn:iam::123456789012:role/dev',
  'arn:aws:lambda:eu-west-1:123456789012:function:dev',
];
const ARN_PATTERNS = [
  'arn:aws:iam::*:role/*',
  'arn:*:iam::123456789012:*dev',
  'arn:aws:iam::123456789012:role/?ev',
  'arn:aws:*:*:*:*',
  'arn:aws:lambda:*:*:function:*',
  '*:*:*:*:*:*:dev',
];
const FUNCTIONS = ['dev', 'dev-1', 'pay-in'].map(
  (name) => `arn:aws:lambda:eu-west-1:123456789012:function:${name}`,
);
const CALLS = ['lambda:CreateFunction', 'lambda:UpdateFunctionConfiguration'];
const ACTION_PATTERNS = [
  ...['*', 'lambda:*', 'LAMBDA:createfunction', 'lambda:Update*', 'lambda:?reate*', '*:*Function'],
  ...['s3:*', 'lambda:Get*', 'lambda:*Configuration', 'iam:*'],
];
const RESOURCE_PATTERNS = [
  ...['*', 'arn:aws:lambda:*:*:function:dev*', 'arn:aws:lambda:*:function:dev', 'arn:aws:s3:::*'],
  ...[
    'arn:aws:lambda:eu-*-1:*:function:???',
    'arn:aws:lambda:*',
    'arn:*:*-in',
    'arn:*:*:*:*:*:*:*',
  ],
];
const STRINGS = ['StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase'];
const MORE_STRINGS = ['StringNotEqualsIgnoreCase', 'StringLike', 'StringNotLike'];
const OPERATORS_ON_ARNS = ['ArnEquals', 'ArnNotEquals', 'ArnLike', 'ArnNotLike'];

function oneOrMany<T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | T[]> {
  return fc.oneof(of, fc.array(of, { minLength: 1, maxLength: 3 }));
}

const keys = fc.constantFrom(...LIST_KEYS, ...SINGLE_KEYS);
const booleans = fc.constantFrom<string | boolean>('true', 'false', 'True', true, false);
const prefixes = fc.constantFrom('', '', 'ForAllValues:', 'ForAnyValue:', 'forallvalues:');
const suffixes = fc.constantFrom('', '', 'IfExists', 'ifexists');

function block(
  operators: readonly string[],
  values: fc.Arbitrary<unknown>,
): fc.Arbitrary<Record<string, Record<string, unknown>>> {
  return fc
    .tuple(prefixes, fc.constantFrom(...operators), suffixes, keys, oneOrMany(values))
    .map(([prefix, operator, suffix, key, wanted]) => {
      const isNull = operator === 'Null';
      return { [isNull ? operator : `${prefix}${operator}${suffix}`]: { [key]: wanted } };
    });
}

const conditions = fc
  .array(
    fc.oneof(
      block([...STRINGS, ...MORE_STRINGS], fc.constantFrom(...TEXTS, ...PATTERNS, ...ARNS)),
      block(OPERATORS_ON_ARNS, fc.constantFrom(...ARNS, ...ARN_PATTERNS)),
      block(['Bool', 'Null'], booleans),
    ),
    { maxLength: 3 },
  )
  .map((blocks) => {
    const merged: Record<string, Record<string, unknown>> = {};
    for (const [operator, of] of blocks.flatMap((all) => Object.entries(all))) {
      const spelled = spellingIn(merged, operator);
      for (const [key, wanted] of Object.entries(of)) {
        const keysOf = merged[spelled] ?? {};
        merged[spelled] = { ...keysOf, [spellingIn(keysOf, key)]: wanted };
      }
    }
    return merged;
  });

/** Names that differ only in case are a fault. */
function spellingIn(record: Readonly<Record<string, unknown>>, name: string): string {
  return Object.keys(record).find((known) => known.toLowerCase() === name.toLowerCase()) ?? name;
}

const patternsOf = (patterns: readonly string[]) => oneOrMany(fc.constantFrom(...patterns));

/** Statements with every element, operator, prefix and suffix that is judged. */
export const statements: fc.Arbitrary<NaiveStatement> = fc
  .record({
    Effect: fc.constantFrom<'Allow' | 'Deny'>('Allow', 'Allow', 'Deny'),
    isNotAction: fc.nat(4).map((n) => n === 0),
    isNotResource: fc.nat(4).map((n) => n === 0),
    actions: patternsOf(ACTION_PATTERNS),
    resources: patternsOf(RESOURCE_PATTERNS),
    Condition: conditions,
  })
  .map(({ Effect, isNotAction, isNotResource, actions, resources, Condition }) => ({
    Effect,
    [isNotAction ? 'NotAction' : 'Action']: actions,
    [isNotResource ? 'NotResource' : 'Resource']: resources,
    Condition,
  }));

/** One to three documents of one to four statements. */
export const documents: fc.Arbitrary<NaiveStatement[][]> = fc.array(
  fc.array(statements, { minLength: 1, maxLength: 4 }),
  { minLength: 1, maxLength: 3 },
);

const values = fc.constantFrom(...TEXTS, ...ARNS, '');

/** Calls whose keys are absent, empty, or hold one or many values; in lower case, as the evaluator wants them. */
export const calls: fc.Arbitrary<NaiveCall> = fc.record({
  action: fc.constantFrom(...CALLS, 'lambda:GetFunction'),
  resource: fc.constantFrom(...FUNCTIONS),
  keys: fc.record(
    {
      'lambda:vpcids': fc.array(values, { maxLength: 2 }),
      'lambda:subnetids': fc.array(values, { maxLength: 3 }),
      'lambda:securitygroupids': fc.array(values, { maxLength: 3 }),
      'aws:principalaccount': fc.array(values, { maxLength: 1 }),
      'aws:principalarn': fc.constantFrom(...ARNS).map((arn) => [arn]),
    },
    { requiredKeys: [] },
  ),
});

/** A value that nobody knows, whatever it may be: one, since what a request holds several of is known. */
export const hiddenValues = fc.constantFrom(...TEXTS, ...ARNS);
