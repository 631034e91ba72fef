import {
  DeleteFunctionCommand,
  DeleteFunctionEventInvokeConfigCommand,
  GetFunctionConfigurationCommand,
  GetFunctionEventInvokeConfigCommand,
  LambdaClient,
  ListFunctionEventInvokeConfigsCommand,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
  UpdateFunctionEventInvokeConfigCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AsyncAccount, DEAD, FUNCTION, INBOX, startAsyncAccount } from './async-account.ts';

const FunctionName = 'f';

let account: AsyncAccount;

beforeAll(async () => {
  account = await startAsyncAccount();
});

afterAll(async () => {
  await account.stop();
});

const get = (Qualifier?: string) =>
  account.lambda.send(new GetFunctionEventInvokeConfigCommand({ FunctionName, Qualifier }));

describe('PutFunctionEventInvokeConfig', () => {
  it('overwrites what was set, and answers what is', async () => {
    await account.configure({ MaximumRetryAttempts: 1, MaximumEventAgeInSeconds: 60 });
    const DestinationConfig = { OnSuccess: { Destination: INBOX }, OnFailure: {} };
    const answer = await account.configure({ DestinationConfig });

    const LastModified = new Date(account.clock.nowMs());
    const config = { FunctionArn: `${FUNCTION}:$LATEST`, LastModified, DestinationConfig };
    expect(answer).toMatchObject(config);
    const { $metadata: _metadata, ...held } = await get();
    expect(held).toEqual(config);
  });

  it('is recorded under its own name', async () => {
    await account.configure({ MaximumRetryAttempts: 0 });

    expect(account.records('PutFunctionEventInvokeConfig').at(-1)).toMatchObject({
      requestParameters: { functionName: 'f', maximumRetryAttempts: 0 },
      responseElements: { functionArn: `${FUNCTION}:$LATEST` },
    });
  });

  it.each([
    [{}, 'InvalidParameterValueException', /at least one of error handling or destination/],
    [{ MaximumRetryAttempts: 3 }, 'ValidationException', /'3' at 'maximumRetryAttempts'/],
    [{ MaximumEventAgeInSeconds: 59 }, 'ValidationException', /between 60 and 21600/],
    [{ Qualifier: '7', MaximumRetryAttempts: 1 }, 'ResourceNotFoundException', /doesn't exist/],
    [
      { DestinationConfig: { OnFailure: { Destination: 'arn:aws:s3:::bucket' } } },
      'InvalidParameterValueException',
      /DestinationConfig\(onSuccess=null, onFailure=OnFailure\(destination=arn:aws:s3:::bucket\)\) is invalid/,
    ],
    [
      { DestinationConfig: { OnSuccess: { Destination: FUNCTION } } },
      'InvalidParameterValueException',
      /function as a destination for itself/,
    ],
    [
      { DestinationConfig: { OnSuccess: { Destination: `${FUNCTION}g` } } },
      'InvalidParameterValueException',
      /destination ARN .*:function:fg is invalid/,
    ],
  ])('refuses %j', async (settings, name, message) => {
    await expect(account.configure(settings)).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message),
    });
  });

  it('needs the permission, for the qualified function', async () => {
    const credentials = account.user('reader', {
      Effect: 'Allow',
      Action: 'lambda:GetFunctionEventInvokeConfig',
      Resource: FUNCTION,
    });
    const client = new LambdaClient(account.settings(credentials));
    const read = (Qualifier?: string) =>
      client.send(new GetFunctionEventInvokeConfigCommand({ FunctionName, Qualifier }));

    await expect(read()).resolves.toMatchObject({});
    await expect(read('live')).rejects.toThrow(/on resource: .*:function:f:live/);
    client.destroy();
  });
});

describe('UpdateFunctionEventInvokeConfig', () => {
  it('keeps what it does not name', async () => {
    const DestinationConfig = { OnFailure: { Destination: DEAD }, OnSuccess: {} };
    await account.configure({ MaximumRetryAttempts: 1, DestinationConfig });
    const update = (settings: object) =>
      account.lambda.send(
        new UpdateFunctionEventInvokeConfigCommand({ FunctionName, ...settings }),
      );

    await expect(update({ MaximumEventAgeInSeconds: 300 })).resolves.toMatchObject({
      MaximumRetryAttempts: 1,
      MaximumEventAgeInSeconds: 300,
      DestinationConfig,
    });
    const cleared = await update({ DestinationConfig: { OnFailure: { Destination: '' } } });
    expect(cleared.DestinationConfig).toEqual({ OnSuccess: {}, OnFailure: {} });
  });

  it('refuses where there is none', async () => {
    await account.lambda.send(new DeleteFunctionEventInvokeConfigCommand({ FunctionName }));
    const command = new UpdateFunctionEventInvokeConfigCommand({
      FunctionName,
      MaximumRetryAttempts: 1,
    });

    await expect(account.lambda.send(command)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `The function ${FUNCTION}:$LATEST doesn't have an EventInvokeConfig`,
    });
  });
});

describe('ListFunctionEventInvokeConfigs', () => {
  it('lists those of one function, which go with their version and with the function', async () => {
    await account.configure({ MaximumRetryAttempts: 1 });
    for (const version of ['1', '2']) {
      const Description = version;
      await account.lambda.send(new PublishVersionCommand({ FunctionName, Description }));
      await account.advance(5000);
      await account.configure({ Qualifier: version, MaximumRetryAttempts: 0 });
      const FunctionVersion = { FunctionName, MemorySize: 128 + Number(version) };
      await account.lambda.send(new UpdateFunctionConfigurationCommand(FunctionVersion));
      await account.advance(5000);
    }
    const list = async (input: object) =>
      account.lambda.send(new ListFunctionEventInvokeConfigsCommand({ FunctionName, ...input }));

    const first = await list({ MaxItems: 2 });
    const second = await list({ Marker: first.NextMarker });
    await account.lambda.send(new DeleteFunctionCommand({ FunctionName, Qualifier: '1' }));
    const left = await list({});

    const arns = [first, second].flatMap(({ FunctionEventInvokeConfigs = [] }) =>
      FunctionEventInvokeConfigs.map(({ FunctionArn }) => FunctionArn),
    );
    expect(arns).toEqual([`${FUNCTION}:$LATEST`, `${FUNCTION}:1`, `${FUNCTION}:2`]);
    expect(left.FunctionEventInvokeConfigs).toHaveLength(2);
  });
});

describe('a dead-letter queue', () => {
  const set = (TargetArn: string) =>
    account.lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName, DeadLetterConfig: { TargetArn } }),
    );

  it('is refused where it is neither queue nor topic, or the role may not send to it', async () => {
    await expect(set(FUNCTION)).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    account.allow('lambda-role', JSON.stringify({ Version: '2012-10-17', Statement: DENY }));
    await expect(set(DEAD)).rejects.toThrow(
      'The provided execution role does not have permissions to call SendMessage on SQS',
    );
    await expect(
      account.configure({ DestinationConfig: { OnFailure: { Destination: DEAD } } }),
    ).rejects.toThrow(
      `The function's execution role does not have permissions to call SendMessage on ${DEAD}`,
    );
    await set('');
    await account.advance(5000);
    const command = new GetFunctionConfigurationCommand({ FunctionName });
    expect((await account.lambda.send(command)).DeadLetterConfig?.TargetArn).toBe('');
  });
});

const DENY = [{ Effect: 'Deny', Action: 'sqs:*', Resource: '*' }];
