import {
  type DynamoDBClient,
  PutItemCommand,
  paginateQuery,
  paginateScan,
} from '@aws-sdk/client-dynamodb';
import { type HistoryEntry, inOrder } from '../core/history.ts';
import type { Ports } from '../workflows/ports.ts';
import { observationFailed, parseAwsError, writeFailed } from './aws-errors.ts';

const ENTRIES_LIVE_MS = 90 * 24 * 60 * 60 * 1000;
const PREFIX = 'history#';
/** More digits than counters ever have, so that texts sort as numbers do. */
const DIGITS = 12;

/** Builds the port that keeps the history: an item an entry, beside the record of its function. */
export function createKeepHistory(client: DynamoDBClient, tableName: string): Ports['keepHistory'] {
  return async (entries) => {
    try {
      await Promise.all(entries.map((entry) => put(client, tableName, entry)));
    } catch (error) {
      throw writeFailed(error, `could not keep the history of \`${entries[0]?.functionArn}\``);
    }
  };
}

/** Reads the history of one function from its beginning, as far as it has not expired. */
export async function readHistory(
  client: DynamoDBClient,
  tableName: string,
  functionArn: string,
): Promise<readonly HistoryEntry[]> {
  try {
    const entries: HistoryEntry[] = [];
    const pages = paginateQuery(
      { client },
      {
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': { S: keyOf(functionArn) }, ':prefix': { S: PREFIX } },
        ConsistentRead: true,
      },
    );
    for await (const { Items = [] } of pages) {
      entries.push(...Items.flatMap(({ entry }) => parseEntry(entry?.S)));
    }
    return inOrder(entries);
  } catch (error) {
    throw observationFailed(error, `could not read the history of \`${functionArn}\``);
  }
}

/** Reads the history of every function since a time, in the order of time: the whole table is gone through. */
export async function readHistorySince(
  client: DynamoDBClient,
  tableName: string,
  sinceMs: number,
): Promise<readonly HistoryEntry[]> {
  try {
    const entries: HistoryEntry[] = [];
    const pages = paginateScan(
      { client },
      {
        TableName: tableName,
        FilterExpression: 'begins_with(sk, :prefix) AND expiresAt >= :since',
        ExpressionAttributeValues: {
          ':prefix': { S: PREFIX },
          ':since': { N: String(expiryOf(sinceMs)) },
        },
      },
    );
    for await (const { Items = [] } of pages) {
      entries.push(...Items.flatMap(({ entry }) => parseEntry(entry?.S)));
    }
    return entries.toSorted((left, right) => left.atMs - right.atMs || left.step - right.step);
  } catch (error) {
    throw observationFailed(error, 'could not read the history');
  }
}

async function put(client: DynamoDBClient, tableName: string, entry: HistoryEntry): Promise<void> {
  try {
    await client.send(
      new PutItemCommand({
        TableName: tableName,
        Item: toItem(entry),
        // What is told is never told otherwise.
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    );
  } catch (error) {
    if (parseAwsError(error).name !== 'ConditionalCheckFailedException') throw error;
  }
}

function toItem(entry: HistoryEntry) {
  const { functionArn, generation, version, id, atMs } = entry;
  const place = [generation, version].map((count) => String(count).padStart(DIGITS, '0'));
  return {
    pk: { S: keyOf(functionArn) },
    sk: { S: [PREFIX + place.join('#'), id].join('#') },
    entry: { S: JSON.stringify(entry) },
    expiresAt: { N: String(expiryOf(atMs)) },
  };
}

/** In seconds, as DynamoDB wants it. */
function expiryOf(atMs: number): number {
  return Math.ceil((atMs + ENTRIES_LIVE_MS) / 1000);
}

function keyOf(functionArn: string): string {
  return `function#${functionArn}`;
}

function parseEntry(json: string | undefined): readonly HistoryEntry[] {
  return json === undefined ? [] : [JSON.parse(json) as HistoryEntry];
}
