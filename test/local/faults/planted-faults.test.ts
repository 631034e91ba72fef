import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import {
  CreateFunctionCommand,
  GetFunctionCommand,
  LambdaClient,
  ListFunctionsCommand,
} from '@aws-sdk/client-lambda';
import { HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callService } from '../../../lib/local/account-core.ts';
import { findCaller } from '../../../lib/local/identity/principals.ts';
import { type FullAccount, startFullAccount } from '../full-account.ts';

const NOTHING = { Effect: 'Deny', Action: '*', Resource: '*' };
const GET = { service: 'lambda', operation: 'GetFunction' };

describe('a planted fault', () => {
  let account: FullAccount;
  let lambda: LambdaClient;
  let sqs: SQSClient;

  beforeEach(async () => {
    account = await startFullAccount();
    lambda = new LambdaClient(account.settings());
    sqs = new SQSClient(account.settings());
  });
  afterEach(async () => {
    lambda.destroy();
    sqs.destroy();
    await account.close();
  });

  const get = () =>
    lambda.send(new GetFunctionCommand({ FunctionName: 'f' })).catch((error: unknown) => {
      return error instanceof Error ? error.name : 'no error';
    });
  const createQueue = () => sqs.send(new CreateQueueCommand({ QueueName: 'q' }));

  it('answers an error in place of the service, which is in journal and CloudTrail', async () => {
    account.faults.add({
      service: 'sqs',
      operation: 'Create*',
      kind: 'error',
      name: 'KmsDisabled',
      status: 400,
      message: 'the key is disabled',
    });

    await expect(createQueue()).rejects.toMatchObject({
      name: 'KmsDisabled',
      message: 'the key is disabled',
      $metadata: { httpStatusCode: 400 },
    });

    expect(account.queues.byName.size).toBe(0);
    expect(account.journal.calls.at(-1)).toMatchObject({ status: 400, errorCode: 'KmsDisabled' });
    expect(account.records('CreateQueue')).toMatchObject([
      { errorCode: 'KmsDisabled', requestParameters: { queueName: 'q' }, responseElements: null },
    ]);
  });

  it.each([
    ['lambda', 'ListFunctions', 'TooManyRequestsException', 429],
    ['dynamodb', 'GetItem', 'ThrottlingException', 400],
    ['sqs', 'ListQueues', 'RequestThrottled', 403],
    ['s3', 'HeadBucket', 'Unknown', 503],
  ])('throttles %s in its own words', async (service, operation, name, status) => {
    account.faults.add({ service, operation, kind: 'throttle' });
    const s3 = new S3Client({ ...account.settings(), forcePathStyle: true });
    const dynamodb = new DynamoDBClient(account.settings());
    const calls: Readonly<Record<string, () => Promise<unknown>>> = {
      lambda: () => lambda.send(new ListFunctionsCommand({})),
      sqs: () => sqs.send(new ListQueuesCommand({})),
      s3: () => s3.send(new HeadBucketCommand({ Bucket: 'b' })),
      dynamodb: () => dynamodb.send(new GetItemCommand({ TableName: 't', Key: {} })),
    };

    await expect(calls[service]?.()).rejects.toMatchObject({
      name,
      $metadata: { httpStatusCode: status },
    });
    s3.destroy();
    dynamodb.destroy();
  });

  it('strikes the nth call only, or as many as it counts', async () => {
    account.faults.add({ ...GET, nth: 2, kind: 'throttle' });
    account.faults.add({ ...GET, count: 1, kind: 'error', name: 'Other', status: 500 });

    expect([await get(), await get(), await get()]).toEqual([
      'Other',
      'TooManyRequestsException',
      'ResourceNotFoundException',
    ]);
    expect(account.faults.list()).toEqual([
      { id: 'fault-1', ...GET, nth: 2, kind: 'throttle', seen: 3, hits: 1 },
      {
        id: 'fault-2',
        ...GET,
        count: 1,
        kind: 'error',
        name: 'Other',
        status: 500,
        seen: 2,
        hits: 1,
      },
    ]);
  });

  it('strikes by chance, the same calls with the same seed', async () => {
    const patternOf = async (seed: number) => {
      const other = await startFullAccount({ seed });
      const client = new LambdaClient(other.settings());
      other.faults.add({ ...GET, probability: 0.4, kind: 'throttle' });
      const names: string[] = [];
      for (let count = 0; count < 30; count += 1) {
        await client.send(new GetFunctionCommand({ FunctionName: 'f' })).catch((error: Error) => {
          names.push(error.name.slice(0, 1));
        });
      }
      client.destroy();
      await other.close();
      return names.join('');
    };

    const first = await patternOf(7);

    expect(await patternOf(7)).toBe(first);
    expect(await patternOf(8)).not.toBe(first);
    expect(first).toMatch(/T.*R.*T/);
  });

  it('strikes one caller, and not the others', async () => {
    const ann = new LambdaClient(account.settings(account.user('ann', NOTHING)));
    account.faults.add({ service: '*', operation: '*', caller: '*:user/ann', kind: 'throttle' });

    await expect(ann.send(new ListFunctionsCommand({}))).rejects.toThrow('Rate exceeded');
    ann.destroy();

    await expect(lambda.send(new ListFunctionsCommand({}))).resolves.toBeDefined();
  });

  it('keeps an answer back for as much virtual time as it says', async () => {
    account.faults.add({ ...GET, kind: 'latency', seconds: 30 });
    let ended = '';
    const asked = get().then((name) => {
      ended = String(name);
    });
    await expect.poll(() => account.core.heldRequests?.count('local')).toBe(1);

    await account.advance(29_999);
    expect(ended).toBe('');
    await account.advance(1);
    await asked;

    expect(ended).toBe('ResourceNotFoundException');
    expect(account.core.heldRequests?.count('local')).toBe(0);
  });

  it('resets the connection before the service sees the call', async () => {
    account.faults.add({ service: 'sqs', operation: 'CreateQueue', kind: 'reset' });

    await expect(createQueue()).rejects.toMatchObject({ code: 'ECONNRESET' });

    expect(account.queues.byName.size).toBe(0);
    expect(account.journal.calls).toEqual([]);
    expect(account.records('CreateQueue')).toEqual([]);
  });

  it('resets the connection after the service has done the call', async () => {
    account.faults.add({ service: 'sqs', operation: 'CreateQueue', kind: 'reset', after: true });

    await expect(createQueue()).rejects.toMatchObject({ code: 'ECONNRESET' });

    expect(account.queues.byName.size).toBe(1);
    expect(account.records('CreateQueue')).toHaveLength(1);
  });

  it('resets object storage too', async () => {
    account.faults.add({ service: 's3', operation: '*', kind: 'reset' });
    const s3 = new S3Client({ ...account.settings(), forcePathStyle: true });

    await expect(s3.send(new HeadBucketCommand({ Bucket: 'b' }))).rejects.toMatchObject({
      code: 'ECONNRESET',
    });
    s3.destroy();
  });

  it('is survived by a client that tries again, and its second attempt is counted', async () => {
    account.faults.add({ service: 'sqs', operation: 'CreateQueue', kind: 'reset', count: 1 });
    const stubborn = new SQSClient({ ...account.settings(), maxAttempts: 2 });

    await stubborn.send(new CreateQueueCommand({ QueueName: 'q' }));
    stubborn.destroy();

    expect(account.journal.calls).toMatchObject([{ operation: 'CreateQueue', attempt: 2 }]);
  });

  it('never answers where it hangs, until the client goes away', async () => {
    account.faults.add({ ...GET, kind: 'hang' });
    const asked = lambda.send(new GetFunctionCommand({ FunctionName: 'f' }), {
      abortSignal: AbortSignal.timeout(50),
    });

    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });

    await expect.poll(() => account.core.heldRequests?.count('local')).toBe(0);
    expect(account.journal.calls).toEqual([]);
  });

  it.each([
    [false, []],
    [true, [{ operation: 'GetFunction', status: 404 }]],
  ])(
    'crashes nobody who is no function, and resets the connection: after %s',
    async (after, calls) => {
      account.faults.add({ ...GET, kind: 'crash', after });

      await expect(
        lambda.send(new GetFunctionCommand({ FunctionName: 'f' })),
      ).rejects.toMatchObject({
        code: 'ECONNRESET',
      });

      expect(account.journal.calls).toMatchObject(calls);
      expect(account.faults.list()).toMatchObject([{ hits: 1 }]);
    },
  );

  it('strikes only who handles an event that names something', async () => {
    account.faults.add({ ...GET, kind: 'throttle', handling: 'orders-api' });

    expect(await get()).toBe('ResourceNotFoundException');
    expect(account.faults.list()).toMatchObject([{ seen: 0 }]);
  });

  it('can be removed, one or all', async () => {
    const first = account.faults.add({ ...GET, kind: 'throttle' });
    account.faults.add({ ...GET, kind: 'throttle' });

    expect(account.faults.remove(first)).toBe(true);
    expect(account.faults.remove(first)).toBe(false);
    expect(account.faults.list()).toHaveLength(1);
    account.faults.clear();

    expect(await get()).toBe('ResourceNotFoundException');
  });

  it('fails a call of CloudFormation, which has no connection to lose', async () => {
    account.faults.add({ service: 'sqs', operation: '*', kind: 'hang' });
    const caller = findCaller(account.core.principals, 'local');
    if (caller === undefined) throw new Error('no administrator');
    const served = { ...caller, invokedBy: 'cloudformation.amazonaws.com' };
    const call = () =>
      callService(account.core, served, { service: 'sqs', operation: 'ListQueues', input: {} });

    await expect(call()).resolves.toEqual({ QueueUrls: [] });
    account.faults.clear();
    account.faults.add({ service: 'sqs', operation: '*', kind: 'error', name: 'X', status: 500 });
    await expect(call()).rejects.toMatchObject({ code: 'X', message: 'planted fault' });
  });

  it('spares a function that AWS would not have created', async () => {
    account.faults.add({ service: 'lambda', operation: 'CreateFunction', kind: 'throttle' });
    const create = new CreateFunctionCommand({
      FunctionName: 'f',
      Role: 'arn:aws:iam::123456789012:role/lambda-role',
      Code: { ZipFile: Buffer.from('x') },
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
    });

    await expect(lambda.send(create)).rejects.toThrow('Rate exceeded');

    expect(account.records('CreateFunction20150331')).toMatchObject([
      { errorCode: 'TooManyRequestsException', requestParameters: { functionName: 'f' } },
    ]);
    expect(await get()).toBe('ResourceNotFoundException');
  });
});
