import {
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  DeleteFunctionCommand,
  LambdaClient,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FullAccount, startFullAccount } from './full-account.ts';

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:f';
const ATTACHMENT = {
  SubnetIds: ['subnet-071f712345678e7c8'],
  SecurityGroupIds: ['sg-085912345678492fb'],
};

describe('the CloudTrail record of a Lambda call', () => {
  let account: FullAccount;
  let lambda: LambdaClient;
  const create = (input: Partial<CreateFunctionCommandInput> = {}, client = lambda) =>
    client.send(
      new CreateFunctionCommand({
        FunctionName: 'f',
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: 'arn:aws:iam::123456789012:role/lambda-role',
        Code: { ZipFile: Buffer.from('x') },
        ...input,
      }),
    );
  const last = () => account.journal.events.at(-1);

  beforeEach(async () => {
    account = await startFullAccount();
    lambda = new LambdaClient(account.settings());
  });
  afterEach(async () => {
    lambda.destroy();
    await account.close();
  });

  it('has no attachment of a function in no VPC, and of an environment only that there is one', async () => {
    await create({ Environment: { Variables: { PASSWORD: 'secret' } }, Tags: { Team: 'shop' } });

    const record = last();
    expect(record?.['requestParameters']).not.toHaveProperty('vpcConfig');
    expect(record?.['responseElements']).not.toHaveProperty('vpcConfig');
    expect(record).toMatchObject({
      eventName: 'CreateFunction20150331',
      requestParameters: { environment: {}, code: {}, publish: false, tags: { Team: 'shop' } },
      responseElements: {
        environment: {},
        functionArn: ARN,
        state: 'Pending',
        stateReason: 'The function is being created.',
        stateReasonCode: 'Creating',
      },
    });
    expect(record?.['responseElements']).not.toHaveProperty('lastUpdateStatus');
    expect(JSON.stringify(record)).not.toContain('secret');
  });

  it('tells of an update under way with the reason of a creation, as AWS does', async () => {
    await create({ VpcConfig: ATTACHMENT });
    await account.advance(100_000);

    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: ARN, Timeout: 5 }));

    expect(last()).toMatchObject({
      eventName: 'UpdateFunctionConfiguration20150331v2',
      requestParameters: { functionName: ARN, timeout: 5 },
      responseElements: {
        vpcConfig: {
          subnetIds: ATTACHMENT.SubnetIds,
          securityGroupIds: ATTACHMENT.SecurityGroupIds,
          vpcId: 'vpc-0a1b2c3d4e5f60001',
          ipv6AllowedForDualStack: false,
        },
        lastUpdateStatus: 'InProgress',
        lastUpdateStatusReason: 'The function is being created.',
        lastUpdateStatusReasonCode: 'Creating',
      },
    });
    expect(last()?.['requestParameters']).not.toHaveProperty('fullyQualifiedArn');
  });

  it('names the version that an update of the code has published', async () => {
    await create();
    await account.advance(10_000);

    const ZipFile = Buffer.from('y');
    await lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'f', ZipFile, Publish: true }));

    expect(last()).toMatchObject({
      requestParameters: {
        dryRun: false,
        publish: true,
        fullyQualifiedArn: {
          arnPrefix: { partition: 'aws', region: 'us-east-1', account: '123456789012' },
          relativeId: { functionName: 'f' },
          functionQualifier: {},
        },
      },
      responseElements: { functionArn: `${ARN}:1`, version: '1' },
    });
  });

  it('has null for what a deletion answers', async () => {
    await create();
    await lambda.send(new DeleteFunctionCommand({ FunctionName: 'f' }));

    expect(last()).toMatchObject({
      requestParameters: { functionName: 'f' },
      responseElements: null,
    });
  });

  it.each([
    [
      'of a role that cannot be assumed',
      { Role: 'arn:aws:iam::123456789012:role/gone' },
      'InvalidParameterValueException',
      { functionName: 'f' },
    ],
    [
      'of a role of another account',
      { Role: 'arn:aws:iam::999999999999:role/theirs' },
      'AccessDenied',
      null,
    ],
  ])('names the error %s', async (_what, input, errorCode, requestParameters) => {
    await expect(create(input)).rejects.toThrow();

    expect(last()).toMatchObject({ errorCode, requestParameters, responseElements: null });
  });

  it('has no parameters of a call that IAM denied', async () => {
    const ann = account.user('ann', { Effect: 'Deny', Action: '*', Resource: '*' });
    const client = new LambdaClient(account.settings(ann));

    await expect(create({}, client)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    client.destroy();

    expect(last()).toMatchObject({
      errorCode: 'AccessDenied',
      errorMessage: expect.stringContaining('lambda:CreateFunction'),
      requestParameters: null,
      responseElements: null,
      userIdentity: { type: 'IAMUser', userName: 'ann' },
    });
  });
});
