import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRecordPorts } from '../../functions/adapters/dynamodb.ts';
import {
  createNoteHeartbeat,
  createReadHeartbeat,
} from '../../functions/adapters/dynamodb-heartbeat.ts';
import { createNetworkRecordPorts } from '../../functions/adapters/dynamodb-network.ts';
import { createPartPorts, readReport } from '../../functions/adapters/dynamodb-parts.ts';
import { createReadRecords } from '../../functions/adapters/dynamodb-record-batches.ts';
import { createSweepStatePorts, readProgress } from '../../functions/adapters/dynamodb-sweep.ts';
import { describeAccountContract, reportedOf } from '../support/account-contract.ts';
import { type DynamoDb, startDynamoDb } from '../support/dynamodb-table.ts';
import { describeSweepContract, seenOf } from '../support/sweep-contract.ts';

let dynamoDb: DynamoDb;
let tables = 0;

beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});

afterAll(async () => {
  await dynamoDb.stop();
});

describeSweepContract('DynamoDB', async () => {
  const store = await createNextStore();
  const { client, tableName } = store;
  return {
    ...createSweepStatePorts(client, tableName),
    ...createPartPorts(store),
    noteHeartbeat: createNoteHeartbeat(client, tableName),
    readHeartbeat: createReadHeartbeat(client, tableName),
  };
});

describeAccountContract('DynamoDB', async () => {
  const store = await createNextStore();
  const { client, tableName } = store;
  return {
    ...createRecordPorts(client, tableName),
    ...createSweepStatePorts(client, tableName),
    ...createPartPorts(store),
    readRecords: createReadRecords(client, tableName),
    listRecorded: createNetworkRecordPorts(store).listAttachedFunctions,
    readReport: (reportId) => readReport(client, tableName, reportId),
    readProgress: () => readProgress(client, tableName),
  };
});

it('a report that no single item holds is cut into several, and comes back whole', async () => {
  const store = await createNextStore();
  const { keepReport } = createPartPorts(store);
  const findings = Array.from({ length: 40 }, (_, at) =>
    reportedOf({ id: `finding-${at}`, reason: noise(at, 15_000) }),
  );

  await keepReport('large', findings);

  expect(await readReport(store.client, store.tableName, 'large')).toStrictEqual(findings);
});

it('a part that took several items takes fewer when it is kept again', async () => {
  const store = await createNextStore();
  const { keepSeen, readSeen } = createPartPorts(store);
  const large = Array.from({ length: 40 }, (_, at) => seenOf(noise(at, 15_000)));
  await keepSeen('one', 0, large);
  await keepSeen('one', 1, [seenOf('b')]);

  await keepSeen('one', 0, [seenOf('a')]);

  const seen: string[] = [];
  for await (const { functionName } of readSeen('one', 2)) seen.push(functionName);
  expect(seen).toEqual(['a', 'b']);
});

async function createNextStore() {
  tables += 1;
  const tableName = `Sweeps${tables}`;
  await dynamoDb.createTable(tableName);
  return { client: dynamoDb.client, tableName, nowMs: () => 1_795_338_000_000 };
}

/** Text that compression makes little of. */
function noise(seed: number, length: number): string {
  let state = seed + 1;
  return Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return String.fromCharCode(33 + (state % 90));
  }).join('');
}
