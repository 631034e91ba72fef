import {
  DeleteFunctionConcurrencyCommand,
  GetFunctionCommand,
  LambdaClient,
  ListFunctionsCommand,
  PutFunctionConcurrencyCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createLambdaPorts } from '../../functions/adapters/lambda.ts';
import { DETACHED } from '../../functions/core/attachment.ts';
import type { ListedFunction } from '../../functions/workflows/ports.ts';
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
const ports = createLambdaPorts(new LambdaClient({ region: 'us-east-1' }));

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

describe('listFunctions', () => {
  it('follows the pages and says which functions can be idle', async () => {
    lambda
      .on(ListFunctionsCommand, { MaxItems: 50 })
      .resolves({
        Functions: [
          {
            FunctionArn: ARN,
            Role: ROLE,
            VpcConfig: { VpcId: 'vpc-1', SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] },
          },
          { FunctionArn: `${ARN}-2`, Role: ROLE },
        ],
        NextMarker: 'more',
      })
      .on(ListFunctionsCommand, { MaxItems: 50, Marker: 'more' })
      .resolves({
        Functions: [
          { FunctionArn: `${ARN}-3`, Role: ROLE, PackageType: 'Image' },
          { FunctionArn: `${ARN}-4`, Role: ROLE, SnapStart: { ApplyOn: 'PublishedVersions' } },
          { FunctionArn: `${ARN}-5`, Role: ROLE, CapacityProviderConfig: {} as never },
        ],
      });

    const listed = await listAll();

    expect(listed.map(({ canBeIdle }) => canBeIdle)).toEqual([true, false, true, true, false]);
    expect(listed.map(({ hasCapacityProvider }) => hasCapacityProvider).at(-1)).toBe(true);
    expect(listed[0]).toMatchObject({
      functionArn: ARN,
      role: ROLE,
      attachment: { vpcId: 'vpc-1', subnetIds: ['subnet-1'] },
    });
    expect(lambda).toHaveReceivedCommandTimes(ListFunctionsCommand, 2);
  });

  it('answers nothing for an account without functions', async () => {
    lambda.on(ListFunctionsCommand).resolves({});

    expect(await listAll()).toEqual([]);
  });

  it('throws OBSERVATION_FAILED when a page cannot be read', async () => {
    lambda.on(ListFunctionsCommand).rejects(awsError('AccessDeniedException', 403));

    await expect(listAll()).rejects.toMatchObject({
      code: 'OBSERVATION_FAILED',
      message: 'could not list the functions: AccessDeniedException: because',
    });
  });
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

async function listAll(): Promise<readonly ListedFunction[]> {
  const listed: ListedFunction[] = [];
  for await (const one of ports.listFunctions(false)) listed.push(one);
  return listed;
}
