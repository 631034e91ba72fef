import type { Fact } from '../../../functions/core/facts.ts';
import type { NotSeen } from '../report/report.ts';

/** What a scan may not see, told once each. */
export interface BlindSpots {
  readonly note: (what: Sight, because: string) => void;
  /** In the order of {@link SIGHTS}. */
  readonly list: () => readonly NotSeen[];
}

/** What a scan looks with, and what it says less of without it. */
const SIGHTS = {
  'cloudformation:DescribeStacks':
    'whether a guardrail is deployed here is not known: name its table with --table',
  'dynamodb:BatchGetItem':
    'it is judged without records: who attached a function is not known, and nothing has a baseline',
  'dynamodb:GetItem': 'exemptions are taken to be older than every function',
  'dynamodb:Scan': 'there is no timeline of remediations',
  'lambda:GetFunction':
    'reserved concurrency and tags are not known, and functions are read five a second',
  'lambda:GetFunctionConfiguration':
    'states are not known: nobody can say what is idle or failed, and LVG.12 and LVG.13 are unknown',
  'lambda:ListVersionsByFunction, lambda:ListAliases':
    'published versions are not judged: LVG.15 is unknown',
  'lambda:ListAliases': 'idle published versions are not found',
  'lambda:GetCapacityProvider': 'LVG.16 is unknown',
  'ec2:Describe*': 'networks are not known, nor whatever controls say of them',
  'ec2:DescribeRegions': 'the functions of other regions are not counted',
  'iam:SimulatePrincipalPolicy': 'LVG.7 and LVG.8 are unknown',
  'servicequotas:ListServiceQuotas': 'how many network interfaces a VPC may have is not known',
  'cloudwatch:GetMetricData': 'when idle functions were last invoked is not known',
} as const;

/** One of the things that a scan looks with: the permissions that it takes. */
export type Sight = keyof typeof SIGHTS;

const DENIAL = /\b(AccessDenied\w*|AuthorizationError\w*|UnauthorizedOperation)\b/;

/** Starts with nothing unseen. */
export function createBlindSpots(): BlindSpots {
  const reasons = new Map<string, string>();
  return {
    note: (what, because) => {
      if (!reasons.has(what)) reasons.set(what, because);
    },
    list: () =>
      Object.entries(SIGHTS).flatMap(([what, so]) => {
        const because = reasons.get(what);
        return because === undefined ? [] : [{ what, because, so }];
      }),
  };
}

/** Passes a fact on, and notes it where AWS refused to tell it. */
export function watchFact<Value>(
  fact: Fact<Value>,
  what: Sight,
  { note }: Pick<BlindSpots, 'note'>,
): Fact<Value> {
  if ('unknown' in fact && DENIAL.test(fact.unknown)) note(what, fact.unknown);
  return fact;
}
