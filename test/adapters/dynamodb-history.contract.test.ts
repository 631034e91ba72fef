import { afterAll, beforeAll } from 'vitest';
import { createKeepHistory, readHistory } from '../../functions/adapters/dynamodb-history.ts';
import { type DynamoDb, startDynamoDb } from '../support/dynamodb-table.ts';
import { describeHistoryContract } from '../support/history-contract.ts';

let dynamoDb: DynamoDb;
let tables = 0;

beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});

afterAll(async () => {
  await dynamoDb.stop();
});

describeHistoryContract('DynamoDB', async () => {
  tables += 1;
  const tableName = `History${tables}`;
  const { client } = dynamoDb;
  await dynamoDb.createTable(tableName);
  return {
    keepHistory: createKeepHistory(client, tableName),
    readHistory: (functionArn) => readHistory(client, tableName, functionArn),
  };
});
