import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createRecordPorts } from '../../../functions/adapters/dynamodb.ts';
import { createKeepHistory } from '../../../functions/adapters/dynamodb-history.ts';
import type { FunctionRecord } from '../../../functions/core/record.ts';
import { deployAssembly } from '../../../lib/cli/deploy-assembly.ts';
import type { FullAccount } from '../../local/full-account.ts';
import type { Drill } from '../../support/drill.ts';
import { createSmallAssembly } from '../small-assembly.ts';

const KEYS = [
  { AttributeName: 'pk', KeyType: 'HASH' },
  { AttributeName: 'sk', KeyType: 'RANGE' },
];

/** Deploys a stack `Small` that is a table like the guardrail's, with more outputs, and answers the table's name. */
export async function deployTable(
  account: FullAccount,
  output = 'TableName',
  more: Readonly<Record<string, string>> = {},
): Promise<string> {
  const assembly = await createSmallAssembly();
  await assembly.writeTemplate({
    Resources: {
      Records: {
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          BillingMode: 'PAY_PER_REQUEST',
          KeySchema: KEYS,
          AttributeDefinitions: KEYS.map(({ AttributeName }) => ({
            AttributeName,
            AttributeType: 'S',
          })),
        },
      },
    },
    Outputs: {
      [output]: { Value: { Ref: 'Records' } },
      ...Object.fromEntries(Object.entries(more).map(([key, Value]) => [key, { Value }])),
    },
  });
  const { maxAttempts: _, ...settings } = account.settings();
  try {
    const { outputs } = await deployAssembly({
      ...settings,
      account: '123456789012',
      assemblyDir: assembly.dir,
      wait: () => account.advance(1_000),
    });
    return outputs[output] ?? '';
  } finally {
    await assembly.remove();
  }
}

/** Writes the first record of a function into a table. */
export async function writeRecord(record: FunctionRecord, account: FullAccount, tableName: string) {
  const client = new DynamoDBClient(account.settings());
  try {
    await createRecordPorts(client, tableName).writeRecord({ ...record, version: 0 });
  } finally {
    client.destroy();
  }
}

/** Writes what a drill left behind into a table: the first entries as kept, the rest in the record alone. */
export async function writeDown(drill: Drill, account: FullAccount, tableName: string) {
  const client = new DynamoDBClient(account.settings());
  const told = [...drill.world.history.values()];
  try {
    await createKeepHistory(client, tableName)(told.slice(0, -1));
    const record = { ...drill.record(), version: 0, unkept: told.slice(-2) };
    await createRecordPorts(client, tableName).writeRecord(record);
  } finally {
    client.destroy();
  }
  return told;
}
