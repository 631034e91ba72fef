import {
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createLambdaReads, createReadConfiguration } from '../../functions/adapters/lambda.ts';
import { DETACHED } from '../../functions/core/attachment.ts';
import { awsError } from '../support/aws-error.ts';

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:orders-api';
const ROLE = 'arn:aws:iam::123456789012:role/lambda-role';
const ATTACHMENT = {
  vpcId: 'vpc-1',
  subnetIds: ['subnet-1', 'subnet-2'],
  securityGroupIds: ['sg-1'],
  ipv6AllowedForDualStack: false,
};

const lambda = mockClient(LambdaClient);
const ports = createLambdaReads(new LambdaClient({ region: 'us-east-1' }));

beforeEach(() => {
  lambda.reset();
});

describe('readSnapshot', () => {
  it('translates what AWS reports, and keeps neither environment nor code', async () => {
    lambda.on(GetFunctionCommand, { FunctionName: ARN }).resolves({
      Configuration: {
        FunctionArn: `${ARN}:$LATEST`,
        RevisionId: 'revision-1',
        Role: ROLE,
        VpcConfig: {
          VpcId: 'vpc-1',
          SubnetIds: ['subnet-2', 'subnet-1'],
          SecurityGroupIds: ['sg-1'],
          Ipv6AllowedForDualStack: false,
        },
        State: 'Inactive',
        StateReasonCode: 'Idle',
        LastUpdateStatus: 'Successful',
        LastUpdateStatusReasonCode: 'InvalidSubnet',
        PackageType: 'Image',
        SnapStart: { ApplyOn: 'PublishedVersions' },
        Environment: { Variables: { PASSWORD: 'hunter2' } },
      },
      Code: { Location: 'https://signed.example/code?X-Amz-Signature=secret' },
      Concurrency: { ReservedConcurrentExecutions: 0 },
      Tags: { team: 'payments' },
    });

    expect(await ports.readSnapshot(ARN)).toStrictEqual({
      functionArn: ARN,
      revisionId: 'revision-1',
      role: ROLE,
      attachment: ATTACHMENT,
      state: 'Inactive',
      stateReasonCode: 'Idle',
      lastUpdateStatus: 'Successful',
      lastUpdateStatusReasonCode: 'InvalidSubnet',
      packageType: 'Image',
      hasSnapStart: true,
      hasCapacityProvider: false,
      reservedConcurrency: 0,
      tags: { team: 'payments' },
    });
  });

  it('leaves out what AWS leaves out', async () => {
    lambda.on(GetFunctionCommand).resolves({
      Configuration: {
        RevisionId: 'r',
        Role: ROLE,
        State: 'Pending',
        SnapStart: { ApplyOn: 'None' },
      },
    });

    expect(await ports.readSnapshot(ARN)).toStrictEqual({
      functionArn: ARN,
      revisionId: 'r',
      role: ROLE,
      attachment: DETACHED,
      state: 'Pending',
      packageType: 'Zip',
      hasSnapStart: false,
      hasCapacityProvider: false,
      tags: {},
    });
  });

  it('takes codes that no SDK lists as data', async () => {
    const Configuration: object = {
      RevisionId: 'r',
      Role: ROLE,
      State: 'Hibernating',
      LastUpdateStatus: 'InProgress',
      LastUpdateStatusReasonCode: 'Creating',
      CapacityProviderConfig: {},
    };
    lambda.on(GetFunctionCommand).resolves({ Configuration });

    expect(await ports.readSnapshot(ARN)).toMatchObject({
      state: 'Hibernating',
      lastUpdateStatusReasonCode: 'Creating',
      hasCapacityProvider: true,
    });
  });

  it('answers undefined when there is no such function', async () => {
    lambda.on(GetFunctionCommand).rejects(awsError('ResourceNotFoundException', 404));

    expect(await ports.readSnapshot(ARN)).toBeUndefined();
  });

  it.each([
    ['AccessDeniedException', 403],
    ['TooManyRequestsException', 429],
    ['ServiceException', 500],
    ['TimeoutError', undefined],
  ])('throws OBSERVATION_FAILED at %s', async (name, status) => {
    lambda.on(GetFunctionCommand).rejects(awsError(name, status));

    await expect(ports.readSnapshot(ARN)).rejects.toMatchObject({
      code: 'OBSERVATION_FAILED',
      message: `could not read function \`orders-api\`: ${name}: because`,
    });
  });

  it.each([
    ['nothing', {}],
    ['no revision', { Configuration: { Role: ROLE, State: 'Active' } }],
    ['no role', { Configuration: { RevisionId: 'r', State: 'Active' } }],
    ['no state', { Configuration: { RevisionId: 'r', Role: ROLE } }],
  ] as const)('proves nothing of an answer with %s', async (_, answer) => {
    lambda.on(GetFunctionCommand).resolves(answer);

    await expect(ports.readSnapshot(ARN)).rejects.toMatchObject({ code: 'OBSERVATION_FAILED' });
  });
});

describe('readSnapshot: one version of a function', () => {
  it.each([`${ARN}:7`, `${ARN}:live`, `${ARN}:$LATEST`])(
    'reads %s, and names the function',
    async (FunctionName) => {
      lambda.on(GetFunctionCommand, { FunctionName }).resolves({
        Configuration: { RevisionId: 'r', Role: ROLE, State: 'Inactive', StateReasonCode: 'Idle' },
      });

      expect(await ports.readSnapshot(FunctionName)).toMatchObject({
        functionArn: ARN,
        state: 'Inactive',
        stateReasonCode: 'Idle',
      });
    },
  );

  it('names the version that it could not read', async () => {
    lambda.on(GetFunctionCommand).rejects(awsError('AccessDeniedException', 403));

    await expect(ports.readSnapshot(`${ARN}:7`)).rejects.toMatchObject({
      message: 'could not read function `orders-api:7`: AccessDeniedException: because',
    });
  });
});

describe('readSnapshot: what a function has only now and then', () => {
  const least = {
    FunctionArn: ARN,
    RevisionId: 'revision-1',
    Role: ROLE,
    State: 'Active',
  } as const;

  it.each([
    ['2026-11-22T09:30:00.000+0000', Date.UTC(2026, 10, 22, 9, 30)],
    ['yesterday', undefined],
    [undefined, undefined],
  ])('reads when it was last modified: %s', async (LastModified, expected) => {
    lambda.on(GetFunctionCommand).resolves({ Configuration: { ...least, LastModified } });

    expect((await ports.readSnapshot(ARN))?.lastModifiedMs).toBe(expected);
  });

  it('names the capacity provider that it is on', async () => {
    const CapacityProviderArn = 'arn:aws:lambda:us-east-1:123456789012:capacity-provider:shared';
    const CapacityProviderConfig = {
      LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn },
    };
    lambda.on(GetFunctionCommand).resolves({ Configuration: { ...least, CapacityProviderConfig } });

    expect(await ports.readSnapshot(ARN)).toMatchObject({
      hasCapacityProvider: true,
      capacityProviderArn: CapacityProviderArn,
    });
  });
});

describe('createReadConfiguration', () => {
  const read = createReadConfiguration(new LambdaClient({ region: 'us-east-1' }));

  it('reads all but tags and reservation', async () => {
    lambda.on(GetFunctionConfigurationCommand, { FunctionName: ARN }).resolves({
      RevisionId: 'revision-1',
      Role: ROLE,
      State: 'Active',
      VpcConfig: {
        VpcId: 'vpc-1',
        SubnetIds: ['subnet-1', 'subnet-2'],
        SecurityGroupIds: ['sg-1'],
      },
      Environment: { Variables: { PASSWORD: 'hunter2' } },
    });

    expect(await read(ARN)).toStrictEqual({
      functionArn: ARN,
      revisionId: 'revision-1',
      role: ROLE,
      attachment: ATTACHMENT,
      state: 'Active',
      packageType: 'Zip',
      hasSnapStart: false,
      hasCapacityProvider: false,
      tags: {},
    });
  });

  it.each([
    ['ResourceNotFoundException', 404, { value: undefined }],
    ['AccessDeniedException', 403, { code: 'OBSERVATION_FAILED' }],
  ])('answers %s as the reader of whole functions does', async (name, status, expected) => {
    lambda.on(GetFunctionConfigurationCommand).rejects(awsError(name, status));

    const answer = await read(ARN).then(
      (value) => ({ value }),
      ({ code }) => ({ code }),
    );

    expect(answer).toEqual(expected);
  });
});
