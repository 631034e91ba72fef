import type { AttributeValue, CreateTableCommandInput, DynamoDB } from '@aws-sdk/client-dynamodb';
import { refused } from './watched-service.ts';

const TableName = 'records';
const NONE = { TableName: 'none' };
const TABLE_ARN = 'arn:aws:dynamodb:us-east-1:123456789012:table/records';
const TIME_TO_LIVE = { TimeToLiveSpecification: { Enabled: true, AttributeName: 'expiry' } };
const RECOVERABLE = { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } };
const Tags = [{ Key: 'team', Value: 'payments' }];
const ITEM: Record<string, AttributeValue> = {
  pk: { S: 'one' },
  text: { S: 'x' },
  number: { N: '1' },
  bytes: { B: new Uint8Array([0, 255]) },
  texts: { SS: ['x'] },
  numbers: { NS: ['1'] },
  chunks: { BS: [new Uint8Array([0])] },
  map: { M: { inner: { S: 'x' } } },
  list: { L: [{ S: 'x' }] },
  nothing: { NULL: true },
  truth: { BOOL: true },
};
const Key = { pk: { S: 'one' } };

/** A table as the guardrail has one, and its items. */
export async function walkDynamodb(dynamodb: DynamoDB): Promise<void> {
  const table: CreateTableCommandInput = {
    TableName,
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'text', AttributeType: 'S' },
    ],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
    GlobalSecondaryIndexes: [
      {
        IndexName: 'by-text',
        KeySchema: [{ AttributeName: 'text', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['number'] },
      },
    ],
    Tags,
  };
  await dynamodb.createTable(table);
  await dynamodb.createTable({ ...table, TableName: 'others' });
  await refused(dynamodb.createTable(table), dynamodb.describeTable(NONE));
  await dynamodb.describeTable({ TableName });
  await dynamodb.listTables({ Limit: 1 });
  await walkSettings(dynamodb);
  await walkTags(dynamodb);
  await walkItems(dynamodb);
  await dynamodb.deleteTable({ TableName });
  await refused(dynamodb.deleteTable(NONE));
}

async function walkSettings(dynamodb: DynamoDB): Promise<void> {
  await dynamodb.updateTimeToLive({ TableName, ...TIME_TO_LIVE });
  await dynamodb.describeTimeToLive({ TableName });
  await dynamodb.updateContinuousBackups({ TableName, ...RECOVERABLE });
  await dynamodb.describeContinuousBackups({ TableName });
  await refused(
    dynamodb.updateTimeToLive({ ...NONE, ...TIME_TO_LIVE }),
    dynamodb.describeTimeToLive(NONE),
    dynamodb.updateContinuousBackups({ ...NONE, ...RECOVERABLE }),
    dynamodb.describeContinuousBackups(NONE),
  );
}

async function walkTags(dynamodb: DynamoDB): Promise<void> {
  const ResourceArn = `${TABLE_ARN.replace('records', 'none')}`;
  await dynamodb.tagResource({ ResourceArn: TABLE_ARN, Tags });
  await dynamodb.listTagsOfResource({ ResourceArn: TABLE_ARN });
  await dynamodb.untagResource({ ResourceArn: TABLE_ARN, TagKeys: ['team'] });
  await refused(
    dynamodb.tagResource({ ResourceArn, Tags }),
    dynamodb.listTagsOfResource({ ResourceArn }),
    dynamodb.untagResource({ ResourceArn, TagKeys: ['team'] }),
  );
}

async function walkItems(dynamodb: DynamoDB): Promise<void> {
  const on = {
    TableName,
    ReturnValues: 'ALL_OLD',
    ReturnConsumedCapacity: 'TOTAL',
    ConditionExpression: 'attribute_exists(pk)',
  } as const;
  await dynamodb.putItem({ TableName, Item: ITEM });
  await dynamodb.putItem({ TableName, Item: { ...ITEM, pk: { S: 'two' } } });
  await dynamodb.putItem({ ...on, Item: ITEM });
  await dynamodb.updateItem({ ...on, Key, UpdateExpression: 'REMOVE nowhere' });
  await readItems(dynamodb);
  await dynamodb.deleteItem({ ...on, Key });
  await refused(
    dynamodb.putItem({ ...on, Item: ITEM }),
    dynamodb.updateItem({ ...on, Key, UpdateExpression: 'REMOVE nowhere' }),
    dynamodb.deleteItem({ ...on, Key }),
    dynamodb.putItem({ ...NONE, Item: ITEM }),
    dynamodb.updateItem({ ...NONE, Key }),
    dynamodb.deleteItem({ ...NONE, Key }),
  );
}

async function readItems(dynamodb: DynamoDB): Promise<void> {
  const counted = { TableName, ReturnConsumedCapacity: 'TOTAL' } as const;
  await dynamodb.getItem({ ...counted, Key });
  await dynamodb.scan({ ...counted, Limit: 1 });
  const query = {
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': { S: 'one' } },
  };
  await dynamodb.query({ ...counted, ...query, Limit: 1 });
  await refused(
    dynamodb.getItem({ ...NONE, Key }),
    dynamodb.scan(NONE),
    dynamodb.query({ ...NONE, ...query }),
  );
}
