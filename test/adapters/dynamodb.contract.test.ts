import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll } from 'vitest';
import { createRecordPorts } from '../../functions/adapters/dynamodb.ts';
import { createBudgetPorts, stepAccount } from '../../functions/adapters/dynamodb-budget.ts';
import { createExemptionPorts } from '../../functions/adapters/dynamodb-exemptions.ts';
import { approvePlan } from '../../functions/core/account-item.ts';
import { describeBreakerContract } from '../support/breaker-contract.ts';
import { type BudgetSubject, describeBudgetContract } from '../support/budget-contract.ts';
import { type DynamoDb, startDynamoDb } from '../support/dynamodb-table.ts';
import { describeExemptionContract } from '../support/exemption-contract.ts';
import { describeRecordContract } from '../support/record-contract.ts';

const KEY = { pk: { S: 'account#123456789012#us-east-1' }, sk: { S: 'state' } };

let dynamoDb: DynamoDb;
let tables = 0;

beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});

afterAll(async () => {
  await dynamoDb.stop();
});

describeRecordContract('DynamoDB', async () =>
  createRecordPorts(dynamoDb.client, await createNextTable()),
);

describeBudgetContract('DynamoDB', async () => budgetOn(await createNextTable()));

describeBreakerContract('DynamoDB', async () => budgetOn(await createNextTable()));

describeExemptionContract('DynamoDB', async () => {
  let ms = 1_795_338_000_000;
  const nowMs = () => ms;
  const tableName = await createNextTable();
  return {
    ...createExemptionPorts({ client: dynamoDb.client, tableName, nowMs }),
    nowMs,
    passMs: (passed) => {
      ms += passed;
    },
  };
});

async function createNextTable(): Promise<string> {
  tables += 1;
  const tableName = `Records${tables}`;
  await dynamoDb.createTable(tableName);
  return tableName;
}

function budgetOn(tableName: string): BudgetSubject {
  const { client } = dynamoDb;
  let nowMs = 1_795_338_000_000;
  const budget = {
    client,
    tableName,
    deployment: { account: '123456789012', region: 'us-east-1' },
    nowMs: () => nowMs,
  };
  const act = { command: 'breaker approve', by: 'arn:aws:iam::123456789012:role/ops', reason: '' };
  // As an operator would, and without knowing the rest of the item.
  const set = async (name: string, value: string) => {
    await client.send(
      new UpdateItemCommand({
        TableName: tableName,
        Key: KEY,
        UpdateExpression: 'SET #name = :value',
        ExpressionAttributeNames: { '#name': name },
        ExpressionAttributeValues: { ':value': { S: value } },
      }),
    );
  };
  return {
    ...createBudgetPorts(budget),
    nowMs: budget.nowMs,
    setMode: (mode) => set('mode', mode),
    resetBreaker: () => set('breaker', 'closed'),
    tripByHand: () => set('breaker', 'tripped'),
    approvePlan: async (plan) => {
      await stepAccount(budget, (item) => approvePlan(item, { ...act, atMs: nowMs }, plan));
    },
    passMinutes: (minutes) => {
      nowMs += minutes * 60_000;
    },
  };
}
