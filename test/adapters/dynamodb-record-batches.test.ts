import { BatchGetItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createReadRecords } from '../../functions/adapters/dynamodb-record-batches.ts';
import { newRecord } from '../../functions/core/record.ts';
import { recordKeyOf } from '../../functions/core/record-item.ts';
import { awsError } from '../support/aws-error.ts';

const dynamodb = mockClient(DynamoDBClient);
const readRecords = createReadRecords(new DynamoDBClient({ region: 'us-east-1' }), 'Records');
const arnOf = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
const itemOf = (name: string) => ({ record: { S: JSON.stringify(newRecord(arnOf(name))) } });
const leftOver = (...names: readonly string[]) => ({
  UnprocessedKeys: { Records: { Keys: names.map((name) => recordKeyOf(arnOf(name))) } },
});
const askedKeys = () =>
  dynamodb
    .commandCalls(BatchGetItemCommand)
    .map(({ args }) => args[0].input.RequestItems?.['Records']?.Keys?.length);

beforeEach(() => {
  dynamodb.reset();
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('readRecords', () => {
  it('reads them strongly consistent, each once, by one call a hundred', async () => {
    dynamodb.on(BatchGetItemCommand).resolves({ Responses: { Records: [itemOf('f-0'), {}] } });
    const arns = Array.from({ length: 101 }, (_, index) => arnOf(`f-${index}`));

    const records = await readRecords([...arns, ...arns]);

    expect([...records]).toEqual([[arnOf('f-0'), newRecord(arnOf('f-0'))]]);
    expect(askedKeys()).toEqual([100, 1]);
    expect(dynamodb.commandCalls(BatchGetItemCommand)[1]?.args[0].input).toEqual({
      RequestItems: { Records: { Keys: [recordKeyOf(arnOf('f-100'))], ConsistentRead: true } },
    });
  });

  it('makes no call for no functions', async () => {
    expect(await readRecords([])).toEqual(new Map());
    expect(dynamodb.calls()).toHaveLength(0);
  });

  it('asks again, after a while, for what AWS left over', async () => {
    dynamodb
      .on(BatchGetItemCommand)
      .resolvesOnce({ Responses: { Records: [itemOf('a')] }, ...leftOver('b', 'c') })
      .resolvesOnce(leftOver('b', 'c'))
      .resolvesOnce({ Responses: { Records: [itemOf('b'), itemOf('c')] }, UnprocessedKeys: {} });

    const reading = readRecords(['a', 'b', 'c'].map(arnOf));
    await vi.advanceTimersByTimeAsync(0);
    expect(askedKeys()).toEqual([3]);
    await vi.runAllTimersAsync();

    expect([...(await reading).keys()]).toEqual(['a', 'b', 'c'].map(arnOf));
    expect(askedKeys()).toEqual([3, 2, 2]);
  });

  it('gives up after some attempts', async () => {
    dynamodb.on(BatchGetItemCommand).resolves(leftOver('b'));

    const reading = expect(readRecords(['a', 'b'].map(arnOf))).rejects.toMatchObject({
      code: 'OBSERVATION_FAILED',
      message: 'could not read records: Error: 1 of 2 keys stay unprocessed',
    });
    await vi.runAllTimersAsync();

    await reading;
    expect(askedKeys()).toHaveLength(6);
  });

  it.each([
    ['AccessDeniedException', 400],
    ['ProvisionedThroughputExceededException', 400],
    ['TimeoutError', undefined],
  ])('throws OBSERVATION_FAILED at %s', async (name, status) => {
    dynamodb.on(BatchGetItemCommand).rejects(awsError(name, status));

    await expect(readRecords([arnOf('a')])).rejects.toMatchObject({
      code: 'OBSERVATION_FAILED',
      message: `could not read records: ${name}: because`,
    });
  });

  it('throws OBSERVATION_FAILED at a record that cannot be parsed', async () => {
    dynamodb
      .on(BatchGetItemCommand)
      .resolves({ Responses: { Records: [{ record: { S: 'broken' } }] } });

    await expect(readRecords([arnOf('a')])).rejects.toMatchObject({ code: 'OBSERVATION_FAILED' });
  });
});
