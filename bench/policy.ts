import { type AccessRequest, compileAccess } from '../functions/core/iam/evaluate.ts';
import { parseAccessDocument } from '../functions/core/iam/parse-document.ts';

const STATEMENTS = 50;
const ROUNDS = 200_000;

/** Measures how many attachments a second are judged against 50 statements, and what compiling 1,000 costs. */
export async function benchPolicy(): Promise<readonly string[]> {
  const judge = compileAccess([documentOf(STATEMENTS)]);
  const requests = Array.from({ length: 64 }, (_, index) => requestOf(index));
  const judgeAll = (rounds: number) => {
    for (let round = 0; round < rounds; round++) judge(requests[round % 64] ?? requestOf(0));
  };
  judgeAll(ROUNDS / 10);
  const startedMs = performance.now();
  judgeAll(ROUNDS);
  const seconds = (performance.now() - startedMs) / 1000;
  const large = documentOf(1000);
  const compiledMs = performance.now();
  compileAccess([large]);
  return [
    `${Math.round(ROUNDS / seconds).toLocaleString('en')} attachments/s against ${STATEMENTS} statements, one core`,
    `${(performance.now() - compiledMs).toFixed(1)} ms to compile 1,000 statements`,
  ];
}

/** Nothing matches until the last statement, so every one is judged. */
function documentOf(count: number) {
  const statements = Array.from({ length: count - 1 }, (_, index) => ({
    Sid: `Deny${index}`,
    Effect: 'Deny',
    Action: ['lambda:CreateFunction', 'lambda:UpdateFunctionConfiguration'],
    Resource: `arn:aws:lambda:*:*:function:team-${index}-*`,
    Condition: {
      'ForAnyValue:StringEquals': { 'lambda:SubnetIds': [`subnet-${index}a`, `subnet-${index}b`] },
    },
  }));
  const allow = { Sid: 'Allow', Effect: 'Allow', Action: 'lambda:*', Resource: '*' };
  const parsed = parseAccessDocument('bench', { Statement: [...statements, allow] });
  if (!parsed.ok) throw new Error(parsed.faults.map(({ message }) => message).join('; '));
  return parsed.document;
}

function requestOf(index: number): AccessRequest {
  return {
    action: 'lambda:UpdateFunctionConfiguration',
    resource: `arn:aws:lambda:us-east-1:123456789012:function:team-${index}-orders`,
    context: {
      'lambda:vpcids': ['vpc-1'],
      'lambda:subnetids': ['subnet-x', 'subnet-y'],
      'lambda:securitygroupids': ['sg-1'],
      'aws:principalarn': ['arn:aws:iam::123456789012:role/deployer'],
    },
  };
}
