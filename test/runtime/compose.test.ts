import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Notice } from '../../functions/core/notice.ts';
import { newRecord } from '../../functions/core/record.ts';
import { readCompiledPolicy } from '../../functions/runtime/compiled-policy.ts';
import type { EnforceComposition, SweepComposition } from '../../functions/runtime/compose.ts';
import { type AwsEndpoint, startAwsEndpoint } from '../support/aws-endpoint.ts';
import { policyOf } from '../support/compiled-policy.ts';

vi.mock(import('../../functions/runtime/compiled-policy.ts'), { spy: true });

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:orders-api';
const ROLE = 'arn:aws:iam::123456789012:role/lambda-role';
const PROVIDER = 'arn:aws:lambda:us-east-1:123456789012:capacity-provider:shared';
const POLICY = policyOf({ mode: 'enforce' });
const TOKEN_REQUEST = {
  remediationId: 'id',
  functionArn: ARN,
  policyHash: POLICY.hash,
  isCounted: true,
};
const NEW_POLICY = {
  reason: 'new-policy',
  policyHash: POLICY.hash,
  limit: { max: 1, perMinutes: 1 },
  count: 2,
} as const;
const NOTICE: Notice = {
  id: 'notice-1',
  kind: 'violation',
  functionArn: ARN,
  threadId: 'thread-1',
  severity: 'high',
  controlId: 'LVG.1',
  remediation: 'none',
  subject: 'orders-api violates the policy',
  text: 'It is in no VPC.',
  nextSteps: [],
  findings: [],
  at: '2026-11-22T09:00:00.000Z',
};

let aws: AwsEndpoint;
let environment: Record<string, string>;
let compose: typeof import('../../functions/runtime/compose.ts');

beforeAll(async () => {
  aws = await startAwsEndpoint();
  environment = {
    TABLE_NAME: 'Records',
    QUEUE_URL: `${aws.url}/123456789012/enforcement`,
    DEAD_LETTER_QUEUE_URL: `${aws.url}/123456789012/dead`,
    FINDINGS_TOPIC_ARN: 'arn:aws:sns:us-east-1:123456789012:findings',
    CHAT_TOPIC_ARN: 'arn:aws:sns:us-east-1:123456789012:chat',
    OWN_FUNCTION_ARNS: 'arn:aws:lambda:us-east-1:123456789012:function:guardrail-enforce',
    OWN_ROLE_ARNS: 'arn:aws:iam::123456789012:role/guardrail-enforce',
  };
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ENDPOINT_URL', aws.url);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'example');
  compose = await import('../../functions/runtime/compose.ts');
});

beforeEach(() => {
  vi.mocked(readCompiledPolicy).mockReturnValue(POLICY);
  aws.failWith(undefined);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await aws.stop();
});

describe('composeEnforce', () => {
  it('hands out what the deployment fixes and the policy that lies beside the bundle', () => {
    const { settings } = compose.composeEnforce(environment);

    expect(settings.policy).toBe(POLICY);
    expect(settings.deployment).toMatchObject({ account: '123456789012', region: 'us-east-1' });
    expect(settings.controls).toMatchObject({ hasAccessDocuments: false });
  });

  it('reads the clock when it is asked and not before', () => {
    const { ports } = compose.composeEnforce(environment);
    vi.spyOn(Date, 'now').mockReturnValue(42);

    expect(ports.nowMs()).toBe(42);
  });

  const PORTS: readonly (readonly [
    port: string,
    service: string,
    use: (composed: EnforceComposition) => Promise<unknown>,
  ])[] = [
    ['readRecord', 'dynamodb', ({ ports }) => ports.readRecord(ARN)],
    ['writeRecord', 'dynamodb', ({ ports }) => ports.writeRecord(newRecord(ARN))],
    [
      'takeToken',
      'dynamodb',
      ({ ports }) => ports.takeToken(TOKEN_REQUEST, { max: 1, perMinutes: 1 }),
    ],
    ['readBreaker', 'dynamodb', ({ ports }) => ports.readBreaker()],
    ['tripBreaker', 'dynamodb', ({ ports }) => ports.tripBreaker(NEW_POLICY)],
    ['noteTripTold', 'dynamodb', ({ ports }) => ports.noteTripTold('id')],
    ['approvePolicy', 'dynamodb', ({ ports }) => ports.approvePolicy(POLICY.hash)],
    ['reserveConcurrency', 'lambda', ({ ports }) => ports.reserveConcurrency(ARN, 0)],
    ['wake', 'lambda', ({ ports }) => ports.wake(ARN)],
    ['readNetwork', 'ec2', ({ ports }) => ports.readNetwork(['vpc-1'], true)],
    ['readRole', 'iam', ({ ports }) => ports.readRole(ROLE)],
    ['readFunctionCode', 'iam', ({ ports }) => ports.readFunctionCode(ROLE, ARN)],
    ['readVersions', 'lambda', ({ ports }) => ports.readVersions(ARN)],
    ['readCapacityProvider', 'lambda', ({ ports }) => ports.readCapacityProvider(PROVIDER)],
    ['readInterfaceQuota', 'servicequotas', ({ ports }) => ports.readInterfaceQuota()],
    ['meetExemptions', 'dynamodb', ({ ports }) => ports.meetExemptions(['id'])],
    ['claimEnd', 'dynamodb', ({ ports }) => ports.claimEnd('id')],
    ['noteEndTold', 'dynamodb', ({ ports }) => ports.noteEndTold('id')],
    ['enqueue', 'sqs', ({ ports }) => ports.enqueue({ functionArn: ARN, hops: 0, wake: false }, 0)],
    ['publish', 'sns', ({ ports }) => ports.publish(NOTICE)],
    ['setAside', 'sqs', ({ setAside }) => setAside('body', 'fault')],
  ];

  it.each(PORTS)('%s calls %s in the deployed place', async (_, service, use) => {
    const sentBefore = aws.requests.length;

    await use(compose.composeEnforce(environment));

    const sent = aws.requests.slice(sentBefore);
    expect(sent.length).toBeGreaterThan(0);
    expect(new Set(sent.map((request) => request.service))).toEqual(new Set([service]));
  });

  it('shares kept-alive connections between calls that follow each other, whatever their service', async () => {
    const { ports } = compose.composeEnforce(environment);

    const openBefore = aws.countConnections();
    await ports.readRecord(ARN);
    await ports.reserveConcurrency(ARN, 0);
    await ports.enqueue({ functionArn: ARN, hops: 0, wake: false }, 0);
    await ports.wake(ARN);

    // The calls of the tests before went out side by side, and left theirs open.
    expect(aws.countConnections() - openBefore).toBeLessThanOrEqual(1);
  });

  it('invokes an idle function once, although the answer is a server fault', async () => {
    const { ports } = compose.composeEnforce(environment);
    const sentBefore = aws.requests.length;
    aws.failWith({ status: 502, name: 'ResourceNotReadyException' });

    expect(await ports.wake(ARN)).toEqual({ status: 'waking' });
    expect(aws.requests).toHaveLength(sentBefore + 1);
  });

  it.each([
    ['an environment without anything', {}, POLICY, 'environment is wrong'],
    ['no policy beside the bundle', undefined, undefined, 'no policy lies beside the code'],
  ])('fails with one message and no trace for %s', (_, given, policy, message) => {
    if (policy === undefined) vi.mocked(readCompiledPolicy).mockReset();

    expect(() => compose.composeEnforce(given ?? environment)).toThrow(
      expect.objectContaining({
        code: 'CONFIG_INVALID',
        message: expect.stringContaining(message),
        stack: '',
      }),
    );
  });
});

describe('composeRescan', () => {
  it('needs the topics and no dead-letter queue', () => {
    const { DEAD_LETTER_QUEUE_URL: _, ...rest } = environment;
    const { FINDINGS_TOPIC_ARN: __, ...withoutFindings } = rest;

    expect(compose.composeRescan(rest).settings.policy).toBe(POLICY);
    expect(() => compose.composeRescan(withoutFindings)).toThrow('`FINDINGS_TOPIC_ARN` is missing');
  });

  it('counts the requests that were really sent, retries included', async () => {
    const { ports, countSentRequests } = compose.composeRescan(environment);
    const before = countSentRequests();
    const sentBefore = aws.requests.length;

    await ports.readRecord(ARN);
    aws.failWith({ status: 500, name: 'ServiceException' });
    await expect(ports.readSnapshot(ARN)).rejects.toMatchObject({ code: 'OBSERVATION_FAILED' });

    expect(countSentRequests() - before).toBe(7);
    expect(aws.requests.length - sentBefore).toBe(7);
  });
});

describe('composeSweep', () => {
  const SWEEP_ARN = 'arn:aws:lambda:us-east-1:123456789012:function:guardrail-sweep';
  const compositions = () => ({ ...environment, SWEEP_FUNCTION_ARN: SWEEP_ARN });

  it('needs to know the function that it tags', () => {
    expect(compose.composeSweep(compositions()).settings.policy).toBe(POLICY);
    expect(() => compose.composeSweep(environment)).toThrow('`SWEEP_FUNCTION_ARN` is missing');
  });

  const PORTS: readonly (readonly [
    port: string,
    service: string,
    use: (composed: SweepComposition) => Promise<unknown>,
  ])[] = [
    ['listPage', 'lambda', ({ ports }) => ports.listPage(true, undefined)],
    ['readRecords', 'dynamodb', ({ ports }) => ports.readRecords([ARN])],
    ['listRecorded', 'dynamodb', ({ ports }) => countAll(ports.listRecorded())],
    ['readAliases', 'lambda', ({ ports }) => ports.readAliases(ARN)],
    ['readLastInvocations', 'monitoring', ({ ports }) => ports.readLastInvocations(['orders-api'])],
    ['readSweep', 'dynamodb', ({ ports }) => ports.readSweep()],
    ['writeSweep', 'dynamodb', ({ ports }) => ports.writeSweep({ version: 0 })],
    ['keepSeen', 'dynamodb', ({ ports }) => ports.keepSeen('sweep-1', 0, [])],
    ['sendHeartbeat', 'lambda', ({ ports }) => ports.sendHeartbeat(42)],
    ['readHeartbeat', 'dynamodb', ({ ports }) => ports.readHeartbeat()],
    ['keepReport', 'dynamodb', ({ ports }) => ports.keepReport('report-1', [])],
  ];

  it.each(PORTS)('%s calls %s in the deployed place', async (_, service, use) => {
    const sentBefore = aws.requests.length;

    await use(compose.composeSweep(compositions()));

    const sent = aws.requests.slice(sentBefore);
    expect(sent.length).toBeGreaterThan(0);
    expect(new Set(sent.map((request) => request.service))).toEqual(new Set([service]));
  });

  it('tags the function that it was told of', async () => {
    const sentBefore = aws.requests.length;

    await compose.composeSweep(compositions()).ports.sendHeartbeat(42);

    expect(aws.requests.slice(sentBefore)).toMatchObject([
      {
        path: expect.stringContaining(encodeURIComponent(SWEEP_ARN)),
        body: expect.stringContaining('"42"'),
      },
    ]);
  });
});

describe('composeRelease', () => {
  it('needs the topics and no dead-letter queue', () => {
    const { DEAD_LETTER_QUEUE_URL: _, ...rest } = environment;
    const { CHAT_TOPIC_ARN: __, ...withoutChat } = rest;

    expect(compose.composeRelease(rest).settings.policy).toBe(POLICY);
    expect(() => compose.composeRelease(withoutChat)).toThrow('`CHAT_TOPIC_ARN` is missing');
  });
});

async function countAll(items: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const _ of items) count += 1;
  return count;
}
