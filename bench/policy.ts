import { type AccessRequest, compileAccess } from '../functions/core/iam/evaluate.ts';
import { parseAccessDocument } from '../functions/core/iam/parse-document.ts';

const STATEMENTS = 50;
const ROUNDS = 200_000;
const CALLS = ['lambda:CreateFunction', 'lambda:UpdateFunctionConfiguration'];

/** Measures how many attachments a second are judged against 50 statements, and what 1,000 cost to compile. */
export async function benchPolicy(): Promise<readonly string[]> {
  return Object.entries(SHAPES).flatMap(([name, statementOf]) => {
    const judge = compileAccess([documentOf(STATEMENTS, statementOf)]);
    const speeds = OUTCOMES.map((outcome) => {
      const requests = Array.from({ length: 64 }, (_, index) => requestOf(index, outcome));
      const seen = new Set(requests.map((request) => judge(request).outcome));
      if (seen.size !== 1 || !seen.has(outcome)) throw new Error(`${name}: not ${outcome}`);
      return `${speedOf(judge, requests)} ${outcome}`;
    });
    return [
      `${name}: evaluations/s against ${STATEMENTS} statements, one core: ${speeds.join(', ')}`,
      `${name}: ${compileCost(statementOf)}`,
    ];
  });
}

const OUTCOMES = ['allowed', 'explicitly-denied', 'implicitly-denied'] as const;

function speedOf(judge: (request: AccessRequest) => unknown, requests: readonly AccessRequest[]) {
  const judgeAll = (rounds: number) => {
    for (let round = 0; round < rounds; round += requests.length) {
      for (const request of requests) judge(request);
    }
  };
  judgeAll(ROUNDS / 10);
  const seconds = cpuSecondsOf(() => judgeAll(ROUNDS));
  return Math.round(ROUNDS / seconds).toLocaleString('en');
}

function compileCost(statementOf: (index: number) => object): string {
  const document = documentOf(1000, statementOf);
  const seconds = cpuSecondsOf(() => compileAccess([document]));
  return `${(seconds * 1000).toFixed(1)} ms to compile 1,000 statements`;
}

/** Time on the processor: others on the machine do not count. */
function cpuSecondsOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function lean(index: number) {
  return {
    Resource: `arn:aws:lambda:*:*:function:team-${index}-*`,
    Condition: {
      'ForAnyValue:StringEquals': { 'lambda:SubnetIds': [`subnet-${index}a`, `subnet-${index}b`] },
    },
  };
}

/** What platform teams write: for every function, a way out for themselves, and patterns. */
function rich(index: number) {
  return {
    Resource: '*',
    Condition: {
      ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/platform-*', 'arn:aws:iam::*:root'] },
      'ForAnyValue:StringLike': { 'lambda:SubnetIds': ['subnet-a*', `subnet-${index}*`] },
    },
  };
}

const SHAPES = { 'one list each': lean, 'carve-outs and patterns': rich } as const;

/** Nothing holds until the last two statements, so that every one is judged. */
function documentOf(count: number, statementOf: (index: number) => object) {
  const denies = Array.from({ length: count - 2 }, (_, index) => ({
    Sid: `Deny${index}`,
    Effect: 'Deny',
    Action: CALLS,
    ...statementOf(index),
  }));
  const last = {
    Sid: 'Last',
    Effect: 'Deny',
    Action: CALLS,
    Resource: '*',
    Condition: { StringEquals: { 'lambda:VpcIds': 'vpc-denied' } },
  };
  const allow = {
    Sid: 'Allow',
    Effect: 'Allow',
    Action: 'lambda:*',
    Resource: '*',
    Condition: { StringEquals: { 'lambda:VpcIds': ['vpc-allowed', 'vpc-denied'] } },
  };
  const parsed = parseAccessDocument('bench', { Statement: [...denies, last, allow] });
  if (!parsed.ok) throw new Error(parsed.faults.map(({ message }) => message).join('; '));
  return parsed.document;
}

const VPCS = {
  allowed: 'vpc-allowed',
  'explicitly-denied': 'vpc-denied',
  'implicitly-denied': 'vpc-other',
} as const;

function requestOf(index: number, outcome: (typeof OUTCOMES)[number]): AccessRequest {
  return {
    action: 'lambda:UpdateFunctionConfiguration',
    resource: `arn:aws:lambda:us-east-1:123456789012:function:orders-${index}`,
    context: {
      'lambda:vpcids': [VPCS[outcome]],
      'lambda:subnetids': ['subnet-x', 'subnet-y'],
      'lambda:securitygroupids': ['sg-1'],
      'aws:principalarn': ['arn:aws:iam::123456789012:role/deployer'],
    },
  };
}
