import {
  CreateEventSourceMappingCommand,
  type CreateEventSourceMappingCommandInput,
  CreateFunctionCommand,
  DeleteEventSourceMappingCommand,
  DeleteFunctionCommand,
  GetEventSourceMappingCommand,
  ListEventSourceMappingsCommand,
  PutFunctionConcurrencyCommand,
  UpdateEventSourceMappingCommand,
  type UpdateEventSourceMappingCommandInput,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OBEDIENT } from './deployed-code.ts';
import {
  ATTACHMENT,
  allow,
  MINIMAL,
  type SmallAccount,
  startSmallAccount,
} from './small-account.ts';

const QUEUE = 'arn:aws:sqs:us-east-1:123456789012:work';
const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:f';
const DAY_MS = 24 * 3_600_000;

describe('an event source mapping', () => {
  let account: SmallAccount;
  const map = async (input: Partial<CreateEventSourceMappingCommandInput> = {}) => {
    const answer = await account.client.send(
      new CreateEventSourceMappingCommand({
        FunctionName: 'f',
        EventSourceArn: QUEUE,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ...input,
      }),
    );
    await account.core.clock.advance(1000);
    return answer;
  };
  const update = async (
    UUID: string | undefined,
    input: Omit<UpdateEventSourceMappingCommandInput, 'UUID'>,
  ) => {
    await account.client.send(new UpdateEventSourceMappingCommand({ UUID, ...input }));
    await account.core.clock.advance(1000);
  };
  const read = (UUID: string | undefined) =>
    account.client.send(new GetEventSourceMappingCommand({ UUID }));
  const send = async (...bodies: readonly string[]) => {
    for (const body of bodies) account.queues.send(QUEUE, { body });
    await account.core.clock.settle();
  };
  const left = () => account.queues.peek(QUEUE).map(({ body }) => body);
  const runs = () => account.core.journal.invocations.length;
  const reserve = (ReservedConcurrentExecutions: number) =>
    account.client.send(
      new PutFunctionConcurrencyCommand({ FunctionName: 'f', ReservedConcurrentExecutions }),
    );

  beforeEach(async () => {
    account = await startSmallAccount();
    account.queues.add(QUEUE);
    account.objects.set('assets/f.zip', OBEDIENT);
    await account.client.send(
      new CreateFunctionCommand({
        FunctionName: 'f',
        ...MINIMAL,
        Handler: 'index.handler',
        Code: { S3Bucket: 'assets', S3Key: 'f.zip' },
      }),
    );
    await account.core.clock.advance(1000);
  });
  afterEach(async () => {
    await account.close();
  });

  it('is made, then enabled', async () => {
    const made = await map({ ScalingConfig: { MaximumConcurrency: 2 } });

    const enabled = await read(made.UUID);
    expect(made).toMatchObject({ State: 'Creating', FunctionArn: FUNCTION, BatchSize: 10 });
    expect(enabled).toMatchObject({
      State: 'Enabled',
      EventSourceArn: QUEUE,
      MaximumBatchingWindowInSeconds: 0,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 2 },
      LastModified: new Date(account.core.clock.nowMs() - 1000),
    });
    expect(account.lastEvent()).toMatchObject({
      eventName: 'CreateEventSourceMapping20150331',
      requestParameters: { functionName: 'f', eventSourceArn: QUEUE },
    });
  });

  it('hands messages to the function in batches and removes them', async () => {
    await map({ BatchSize: 2 });

    await send('a', 'b', 'c');

    expect(left()).toEqual([]);
    expect(runs()).toBe(2);
  });

  it('takes what was waiting when it became enabled', async () => {
    await send('a');
    await map();

    expect(left()).toEqual([]);
  });

  it('leaves the messages that the function reports until they are visible again', async () => {
    await map();

    await send('good', 'bad');
    const before = { left: left(), runs: runs() };
    await account.core.clock.advance(30_000);

    expect(before).toEqual({ left: ['bad'], runs: 1 });
    expect(runs()).toBe(2);
  });

  it('ignores what is reported where it does not want reports', async () => {
    await map({ FunctionResponseTypes: [] });

    await send('bad');

    expect(left()).toEqual([]);
  });

  it('leaves every message of a batch whose function failed', async () => {
    const { UUID } = await map();
    await account.client.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: 'f', Handler: 'index.missing' }),
    );
    await account.core.clock.advance(1000);

    await send('a', 'b');

    expect(left()).toEqual(['a', 'b']);
    expect((await read(UUID)).LastProcessingResult).toBe('PROBLEM: Function call failed');
  });

  it('works on no more batches at once than its maximum', async () => {
    await map({ BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } });
    account.queues.send(QUEUE, { body: 'a' });
    account.queues.send(QUEUE, { body: 'b' });
    account.queues.send(QUEUE, { body: 'c' });
    await Promise.resolve();
    await Promise.resolve();

    const taken = account.queues.receive(QUEUE, 10).map(({ body }) => body);

    expect(taken).toEqual(['c']);
  });

  it('leaves messages while the function is throttled, and takes them after', async () => {
    await map();
    await reserve(0);
    await send('a');
    const whileThrottled = left();

    await reserve(1);
    await account.core.clock.settle();

    expect(whileThrottled).toEqual(['a']);
    expect(left()).toEqual([]);
  });

  it('consumes nothing while the role lacks a permission, says so, and goes on once it has it', async () => {
    const { UUID } = await map();
    const role = account.role('lambda-role');
    account.setPolicy(role, allow(['sqs:ReceiveMessage', 'sqs:GetQueueAttributes']));
    await send('a');
    await send('b');
    const problem = await read(UUID);
    const whileRefused = left();

    account.setPolicy(role, allow(['sqs:*']));
    await account.core.clock.advance(60_000);

    expect(problem.LastProcessingResult).toBe(
      'PROBLEM: The provided execution role does not have permissions to call DeleteMessage on SQS',
    );
    expect(whileRefused).toEqual(['a', 'b']);
    expect(left()).toEqual([]);
    expect((await read(UUID)).LastProcessingResult).toBe('OK');
  });

  it('wakes an idle function, by messages only', async () => {
    await map();
    await account.client.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: 'f', VpcConfig: ATTACHMENT }),
    );
    await account.core.clock.advance(75_000 + 14 * DAY_MS);
    await reserve(10);
    await account.core.clock.advance(75_000);
    await send('a');
    const whileIdle = left();

    await account.core.clock.advance(75_000);

    expect(whileIdle).toEqual(['a']);
    expect(left()).toEqual([]);
  });

  it('stops when it is disabled, and goes on when it is enabled', async () => {
    const { UUID } = await map();
    await update(UUID, { Enabled: false, BatchSize: 5 });
    await send('a');
    const whileDisabled = left();

    await update(UUID, { Enabled: true });

    expect(whileDisabled).toEqual(['a']);
    expect(left()).toEqual([]);
    expect(await read(UUID)).toMatchObject({ State: 'Enabled', BatchSize: 5 });
  });

  it('keeps what an update does not name, and loses a maximum that an update empties', async () => {
    const { UUID } = await map({ ScalingConfig: { MaximumConcurrency: 3 }, Enabled: false });

    await update(UUID, { BatchSize: 4 });
    const kept = await read(UUID);
    await update(UUID, { ScalingConfig: {} });

    expect(kept).toMatchObject({
      State: 'Disabled',
      ScalingConfig: { MaximumConcurrency: 3 },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
    expect((await read(UUID)).ScalingConfig).toBeUndefined();
  });

  it('stops when it is deleted, and is gone', async () => {
    const { UUID } = await map();
    const deleted = await account.client.send(new DeleteEventSourceMappingCommand({ UUID }));
    await send('a');
    await expect(
      account.client.send(new DeleteEventSourceMappingCommand({ UUID })),
    ).rejects.toMatchObject({ name: 'ResourceInUseException' });

    await account.core.clock.advance(1000);

    expect(deleted.State).toBe('Deleting');
    expect(left()).toEqual(['a']);
    await expect(read(UUID)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('leaves messages alone once its function is gone', async () => {
    await map();
    await account.client.send(new DeleteFunctionCommand({ FunctionName: 'f' }));

    await send('a');

    expect(left()).toEqual(['a']);
  });

  it('is listed by queue and by function', async () => {
    await map();
    const list = async (input: object) => {
      const answer = await account.client.send(new ListEventSourceMappingsCommand(input));
      return answer.EventSourceMappings?.length;
    };

    expect(await list({})).toBe(1);
    expect(await list({ FunctionName: 'f', EventSourceArn: QUEUE })).toBe(1);
    expect(await list({ FunctionName: 'g' })).toBe(0);
    expect(await list({ EventSourceArn: `${QUEUE}s` })).toBe(0);
  });

  it('is listed in pages', async () => {
    await map();
    account.queues.add(`${QUEUE}-2`);
    await map({ EventSourceArn: `${QUEUE}-2` });

    const first = await account.client.send(new ListEventSourceMappingsCommand({ MaxItems: 1 }));
    const second = await account.client.send(
      new ListEventSourceMappingsCommand({ MaxItems: 1, Marker: first.NextMarker }),
    );

    expect(second.EventSourceMappings).toHaveLength(1);
    expect(second.NextMarker).toBeUndefined();
  });

  it.each<[string, Partial<CreateEventSourceMappingCommandInput>, RegExp]>([
    ['a queue that does not exist', { EventSourceArn: `${QUEUE}s` }, /queue does not exist/],
    [
      'what is not a queue',
      { EventSourceArn: 'arn:aws:kinesis:x' },
      /^Unrecognized event source\.$/,
    ],
    ['no source', { EventSourceArn: undefined }, /^Unrecognized event source\.$/],
    ['a function that does not exist', { FunctionName: 'g' }, /^Function does not exist$/],
    ['empty batches', { BatchSize: 0 }, /'batchSize' failed/],
    ['large batches without a window', { BatchSize: 11 }, /Maximum batch window/],
    [
      'a maximum of 1',
      { ScalingConfig: { MaximumConcurrency: 1 } },
      /'scalingConfig.maximumConcurrency' failed/,
    ],
  ])('is refused for %s', async (_what, input, message) => {
    await expect(map(input)).rejects.toThrow(message);
  });

  it('is refused twice for the same queue and function', async () => {
    await map();

    await expect(map()).rejects.toMatchObject({ name: 'ResourceConflictException' });
  });

  it('is refused where the role may not read the queue', async () => {
    account.setPolicy(account.role('lambda-role'), undefined);

    await expect(map()).rejects.toThrow(
      'The provided execution role does not have permissions to call ReceiveMessage on SQS',
    );
  });

  it('is judged by its own ARN', async () => {
    const { UUID } = await map();
    const client = account.userClient('ada', allow(['s3:*']));

    await expect(client.send(new GetEventSourceMappingCommand({ UUID }))).rejects.toThrow(
      `lambda:GetEventSourceMapping on resource: arn:aws:lambda:us-east-1:123456789012:event-source-mapping:${UUID}`,
    );
  });
});
