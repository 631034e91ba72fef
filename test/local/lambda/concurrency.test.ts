import {
  CreateFunctionCommand,
  DeleteFunctionConcurrencyCommand,
  GetAccountSettingsCommand,
  GetFunctionCommand,
  GetFunctionConcurrencyCommand,
  InvokeCommand,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINIMAL, type SmallAccount, startSmallAccount } from './small-account.ts';

describe('reserved concurrency', () => {
  let account: SmallAccount;
  const put = (ReservedConcurrentExecutions: number, FunctionName = 'f') =>
    account.client.send(
      new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions }),
    );
  const read = () => account.client.send(new GetFunctionCommand({ FunctionName: 'f' }));
  const invoke = () => account.client.send(new InvokeCommand({ FunctionName: 'f' }));

  beforeEach(async () => {
    account = await startSmallAccount();
    for (const FunctionName of ['f', 'g']) {
      await account.client.send(new CreateFunctionCommand({ FunctionName, ...MINIMAL }));
    }
    await account.core.clock.advance(1000);
  });
  afterEach(async () => {
    await account.close();
  });

  it('throttles every invocation at 0, and the function says so', async () => {
    await put(0);

    await expect(invoke()).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      message: 'Rate Exceeded.',
      Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
      $metadata: { httpStatusCode: 429 },
    });
    expect((await read()).Concurrency).toEqual({ ReservedConcurrentExecutions: 0 });
  });

  it('is unreserved again once it is deleted', async () => {
    await put(0);

    const answer = await account.client.send(
      new DeleteFunctionConcurrencyCommand({ FunctionName: 'f' }),
    );

    expect(answer.$metadata.httpStatusCode).toBe(204);
    await expect(invoke()).resolves.toMatchObject({ StatusCode: 200 });
    const kept = await account.client.send(
      new GetFunctionConcurrencyCommand({ FunctionName: 'f' }),
    );
    expect(kept.ReservedConcurrentExecutions).toBeUndefined();
  });

  it('leaves 100 of 1000 unreserved', async () => {
    await put(800);

    await expect(put(101, 'g')).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message:
        "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
    });
    await expect(put(100, 'g')).resolves.toMatchObject({ ReservedConcurrentExecutions: 100 });
    await expect(put(0, 'g')).resolves.toBeDefined();
    const settings = await account.client.send(new GetAccountSettingsCommand({}));
    expect(settings.AccountLimit).toMatchObject({
      ConcurrentExecutions: 1000,
      UnreservedConcurrentExecutions: 200,
    });
    expect(settings.AccountUsage).toMatchObject({ FunctionCount: 2 });
  });

  it('refuses less than nothing', async () => {
    await expect(put(-1)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('is recorded under the names that CloudTrail uses', async () => {
    await put(5);
    const reserved = account.lastEvent();
    await account.client.send(new DeleteFunctionConcurrencyCommand({ FunctionName: 'f' }));

    expect(reserved).toMatchObject({
      eventName: 'PutFunctionConcurrency20171031',
      requestParameters: { functionName: 'f', reservedConcurrentExecutions: 5 },
      responseElements: { reservedConcurrentExecutions: 5 },
    });
    expect(account.lastEvent()).toMatchObject({
      eventName: 'DeleteFunctionConcurrency20171031',
      requestParameters: { functionName: 'f' },
      responseElements: null,
    });
    const answer = await account.client.send(
      new GetFunctionConcurrencyCommand({ FunctionName: 'f' }),
    );
    expect(answer.ReservedConcurrentExecutions).toBeUndefined();
  });

  it('is answered as it was put', async () => {
    await put(5);

    const answer = await account.client.send(
      new GetFunctionConcurrencyCommand({ FunctionName: 'f' }),
    );

    expect(answer.ReservedConcurrentExecutions).toBe(5);
  });
});
