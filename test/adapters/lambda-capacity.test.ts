import { GetCapacityProviderCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createReadCapacityProvider } from '../../functions/adapters/lambda-capacity.ts';
import { awsError } from '../support/aws-error.ts';

const ARN = 'arn:aws:lambda:us-east-1:123456789012:capacity-provider:trusted';
const PROVIDER = {
  CapacityProviderArn: ARN,
  State: 'Active' as const,
  VpcConfig: { SubnetIds: ['subnet-2', 'subnet-1'], SecurityGroupIds: ['sg-1'] },
  PermissionsConfig: { CapacityProviderOperatorRoleArn: 'arn:aws:iam::123456789012:role/operator' },
};

const lambda = mockClient(LambdaClient);
const readCapacityProvider = createReadCapacityProvider(new LambdaClient({ region: 'us-east-1' }));

beforeEach(() => {
  lambda.reset();
});

describe('readCapacityProvider', () => {
  it('answers the subnets and groups of the provider, whose VPC is not named', async () => {
    lambda
      .on(GetCapacityProviderCommand, { CapacityProviderName: ARN })
      .resolves({ CapacityProvider: PROVIDER });

    expect(await readCapacityProvider(ARN)).toStrictEqual({
      subnetIds: ['subnet-1', 'subnet-2'],
      securityGroupIds: ['sg-1'],
      ipv6AllowedForDualStack: false,
    });
  });

  it('answers undefined when there is no such provider', async () => {
    lambda.on(GetCapacityProviderCommand).rejects(awsError('ResourceNotFoundException', 404));

    expect(await readCapacityProvider(ARN)).toBeUndefined();
  });

  it.each([
    ['AccessDeniedException', 403],
    ['TooManyRequestsException', 429],
    ['ServiceException', 500],
    ['TimeoutError', undefined],
  ])('throws OBSERVATION_FAILED at %s', async (name, status) => {
    lambda.on(GetCapacityProviderCommand).rejects(awsError(name, status));

    await expect(readCapacityProvider(ARN)).rejects.toMatchObject({
      code: 'OBSERVATION_FAILED',
      message: `could not read capacity provider \`${ARN}\`: ${name}: because`,
    });
  });

  it.each([
    ['nothing', {}],
    ['no subnets', { CapacityProvider: { ...PROVIDER, VpcConfig: undefined } }],
  ])('throws OBSERVATION_FAILED at an answer with %s', async (_what, answer) => {
    lambda.on(GetCapacityProviderCommand).resolves(answer);

    await expect(readCapacityProvider(ARN)).rejects.toMatchObject({
      code: 'OBSERVATION_FAILED',
      message: expect.stringContaining('the answer has no VpcConfig'),
    });
  });
});
