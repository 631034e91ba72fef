import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  ListTagsOfResourceCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateItemCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FullAccount, START_MS, startFullAccount } from '../full-account.ts';

const TABLE = 'records';
const ARN = `arn:aws:dynamodb:us-east-1:123456789012:table/${TABLE}`;
const DEFINITION = {
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' as const },
    { AttributeName: 'owner', AttributeType: 'S' as const },
  ],
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' as const }],
  BillingMode: 'PAY_PER_REQUEST' as const,
  GlobalSecondaryIndexes: [
    {
      IndexName: 'by-owner',
      KeySchema: [{ AttributeName: 'owner', KeyType: 'HASH' as const }],
      Projection: { ProjectionType: 'ALL' as const },
    },
  ],
};

interface Named {
  readonly TableName: string;
}

let account: FullAccount;
let client: DynamoDBClient;

beforeAll(async () => {
  account = await startFullAccount();
  client = new DynamoDBClient(account.settings());
  const Tags = [{ Key: 'team', Value: 'platform' }];
  await client.send(new CreateTableCommand({ TableName: TABLE, ...DEFINITION, Tags }));
});

afterAll(async () => {
  client.destroy();
  await account.close();
});

describe('tables', () => {
  it('describes a table with the ARN, region and time of this account', async () => {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: TABLE }));
    expect(Table).toMatchObject({
      TableName: TABLE,
      TableArn: ARN,
      TableStatus: 'ACTIVE',
      CreationDateTime: new Date(START_MS),
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
      GlobalSecondaryIndexes: [{ IndexArn: `${ARN}/index/by-owner` }],
    });
  });

  it('answers a local index with the ARN of this account', async () => {
    const KeySchema = [
      { AttributeName: 'pk', KeyType: 'HASH' as const },
      { AttributeName: 'owner', KeyType: 'RANGE' as const },
    ];
    const { TableDescription } = await client.send(
      new CreateTableCommand({
        TableName: 'with-local-index',
        AttributeDefinitions: DEFINITION.AttributeDefinitions,
        KeySchema,
        ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
        LocalSecondaryIndexes: [
          { IndexName: 'local', KeySchema, Projection: { ProjectionType: 'ALL' } },
        ],
      }),
    );
    expect(TableDescription?.LocalSecondaryIndexes?.[0]?.IndexArn).toBe(
      'arn:aws:dynamodb:us-east-1:123456789012:table/with-local-index/index/local',
    );
  });

  it('lists tables', async () => {
    const { TableNames } = await client.send(new ListTablesCommand({}));
    expect(TableNames).toContain(TABLE);
  });

  it('refuses a table that exists, in the words of AWS', async () => {
    const again = client.send(new CreateTableCommand({ TableName: TABLE, ...DEFINITION }));
    await expect(again).rejects.toMatchObject({
      name: 'ResourceInUseException',
      message: `Table already exists: ${TABLE}`,
    });
  });

  it.each([
    ['DescribeTable', (input: Named) => client.send(new DescribeTableCommand(input))],
    ['DeleteTable', (input: Named) => client.send(new DeleteTableCommand(input))],
    ['DescribeTimeToLive', (input: Named) => client.send(new DescribeTimeToLiveCommand(input))],
  ])('answers ResourceNotFoundException to %s of a table that is missing', async (_, call) => {
    await expect(call({ TableName: 'missing' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Requested resource not found: Table: missing not found',
    });
  });

  it('changes the throughput of a table and deletes it, and records both', async () => {
    const TableName = 'short-lived';
    const units = (n: number) => ({ ReadCapacityUnits: n, WriteCapacityUnits: n });
    await client.send(
      new CreateTableCommand({
        TableName,
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: DEFINITION.KeySchema,
        ProvisionedThroughput: units(1),
      }),
    );
    await client.send(new UpdateTableCommand({ TableName, ProvisionedThroughput: units(2) }));
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    expect(Table?.ProvisionedThroughput?.ReadCapacityUnits).toBe(2);
    const { TableDescription } = await client.send(new DeleteTableCommand({ TableName }));
    expect(TableDescription?.CreationDateTime).toEqual(new Date(START_MS));
    await expect(client.send(new DescribeTableCommand({ TableName }))).rejects.toThrow();
    expect(account.records('UpdateTable')).toHaveLength(1);
    expect(account.records('DeleteTable').at(-1)).toMatchObject({
      eventSource: 'dynamodb.amazonaws.com',
      requestParameters: { tableName: TableName },
    });
  });

  it('keeps the tags that a table was created with, and changes them', async () => {
    const read = async () =>
      (await client.send(new ListTagsOfResourceCommand({ ResourceArn: ARN }))).Tags;
    expect(await read()).toEqual([{ Key: 'team', Value: 'platform' }]);
    await client.send(
      new TagResourceCommand({ ResourceArn: ARN, Tags: [{ Key: 'stage', Value: 'demo' }] }),
    );
    await client.send(new UntagResourceCommand({ ResourceArn: ARN, TagKeys: ['team'] }));
    expect(await read()).toEqual([{ Key: 'stage', Value: 'demo' }]);
  });

  it('remembers point-in-time recovery', async () => {
    const status = async () =>
      (await client.send(new DescribeContinuousBackupsCommand({ TableName: TABLE })))
        .ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus;
    expect(await status()).toBe('DISABLED');
    await client.send(
      new UpdateContinuousBackupsCommand({
        TableName: TABLE,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      }),
    );
    expect(await status()).toBe('ENABLED');
  });

  it('can be restored to any moment since then but the last five minutes', async () => {
    await account.advance(3_600_000);
    const { ContinuousBackupsDescription } = await client.send(
      new DescribeContinuousBackupsCommand({ TableName: TABLE }),
    );

    expect(ContinuousBackupsDescription?.PointInTimeRecoveryDescription).toMatchObject({
      EarliestRestorableDateTime: new Date(account.clock.nowMs() - 3_600_000),
      LatestRestorableDateTime: new Date(account.clock.nowMs() - 300_000),
    });
  });

  it('are kept while they are protected against deletion', async () => {
    const TableName = 'protected';
    const definition = { ...DEFINITION, DeletionProtectionEnabled: true };
    await client.send(new CreateTableCommand({ TableName, ...definition }));

    await expect(client.send(new DeleteTableCommand({ TableName }))).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringMatching(/^Resource cannot be deleted/) as string,
    });
    const { TableDescription } = await client.send(
      new UpdateTableCommand({ TableName, DeletionProtectionEnabled: false }),
    );
    expect(TableDescription?.DeletionProtectionEnabled).toBe(false);
    await client.send(new DeleteTableCommand({ TableName }));
  });
});

describe('items', () => {
  const Key = { pk: { S: 'a' } };

  it('round-trips every kind of attribute', async () => {
    const Item = {
      ...Key,
      owner: { S: 'ops' },
      count: { N: '12' },
      bytes: { B: new Uint8Array([1, 2, 255]) },
      list: { L: [{ BOOL: true }, { NULL: true }] },
      names: { SS: ['x', 'y'] },
      map: { M: { inner: { S: 'ö' } } },
    };
    await client.send(new PutItemCommand({ TableName: TABLE, Item }));
    const { Item: read } = await client.send(new GetItemCommand({ TableName: TABLE, Key }));
    expect(read).toEqual(Item);
  });

  it('takes the ARN of a table in place of its name', async () => {
    const { Item } = await client.send(new GetItemCommand({ TableName: ARN, Key }));
    expect(Item?.['owner']).toEqual({ S: 'ops' });
  });

  it('answers the refusal of a condition as AWS does', async () => {
    const put = new PutItemCommand({
      TableName: TABLE,
      Item: Key,
      ConditionExpression: 'attribute_not_exists(pk)',
    });
    await expect(client.send(put)).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
      message: 'The conditional request failed',
    });
  });

  it('updates, queries by index, scans, reads and writes batches, and deletes', async () => {
    const { Attributes } = await client.send(
      new UpdateItemCommand({
        TableName: TABLE,
        Key,
        UpdateExpression: 'SET #count = #count + :one',
        ExpressionAttributeNames: { '#count': 'count' },
        ExpressionAttributeValues: { ':one': { N: '1' } },
        ReturnValues: 'UPDATED_NEW',
      }),
    );
    expect(Attributes).toEqual({ count: { N: '13' } });
    const { Count } = await client.send(
      new QueryCommand({
        TableName: TABLE,
        IndexName: 'by-owner',
        KeyConditionExpression: '#owner = :owner',
        ExpressionAttributeNames: { '#owner': 'owner' },
        ExpressionAttributeValues: { ':owner': { S: 'ops' } },
      }),
    );
    expect(Count).toBe(1);
    const Item = { pk: { S: 'b' } };
    await client.send(
      new BatchWriteItemCommand({ RequestItems: { [TABLE]: [{ PutRequest: { Item } }] } }),
    );
    const { Responses } = await client.send(
      new BatchGetItemCommand({ RequestItems: { [TABLE]: { Keys: [Item] } } }),
    );
    expect(Responses?.[TABLE]).toEqual([Item]);
    await client.send(new DeleteItemCommand({ TableName: TABLE, Key: Item }));
    expect((await client.send(new ScanCommand({ TableName: TABLE }))).Count).toBe(1);
  });

  it('journals a call with its outcome', async () => {
    await client.send(new GetItemCommand({ TableName: TABLE, Key }));
    expect(account.journal.calls.at(-1)).toMatchObject({
      service: 'dynamodb',
      operation: 'GetItem',
      status: 200,
      caller: 'arn:aws:iam::123456789012:user/local-admin',
    });
  });
});

describe('permissions', () => {
  it('lets a user read what its policy allows and refuses the rest, in the words of AWS', async () => {
    const reader = new DynamoDBClient(
      account.settings(
        account.user('reader', { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: ARN }),
      ),
    );
    const Key = { pk: { S: 'a' } };
    await expect(reader.send(new GetItemCommand({ TableName: TABLE, Key }))).resolves.toBeDefined();
    await expect(
      reader.send(new PutItemCommand({ TableName: TABLE, Item: Key })),
    ).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `User: arn:aws:iam::123456789012:user/reader is not authorized to perform: dynamodb:PutItem on resource: ${ARN} because no identity-based policy allows the dynamodb:PutItem action`,
      $metadata: { httpStatusCode: 400 },
    });
    reader.destroy();
  });
});

describe('expiry', () => {
  const expire = (Enabled: boolean) =>
    client.send(
      new UpdateTimeToLiveCommand({
        TableName: TABLE,
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled },
      }),
    );
  const status = async () =>
    (await client.send(new DescribeTimeToLiveCommand({ TableName: TABLE }))).TimeToLiveDescription;
  const put = (pk: string, afterMs: number) =>
    client.send(
      new PutItemCommand({
        TableName: TABLE,
        Item: {
          pk: { S: pk },
          expiresAt: { N: String((account.clock.nowMs() + afterMs) / 1000) },
        },
      }),
    );
  const keys = async () =>
    (await client.send(new ScanCommand({ TableName: TABLE }))).Items?.map(({ pk }) => pk?.S);

  it('deletes expired items within two days of virtual time, and keeps the others', async () => {
    expect(await status()).toEqual({ TimeToLiveStatus: 'DISABLED' });
    await expire(true);
    expect(await status()).toEqual({
      TimeToLiveStatus: 'ENABLED',
      AttributeName: 'expiresAt',
    });
    await put('expired', 60_000);
    await put('kept', 5 * 86_400_000);
    await account.advance(2 * 86_400_000);
    expect(await keys()).toEqual(expect.arrayContaining(['a', 'kept']));
    expect(await keys()).not.toContain('expired');
  });

  it('refuses to enable what is enabled, in the words of AWS', async () => {
    await expect(expire(true)).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'TimeToLive is already enabled',
    });
  });

  it('keeps expired items once it is disabled', async () => {
    await expire(false);
    await put('old', 1000);
    await account.advance(3 * 86_400_000);
    expect(await keys()).toContain('old');
  });
});
