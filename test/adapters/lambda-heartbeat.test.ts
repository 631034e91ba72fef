import { LambdaClient, TagResourceCommand } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createSendHeartbeat } from '../../functions/adapters/lambda-heartbeat.ts';
import { awsError } from '../support/aws-error.ts';

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:guardrail-sweep-on-schedule';

const lambda = mockClient(LambdaClient);
const sendHeartbeat = createSendHeartbeat(new LambdaClient({ region: 'us-east-1' }), ARN);

beforeEach(() => {
  lambda.reset();
});

describe('sendHeartbeat', () => {
  it('writes one tag on the function of the guardrail itself', async () => {
    lambda.on(TagResourceCommand).resolves({});

    await sendHeartbeat(1_795_338_000_000);

    expect(lambda.calls()).toHaveLength(1);
    expect(lambda.commandCalls(TagResourceCommand)[0]?.args[0].input).toEqual({
      Resource: ARN,
      Tags: { 'lambda-vpc-guardrail:heartbeat': '1795338000000' },
    });
  });

  it.each([
    ['AccessDeniedException', 403, 'REMEDIATION_DENIED'],
    ['TooManyRequestsException', 429, 'REMEDIATION_FAILED'],
    ['ResourceConflictException', 409, 'REMEDIATION_FAILED'],
    ['ServiceException', 500, 'REMEDIATION_FAILED'],
    ['TimeoutError', undefined, 'REMEDIATION_FAILED'],
  ])('translates %s to %s %s', async (name, status, code) => {
    lambda.on(TagResourceCommand).rejects(awsError(name, status));

    await expect(sendHeartbeat(1)).rejects.toMatchObject({
      code,
      message: `could not send the heartbeat: ${name}: because`,
    });
  });
});
