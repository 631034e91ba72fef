import {
  DeleteFunctionConcurrencyCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createLambdaWrites } from '../../functions/adapters/lambda-writes.ts';
import { DETACHED } from '../../functions/core/attachment.ts';

import { awsError } from '../support/aws-error.ts';

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:orders-api';
const ATTACHMENT = {
  vpcId: 'vpc-1',
  subnetIds: ['subnet-1', 'subnet-2'],
  securityGroupIds: ['sg-1'],
  ipv6AllowedForDualStack: false,
};

const lambda = mockClient(LambdaClient);
const ports = createLambdaWrites(new LambdaClient({ region: 'us-east-1' }));

beforeEach(() => {
  lambda.reset();
});

describe('attach', () => {
  it('sends the whole attachment at the revision that was read', async () => {
    lambda.on(UpdateFunctionConfigurationCommand).resolves({});

    expect(await ports.attach(ARN, ATTACHMENT, 'revision-1')).toEqual({ status: 'done' });
    expect(lambda).toHaveReceivedCommandWith(UpdateFunctionConfigurationCommand, {
      FunctionName: ARN,
      VpcConfig: {
        SubnetIds: ['subnet-1', 'subnet-2'],
        SecurityGroupIds: ['sg-1'],
        Ipv6AllowedForDualStack: false,
      },
      RevisionId: 'revision-1',
    });
  });

  it('detaches with empty lists', async () => {
    lambda.on(UpdateFunctionConfigurationCommand).resolves({});

    await ports.attach(ARN, DETACHED, 'revision-1');

    expect(lambda).toHaveReceivedCommandWith(UpdateFunctionConfigurationCommand, {
      VpcConfig: { SubnetIds: [], SecurityGroupIds: [], Ipv6AllowedForDualStack: false },
    });
  });
});

describe('reserveConcurrency', () => {
  it('sends the number, none included', async () => {
    lambda.on(PutFunctionConcurrencyCommand).resolves({});

    expect(await ports.reserveConcurrency(ARN, 0)).toEqual({ status: 'done' });
    expect(lambda).toHaveReceivedCommandWith(PutFunctionConcurrencyCommand, {
      FunctionName: ARN,
      ReservedConcurrentExecutions: 0,
    });
  });

  it('removes the reservation when there is no number', async () => {
    lambda.on(DeleteFunctionConcurrencyCommand).resolves({});

    expect(await ports.reserveConcurrency(ARN, undefined)).toEqual({ status: 'done' });
    expect(lambda).toHaveReceivedCommandWith(DeleteFunctionConcurrencyCommand, {
      FunctionName: ARN,
    });
  });
});

const WRITES = {
  attach: () => ports.attach(ARN, ATTACHMENT, 'revision-1'),
  reserve: () => ports.reserveConcurrency(ARN, 0),
  unreserve: () => ports.reserveConcurrency(ARN, undefined),
};

describe.each(['attach', 'reserve', 'unreserve'] as const)('the outcome of %s', (write) => {
  it.each([
    ['PreconditionFailedException', 412, { status: 'stale' }],
    ['ResourceConflictException', 409, { status: 'busy' }],
    ['ResourceNotFoundException', 404, { status: 'gone' }],
    [
      'InvalidParameterValueException',
      400,
      { status: 'refused', error: 'InvalidParameterValueException: because' },
    ],
    ['AccessDeniedException', 403, { status: 'refused', error: 'AccessDeniedException: because' }],
  ])('of %s (%s) is %o', async (name, status, outcome) => {
    lambda.rejects(awsError(name, status));

    expect(await WRITES[write]()).toEqual(outcome);
  });

  it.each([
    ['TooManyRequestsException', 429],
    ['ServiceException', 500],
    ['TimeoutError', undefined],
  ])('of %s is thrown as REMEDIATION_FAILED', async (name, status) => {
    lambda.rejects(awsError(name, status));

    await expect(WRITES[write]()).rejects.toMatchObject({
      code: 'REMEDIATION_FAILED',
      message: expect.stringContaining(`function \`orders-api\`: ${name}`),
    });
  });
});
