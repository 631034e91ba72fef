import { once } from 'node:events';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { VPC_INDEX } from '../../functions/core/record-index.ts';

// It ships no types.
const dynalite: (options: { readonly createTableMs: number }) => Server = createRequire(
  import.meta.url,
)('dynalite');

/** A DynamoDB on loopback, empty but for tables that have the keys and the index of the deployed one. */
export interface DynamoDb {
  readonly client: DynamoDBClient;
  readonly createTable: (tableName: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Starts a DynamoDB in this process, on a port that is free. */
export async function startDynamoDb(): Promise<DynamoDb> {
  const server = dynalite({ createTableMs: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
  });
  return {
    client,
    createTable: async (tableName) => {
      await client.send(
        new CreateTableCommand({
          TableName: tableName,
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: ['pk', 'sk', VPC_INDEX.partitionKey, VPC_INDEX.sortKey].map(
            (AttributeName) => ({ AttributeName, AttributeType: 'S' }),
          ),
          KeySchema: [
            { AttributeName: 'pk', KeyType: 'HASH' },
            { AttributeName: 'sk', KeyType: 'RANGE' },
          ],
          GlobalSecondaryIndexes: [
            {
              IndexName: VPC_INDEX.name,
              KeySchema: [
                { AttributeName: VPC_INDEX.partitionKey, KeyType: 'HASH' },
                { AttributeName: VPC_INDEX.sortKey, KeyType: 'RANGE' },
              ],
              Projection: { ProjectionType: 'KEYS_ONLY' },
            },
          ],
        }),
      );
      await untilActive(client, tableName);
    },
    stop: async () => {
      client.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** It answers before the table is there. */
async function untilActive(client: DynamoDBClient, TableName: string): Promise<void> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  if (Table?.TableStatus !== 'ACTIVE') await untilActive(client, TableName);
}
