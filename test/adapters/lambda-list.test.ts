import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createListPage } from '../../functions/adapters/lambda-list.ts';
import { DETACHED } from '../../functions/core/attachment.ts';
import { awsError } from '../support/aws-error.ts';

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:orders-api';
const ROLE = 'arn:aws:iam::123456789012:role/lambda-role';

const lambda = mockClient(LambdaClient);
const listPage = createListPage(new LambdaClient({ region: 'us-east-1' }));

beforeEach(() => {
  lambda.reset();
});

describe('listPage', () => {
  it.each([
    [false, undefined, { MaxItems: 50 }],
    [true, undefined, { MaxItems: 50, FunctionVersion: 'ALL' }],
    [false, 'more', { MaxItems: 50, Marker: 'more' }],
    [true, 'more', { MaxItems: 50, FunctionVersion: 'ALL', Marker: 'more' }],
  ])('asks with versions %s from marker %s by one call', async (withVersions, marker, input) => {
    lambda.on(ListFunctionsCommand).resolves({ NextMarker: 'next' });

    const page = await listPage(withVersions, marker);

    expect(page).toEqual({ functions: [], nextMarker: 'next' });
    expect(lambda.calls()).toHaveLength(1);
    expect(lambda.commandCalls(ListFunctionsCommand)[0]?.args[0].input).toEqual(input);
  });

  it('translates what a list says, and keeps no environment', async () => {
    lambda.on(ListFunctionsCommand).resolves({
      Functions: [
        {
          FunctionArn: `${ARN}:3`,
          Version: '3',
          Role: ROLE,
          VpcConfig: { VpcId: 'vpc-1', SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] },
          PackageType: 'Image',
          SnapStart: { ApplyOn: 'PublishedVersions' },
          CapacityProviderConfig: {} as never,
          LastModified: '2026-11-22T09:30:00.000+0000',
          Environment: { Variables: { PASSWORD: 'hunter2' } },
        },
        { FunctionArn: `${ARN}:$LATEST`, Version: '$LATEST', Role: ROLE, LastModified: 'once' },
      ],
      NextMarker: '',
    });

    expect(await listPage(true, undefined)).toStrictEqual({
      functions: [
        {
          functionArn: ARN,
          version: '3',
          role: ROLE,
          attachment: {
            vpcId: 'vpc-1',
            subnetIds: ['subnet-1'],
            securityGroupIds: ['sg-1'],
            ipv6AllowedForDualStack: false,
          },
          canBeIdle: true,
          packageType: 'Image',
          hasSnapStart: true,
          hasCapacityProvider: true,
          lastModifiedMs: Date.UTC(2026, 10, 22, 9, 30),
        },
        {
          functionArn: ARN,
          role: ROLE,
          attachment: DETACHED,
          canBeIdle: false,
          packageType: 'Zip',
          hasSnapStart: false,
          hasCapacityProvider: false,
        },
      ],
    });
  });

  it.each([
    ['in a VPC', { VpcConfig: { VpcId: 'vpc-1', SubnetIds: ['subnet-1'] } }, true],
    ['of a container image', { PackageType: 'Image' }, true],
    ['with SnapStart', { SnapStart: { ApplyOn: 'PublishedVersions' } }, true],
    ['without any of them', { SnapStart: { ApplyOn: 'None' } }, false],
  ] as const)('says whether a function %s can be idle', async (_, configuration, expected) => {
    const Functions: object[] = [{ FunctionArn: ARN, Role: ROLE, ...configuration }];
    lambda.on(ListFunctionsCommand).resolves({ Functions });

    const page = await listPage(false, undefined);

    expect(page?.functions.map(({ canBeIdle }) => canBeIdle)).toEqual([expected]);
  });

  it('answers undefined where AWS refuses the marker', async () => {
    lambda.on(ListFunctionsCommand).rejects(awsError('InvalidParameterValueException', 400));

    expect(await listPage(false, 'expired')).toBeUndefined();
    await expect(listPage(false, undefined)).rejects.toMatchObject({ code: 'OBSERVATION_FAILED' });
  });

  it.each([
    ['AccessDeniedException', 403],
    ['TooManyRequestsException', 429],
    ['ServiceException', 500],
    ['TimeoutError', undefined],
  ])('throws OBSERVATION_FAILED at %s', async (name, status) => {
    const message = 'User: guardrail is not authorized to perform: lambda:ListFunctions';
    lambda.on(ListFunctionsCommand).rejects(awsError(name, status, { message }));

    await expect(listPage(false, 'more')).rejects.toMatchObject({
      code: 'OBSERVATION_FAILED',
      message: `could not list the functions: ${name}: ${message}`,
    });
  });

  it.each([
    ['no ARN', { Role: ROLE }],
    ['no role', { FunctionArn: ARN }],
  ])('proves nothing of a function with %s', async (_, configuration) => {
    lambda.on(ListFunctionsCommand).resolves({ Functions: [configuration] });

    await expect(listPage(false, undefined)).rejects.toMatchObject({ code: 'OBSERVATION_FAILED' });
  });
});
