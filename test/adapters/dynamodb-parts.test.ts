import { DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createPartPorts, readReport } from '../../functions/adapters/dynamodb-parts.ts';
import { packList, unpackList } from '../../functions/core/pack-list.ts';
import { reportedOf } from '../support/account-contract.ts';
import { awsError } from '../support/aws-error.ts';
import { seenOf } from '../support/sweep-contract.ts';

const NOW_MS = 1_795_338_000_000;
const dynamodb = mockClient(DynamoDBClient);
const client = new DynamoDBClient({ region: 'us-east-1' });
const ports = createPartPorts({ client, tableName: 'Records', nowMs: () => NOW_MS });

const itemOf = async (sk: string, items: number, list: readonly unknown[]) => {
  const [bytes = new Uint8Array()] = await packList(list, 100_000);
  return { sk: { S: sk }, items: { N: String(items) }, list: { B: bytes } };
};
const readSeen = async (parts: number) => {
  const names: string[] = [];
  for await (const { functionName } of ports.readSeen('one', parts)) names.push(functionName);
  return names;
};

beforeEach(() => {
  dynamodb.reset();
  dynamodb.on(PutItemCommand).resolves({});
});

describe('what is kept of a sweep and of a rescan', () => {
  it.each([
    ['sweep#one', 'seen#000003#000001', 1, () => ports.keepSeen('one', 3, [seenOf('a')])],
    ['report#one', 'part#000001', 90, () => ports.keepReport('one', [reportedOf()])],
  ] as const)('is an item at %s %s that expires after %i days', async (pk, sk, days, keep) => {
    await keep();

    expect(dynamodb.calls()).toHaveLength(1);
    const { TableName, Item } = dynamodb.commandCalls(PutItemCommand)[0]?.args[0].input ?? {};
    expect(TableName).toBe('Records');
    expect(Item).toEqual({
      pk: { S: pk },
      sk: { S: sk },
      items: { N: '1' },
      list: { B: expect.any(Uint8Array) },
      expiresAt: { N: String(NOW_MS / 1000 + days * 86_400) },
    });
    expect(await unpackList(Item?.['list']?.B)).toHaveLength(1);
  });

  it.each([
    ['AccessDeniedException', 400, 'REMEDIATION_DENIED'],
    ['ProvisionedThroughputExceededException', 400, 'REMEDIATION_FAILED'],
    ['ValidationException', 400, 'REMEDIATION_FAILED'],
    ['InternalServerError', 500, 'REMEDIATION_FAILED'],
  ])('translates %s to %s %s', async (name, status, code) => {
    dynamodb.on(PutItemCommand).rejects(awsError(name, status));

    await expect(ports.keepSeen('one', 0, [])).rejects.toMatchObject({
      code,
      message: `could not keep what sweep \`one\` has listed: ${name}: because`,
    });
    await expect(ports.keepReport('one', [])).rejects.toMatchObject({
      code,
      message: `could not keep report \`one\`: ${name}: because`,
    });
  });
});

describe('readSeen', () => {
  it('asks for so many parts, over all pages', async () => {
    const LastEvaluatedKey = { pk: { S: 'more' } };
    dynamodb
      .on(QueryCommand)
      .resolvesOnce({
        Items: [await itemOf('seen#000000#000001', 2, [seenOf('a')])],
        LastEvaluatedKey,
      })
      .resolvesOnce({ LastEvaluatedKey })
      .resolvesOnce({
        Items: [
          await itemOf('seen#000000#000002', 2, [seenOf('b')]),
          await itemOf('seen#000001#000001', 1, [seenOf('c')]),
          await itemOf('seen#000001#000002', 3, [seenOf('of a writer before')]),
        ],
      });

    expect(await readSeen(2)).toEqual(['a', 'b', 'c']);
    expect(dynamodb).toHaveReceivedCommandWith(QueryCommand, {
      TableName: 'Records',
      KeyConditionExpression: 'pk = :pk AND sk < :before',
      ExpressionAttributeValues: { ':pk': { S: 'sweep#one' }, ':before': { S: 'seen#000002' } },
      ConsistentRead: true,
    });
  });

  it.each([
    ['no part', []],
    ['a part too few', [['seen#000000#000001', 1]]],
    [
      'half a part',
      [
        ['seen#000000#000001', 1],
        ['seen#000001#000001', 2],
      ],
    ],
    [
      'a part that begins in the middle',
      [
        ['seen#000000#000001', 1],
        ['seen#000001#000002', 2],
      ],
    ],
  ] as const)('says so where there is %s', async (_, found) => {
    const Items = await Promise.all(found.map(([sk, items]) => itemOf(sk, items, [])));
    dynamodb.on(QueryCommand).resolves({ Items });

    await expect(readSeen(2)).rejects.toMatchObject({
      code: 'OBSERVATION_FAILED',
      message: 'could not read what sweep `one` has listed: Error: it is not there, or not whole',
    });
  });
});

describe('readReport', () => {
  it.each([
    ['AccessDeniedException', 400],
    ['InternalServerError', 500],
    ['TimeoutError', undefined],
  ])('throws OBSERVATION_FAILED at %s, and so does readSeen', async (name, status) => {
    dynamodb.on(QueryCommand).rejects(awsError(name, status));

    await expect(readReport(client, 'Records', 'one')).rejects.toMatchObject({
      code: 'OBSERVATION_FAILED',
      message: `could not read report \`one\`: ${name}: because`,
    });
    await expect(readSeen(1)).rejects.toMatchObject({ code: 'OBSERVATION_FAILED' });
  });

  it('throws OBSERVATION_FAILED at an item that holds no list', async () => {
    dynamodb
      .on(QueryCommand)
      .resolves({ Items: [{ sk: { S: 'part#000001' }, items: { N: '1' }, list: { S: 'text' } }] });

    await expect(readReport(client, 'Records', 'one')).rejects.toMatchObject({
      code: 'OBSERVATION_FAILED',
    });
  });
});
