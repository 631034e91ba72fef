import {
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  createKeepHistory,
  readHistory,
  readHistorySince,
} from '../../functions/adapters/dynamodb-history.ts';
import { awsError } from '../support/aws-error.ts';
import { entryOf } from '../support/history-contract.ts';

const dynamodb = mockClient(DynamoDBClient);
const client = new DynamoDBClient({ region: 'us-east-1' });
const keepHistory = createKeepHistory(client, 'Records');
const ARN = entryOf().functionArn;

beforeEach(() => {
  dynamodb.reset();
});

describe('createKeepHistory', () => {
  it('leaves an entry beside the record, which expires after 90 days and is never written over', async () => {
    dynamodb.on(PutItemCommand).resolves({});
    const entry = entryOf({ generation: 2, version: 37, step: 4 });

    await keepHistory([entry]);

    expect(dynamodb.commandCalls(PutItemCommand)[0]?.args[0].input).toEqual({
      TableName: 'Records',
      Item: {
        pk: { S: `function#${ARN}` },
        sk: { S: 'history#000000000002#000000000037#entry-1' },
        entry: { S: JSON.stringify(entry) },
        expiresAt: { N: String(1_795_338_000 + 90 * 86_400) },
      },
      ConditionExpression: 'attribute_not_exists(pk)',
    });
  });

  it('takes what was kept before as kept, and keeps the rest', async () => {
    dynamodb
      .on(PutItemCommand)
      .rejectsOnce(awsError('ConditionalCheckFailedException', 400))
      .resolves({});

    await keepHistory([entryOf(), entryOf({ id: 'entry-2' })]);

    expect(dynamodb).toHaveReceivedCommandTimes(PutItemCommand, 2);
  });

  it.each([
    ['AccessDeniedException', 400, 'REMEDIATION_DENIED'],
    ['ProvisionedThroughputExceededException', 400, 'REMEDIATION_FAILED'],
    ['ResourceNotFoundException', 400, 'REMEDIATION_FAILED'],
    ['ItemCollectionSizeLimitExceededException', 400, 'REMEDIATION_FAILED'],
    ['InternalServerError', 500, 'REMEDIATION_FAILED'],
  ])('translates %s to %s %s', async (name, status, code) => {
    dynamodb.on(PutItemCommand).rejects(awsError(name, status));

    await expect(keepHistory([entryOf()])).rejects.toMatchObject({
      code,
      message: `could not keep the history of \`${ARN}\`: ${name}: because`,
    });
  });
});

describe('readHistory', () => {
  it('reads only the history, as it is now', async () => {
    dynamodb.on(QueryCommand).resolves({});

    expect(await readHistory(client, 'Records', ARN)).toEqual([]);
    expect(dynamodb).toHaveReceivedCommandWith(QueryCommand, {
      TableName: 'Records',
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': { S: `function#${ARN}` }, ':prefix': { S: 'history#' } },
      ConsistentRead: true,
    });
  });

  it('passes over an item that holds no entry', async () => {
    const entry = entryOf();
    dynamodb
      .on(QueryCommand)
      .resolves({ Items: [{ sk: { S: 'history#' } }, { entry: { S: JSON.stringify(entry) } }] });

    expect(await readHistory(client, 'Records', ARN)).toEqual([entry]);
  });

  it('throws OBSERVATION_FAILED when it cannot be read', async () => {
    dynamodb.on(QueryCommand).rejects(awsError('AccessDeniedException', 400));

    await expect(readHistory(client, 'Records', ARN)).rejects.toMatchObject({
      code: 'OBSERVATION_FAILED',
      message: `could not read the history of \`${ARN}\`: AccessDeniedException: because`,
    });
  });
});

describe('readHistorySince', () => {
  const itemOf = (given: Parameters<typeof entryOf>[0]) => ({
    entry: { S: JSON.stringify(entryOf(given)) },
  });

  it('goes through every page, and puts what it finds into the order of time', async () => {
    dynamodb
      .on(ScanCommand)
      .resolvesOnce({ Items: [itemOf({ id: 'b', atMs: 9 })], LastEvaluatedKey: { pk: { S: 'x' } } })
      .resolves({ Items: [itemOf({ id: 'a', atMs: 7 }), itemOf({ id: 'c', atMs: 9, step: 1 })] });

    const entries = await readHistorySince(client, 'Records', 1_795_338_000_000);

    expect(entries.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(dynamodb.commandCalls(ScanCommand)[0]?.args[0].input).toMatchObject({
      FilterExpression: 'begins_with(sk, :prefix) AND expiresAt >= :since',
      ExpressionAttributeValues: {
        ':prefix': { S: 'history#' },
        ':since': { N: String(1_795_338_000 + 90 * 86_400) },
      },
    });
  });

  it('says that it could not read', async () => {
    dynamodb.on(ScanCommand).rejects(awsError('AccessDeniedException', 400));

    await expect(readHistorySince(client, 'Records', 0)).rejects.toMatchObject({
      code: 'OBSERVATION_FAILED',
    });
  });
});
