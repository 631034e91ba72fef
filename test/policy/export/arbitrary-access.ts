import fc from 'fast-check';
import {
  type AccessDocument,
  type Condition,
  OPERATORS,
  type Statement,
} from '../../../functions/core/iam/document.ts';
import type { AccessRequest } from '../../../functions/core/iam/evaluate.ts';

const ROLES = ['team-a', 'team-b', 'guardrail', 'aws-service-role/AWSServiceRoleForX'];
const ACCOUNTS = ['111111111111', '222222222222'];
const PRINCIPALS = ACCOUNTS.flatMap((id) => ROLES.map((role) => `arn:aws:iam::${id}:role/${role}`));

/** Values of a request, and values of a statement that may match them. */
const KEYS: Readonly<Record<string, { has: readonly string[]; asks: readonly string[] }>> = {
  'lambda:vpcids': { has: ['vpc-1', 'vpc-2', 'vpc-3'], asks: ['VPC-1', 'vpc-*', 'vpc-?', '*'] },
  'lambda:subnetids': { has: ['subnet-1', 'subnet-2', 'subnet-3'], asks: ['subnet-*', 'x'] },
  'lambda:securitygroupids': { has: ['sg-1', 'sg-2', 'SG-1'], asks: ['sg-?', '*-1'] },
  'aws:principalarn': {
    has: PRINCIPALS,
    asks: ['arn:aws:iam::*:role/team-*', 'arn:aws:iam::111111111111:role/*', 'arn:*:iam::*:*'],
  },
  'aws:principalaccount': { has: ACCOUNTS, asks: ['1*', '333333333333'] },
};
const MULTI_VALUED = ['lambda:subnetids', 'lambda:securitygroupids'];

const FUNCTIONS = ['us-east-1', 'eu-west-1'].flatMap((region) =>
  ['a-1', 'a-2', 'b-1', 'b-2'].map((name) => `arn:aws:lambda:${region}:1:function:${name}`),
);
const RESOURCES = [
  '*',
  'arn:aws:lambda:*:*:function:a-*',
  'arn:aws:lambda:*:*:function:b-*',
  'arn:aws:lambda:*:*:function:?-1',
  'arn:aws:lambda:us-east-1:*',
  'arn:aws:lambda:eu-west-1:1:function:b-?',
  'arn:aws:s3:::bucket',
  ...FUNCTIONS.slice(0, 3),
];

const ACTIONS = [
  ...['*', 'lambda:*', 'lambda:Create*', 'LAMBDA:updatefunctionconfiguration'],
  ...['lambda:CreateFunction', 'lambda:InvokeFunction', 's3:*'],
];

const LISTS = fc.constantFrom('ForAllValues' as const, 'ForAnyValue' as const);

/** A plain operator on a key of many values is a mistake, so it is rarer there. */
function setOf(key: string): fc.Arbitrary<Condition['set']> {
  const usual = MULTI_VALUED.includes(key) ? LISTS : fc.constant(undefined);
  const unusual = fc.oneof(LISTS, fc.constant(undefined));
  return fc.oneof({ weight: 3, arbitrary: usual }, { weight: 1, arbitrary: unusual });
}

function toCondition([operator, key, values, set, ifExists]: readonly [
  operator: Condition['operator'],
  key: string,
  values: readonly string[],
  set: Condition['set'],
  ifExists: boolean,
]): Condition {
  if (operator === 'Null') return { operator, key, ifExists: false, values: [String(ifExists)] };
  const listed = { ...(set === undefined ? {} : { set }), key, ifExists };
  if (operator === 'Bool') return { ...listed, operator, values: ['true'] };
  if (!operator.startsWith('Arn')) return { ...listed, operator, values };
  const arns = values.map((value) => (value.startsWith('arn') ? value : `arn:aws:x:::${value}`));
  return { ...listed, operator, values: arns };
}

/** One condition on a key that the guardrail judges. */
const condition: fc.Arbitrary<Condition> = fc
  .constantFrom(...Object.entries(KEYS))
  .chain(([key, { has, asks }]) =>
    fc.tuple(
      fc.constantFrom(...OPERATORS, 'Null' as const, 'StringEquals' as const),
      fc.constant(key),
      fc.subarray([...has, ...asks], { minLength: 1, maxLength: 3 }),
      setOf(key),
      fc.boolean(),
    ),
  )
  .map(toCondition);

const statement: fc.Arbitrary<Omit<Statement, 'id'>> = fc.record({
  effect: fc.constantFrom('Allow' as const, 'Allow' as const, 'Deny' as const),
  action: fc.oneof(
    { weight: 4, arbitrary: fc.constant({ isNot: false, patterns: ['lambda:*'] }) },
    {
      weight: 2,
      arbitrary: fc.record({
        isNot: fc.boolean(),
        patterns: fc.subarray(ACTIONS, { minLength: 1, maxLength: 2 }),
      }),
    },
  ),
  resource: fc.oneof(
    { weight: 2, arbitrary: fc.constant({ isNot: false, patterns: ['*'] }) },
    {
      weight: 2,
      arbitrary: fc.record({
        isNot: fc.constantFrom(false, false, true),
        patterns: fc.subarray(RESOURCES, { minLength: 1, maxLength: 3 }),
      }),
    },
  ),
  conditions: fc.array(condition, { maxLength: 3 }),
});

/** Two documents, with some statements that concern attachments. */
export const accessDocuments: fc.Arbitrary<readonly AccessDocument[]> = fc
  .array(fc.array(statement, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 2 })
  .map((documents) =>
    documents.map((statements, index) => ({
      name: `document-${index}.json`,
      statements: statements.map((each, at) => ({ ...each, id: at === 0 ? '#1' : `S${at}` })),
    })),
  );

/** A call whose principal is known; every other key may be absent. */
export const accessRequest: fc.Arbitrary<AccessRequest> = fc
  .record({
    action: fc.constantFrom(
      ...['lambda:CreateFunction', 'lambda:UpdateFunctionConfiguration', 'lambda:PublishVersion'],
    ),
    resource: fc.constantFrom(...FUNCTIONS),
    vpc: fc.subarray([...(KEYS['lambda:vpcids']?.has ?? [])], { maxLength: 1 }),
    subnets: fc.subarray([...(KEYS['lambda:subnetids']?.has ?? [])]),
    groups: fc.subarray([...(KEYS['lambda:securitygroupids']?.has ?? [])]),
    principal: fc.constantFrom(...PRINCIPALS),
  })
  .map(({ action, resource, vpc, subnets, groups, principal }) => ({
    action,
    resource,
    context: {
      'lambda:vpcids': vpc,
      'lambda:subnetids': subnets,
      'lambda:securitygroupids': groups,
      'aws:principalarn': [principal],
      'aws:principalaccount': [principal.split(':')[4] ?? ''],
      'aws:requestedregion': [resource.split(':')[3] ?? ''],
    },
  }));
