import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createWake, WAKE_PAYLOAD } from '../../functions/adapters/lambda-wake.ts';
import { awsError } from '../support/aws-error.ts';

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:nightly-report';
const PENDING =
  'The operation cannot be performed at this time. The function is currently in the following state: Pending';

const lambda = mockClient(LambdaClient);
const wake = createWake({ region: 'us-east-1' });

beforeEach(() => {
  lambda.reset();
});

describe('wake', () => {
  it('invokes once, synchronously, with a payload that code can recognise', async () => {
    lambda.on(InvokeCommand).resolves({ StatusCode: 200, FunctionError: 'Unhandled' });

    expect(await wake(ARN)).toEqual({ status: 'ran' });
    expect(lambda).toHaveReceivedCommandWith(InvokeCommand, {
      FunctionName: ARN,
      InvocationType: 'RequestResponse',
      Payload: new TextEncoder().encode(WAKE_PAYLOAD),
    });
    expect(JSON.parse(WAKE_PAYLOAD)).toEqual({ source: 'lambda-vpc-guardrail', purpose: 'wake' });
  });

  it.each([
    ['ResourceNotReadyException', 502, 'waking'],
    ['ENINotReadyException', 502, 'waking'],
    ['CodeArtifactUserPendingException', 409, 'waking'],
    ['SnapStartNotReadyException', 409, 'waking'],
    ['ResourceNotFoundException', 404, 'gone'],
    ['TooManyRequestsException', 429, 'throttled'],
  ])('takes %s (%s) as %s', async (name, status, outcome) => {
    lambda.on(InvokeCommand).rejects(awsError(name, status));

    expect(await wake(ARN)).toEqual({ status: outcome });
  });

  it('takes a conflict that names `Pending` as waking', async () => {
    const conflict = awsError('ResourceConflictException', 409, { message: PENDING });
    lambda.on(InvokeCommand).rejects(conflict);

    expect(await wake(ARN)).toEqual({ status: 'waking' });
  });

  it('takes an answer that does not come as running code', async () => {
    lambda.on(InvokeCommand).rejects(awsError('TimeoutError', undefined, { code: 'ETIMEDOUT' }));

    expect(await wake(ARN)).toEqual({ status: 'ran' });
  });

  it.each([
    ['ReservedFunctionConcurrentInvocationLimitExceeded', { status: 'throttled' }],
    ['ReservedFunctionInvocationRateLimitExceeded', { status: 'throttled' }],
  ])('takes a throttle for %s as %o', async (Reason, outcome) => {
    lambda.on(InvokeCommand).rejects(awsError('TooManyRequestsException', 429, { Reason }));

    expect(await wake(ARN)).toEqual(outcome);
  });

  it.each([
    ['ResourceConflictException', 409],
    ['CodeArtifactUserFailedException', 409],
    ['AccessDeniedException', 403],
    ['ENILimitReachedException', 502],
    ['SubnetIPAddressLimitReachedException', 502],
    ['InvalidSubnetIDException', 502],
    ['InvalidSecurityGroupIDException', 502],
    ['EC2AccessDeniedException', 502],
  ])('reports %s (%s) as the reason why it cannot be woken', async (name, status) => {
    lambda.on(InvokeCommand).rejects(awsError(name, status));

    expect(await wake(ARN)).toEqual({ status: 'refused', error: `${name}: because` });
  });

  it.each([
    ['ServiceException', 500, {}],
    ['EC2ThrottledException', 502, {}],
    ['TimeoutError', undefined, {}],
    ['TooManyRequestsException', 429, { Reason: 'ConcurrentInvocationLimitExceeded' }],
  ])('throws REMEDIATION_FAILED at %s (%s)', async (name, status, fields) => {
    lambda.on(InvokeCommand).rejects(awsError(name, status, fields));

    await expect(wake(ARN)).rejects.toMatchObject({ code: 'REMEDIATION_FAILED' });
  });
});
