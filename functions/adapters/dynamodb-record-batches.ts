import {
  type AttributeValue,
  BatchGetItemCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { cutInto } from '../core/cut-into.ts';
import type { FunctionRecord } from '../core/record.ts';
import { parseRecord, recordKeyOf } from '../core/record-item.ts';
import type { SweepPorts } from '../workflows/sweep-ports.ts';
import { observationFailed } from './aws-errors.ts';

type Item = Record<string, AttributeValue>;

/** AWS takes no more keys in one call. */
const BATCH_SIZE = 100;
const MAX_ATTEMPTS = 6;
const FIRST_DELAY_MS = 50;

/** Builds the port that reads the records of many functions; more than a hundred take more than one call. */
export function createReadRecords(
  client: DynamoDBClient,
  tableName: string,
): SweepPorts['readRecords'] {
  return async (functionArns) => {
    const keys = [...new Set(functionArns)].map(recordKeyOf);
    try {
      const items: Item[] = [];
      for (const batch of cutInto(keys, BATCH_SIZE)) {
        items.push(...(await readBatch(client, tableName, batch)));
      }
      return new Map(items.flatMap(toEntry));
    } catch (error) {
      throw observationFailed(error, 'could not read records');
    }
  };
}

/** AWS leaves keys over where it throttles, and where an answer has no room for them. */
async function readBatch(
  client: DynamoDBClient,
  tableName: string,
  batch: readonly Item[],
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let keys: Item[] = [...batch];
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    if (attempt > 0) await pause(Math.random() * FIRST_DELAY_MS * 2 ** attempt);
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetItemCommand({
        RequestItems: { [tableName]: { Keys: keys, ConsistentRead: true } },
      }),
    );
    items.push(...(Responses?.[tableName] ?? []));
    keys = UnprocessedKeys?.[tableName]?.Keys ?? [];
    if (keys.length === 0) return items;
  }
  throw new Error(`${keys.length} of ${batch.length} keys stay unprocessed`);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

function toEntry({ record: attribute }: Item): readonly (readonly [string, FunctionRecord])[] {
  const record = parseRecord(attribute?.S);
  return record === undefined ? [] : [[record.functionArn, record]];
}
