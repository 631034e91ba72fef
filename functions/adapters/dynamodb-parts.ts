import {
  type AttributeValue,
  type DynamoDBClient,
  PutItemCommand,
  paginateQuery,
} from '@aws-sdk/client-dynamodb';
import type { ReportedFinding } from '../core/finding.ts';
import { packList, unpackList } from '../core/pack-list.ts';
import type { SeenFunction, SweepPorts } from '../workflows/sweep-ports.ts';
import { observationFailed, writeFailed } from './aws-errors.ts';

/** What sweeps and rescans keep that one item has no room for. */
export type PartPorts = Pick<SweepPorts, 'keepSeen' | 'readSeen' | 'keepReport'>;

/** Where lists are kept, and what time it is. */
interface Store {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly nowMs: () => number;
}

type Item = Record<string, AttributeValue>;

const MS_PER_DAY = 24 * 60 * 60 * 1000;
const REPORTS_LIVE_MS = 90 * MS_PER_DAY;
/** AWS takes 400 KB in an item, and keys count. */
const MAX_BYTES = 350 * 1024;
/** More digits than counters ever have, so that texts sort as numbers do. */
const DIGITS = 6;

/** Builds the ports of lists that grow with the account: each as a few items of compressed JSON. */
export function createPartPorts(store: Store): PartPorts {
  return {
    keepSeen: async (sweepId, part, seen) => {
      try {
        const prefix = `${seenPart(part)}#`;
        await keep(store, { pk: `sweep#${sweepId}`, prefix, liveMs: MS_PER_DAY }, seen);
      } catch (error) {
        throw writeFailed(error, `could not keep what sweep \`${sweepId}\` has listed`);
      }
    },
    readSeen: async function* (sweepId, parts) {
      try {
        const wanted = { pk: `sweep#${sweepId}`, before: seenPart(parts), lists: parts };
        for await (const list of readLists(store, wanted)) yield* list as readonly SeenFunction[];
      } catch (error) {
        throw observationFailed(error, `could not read what sweep \`${sweepId}\` has listed`);
      }
    },
    keepReport: async (reportId, findings) => {
      try {
        const place = { pk: `report#${reportId}`, prefix: 'part#', liveMs: REPORTS_LIVE_MS };
        await keep(store, place, findings);
      } catch (error) {
        throw writeFailed(error, `could not keep report \`${reportId}\``);
      }
    },
  };
}

/** Reads all findings of a report; fails where there is no such report, or not any more. */
export async function readReport(
  client: DynamoDBClient,
  tableName: string,
  reportId: string,
): Promise<readonly ReportedFinding[]> {
  try {
    const wanted = { pk: `report#${reportId}`, before: 'part#~', lists: 1 };
    const findings: ReportedFinding[] = [];
    for await (const list of readLists({ client, tableName }, wanted)) {
      findings.push(...(list as readonly ReportedFinding[]));
    }
    return findings;
  } catch (error) {
    throw observationFailed(error, `could not read report \`${reportId}\``);
  }
}

async function keep(
  { client, tableName, nowMs }: Store,
  { pk, prefix, liveMs }: Record<'pk' | 'prefix', string> & { readonly liveMs: number },
  list: readonly unknown[],
): Promise<void> {
  const packed = await packList(list, MAX_BYTES);
  for (const [at, bytes] of packed.entries()) {
    const Item: Item = {
      pk: { S: pk },
      sk: { S: prefix + toDigits(at + 1) },
      items: { N: String(packed.length) },
      list: { B: bytes },
      expiresAt: { N: String(Math.ceil((nowMs() + liveMs) / 1000)) },
    };
    await client.send(new PutItemCommand({ TableName: tableName, Item }));
  }
}

/** Reads so many lists, item by item; fails where one of them is not whole. */
async function* readLists(
  store: Omit<Store, 'nowMs'>,
  { lists, ...range }: { readonly pk: string; readonly before: string; readonly lists: number },
): AsyncGenerator<readonly unknown[]> {
  let begun = 0;
  let items = 0;
  let left = 0;
  for await (const item of readItems(store, range)) {
    const index = Number(item['sk']?.S?.slice(-DIGITS));
    if (index === 1) {
      begun += 1;
      items = Number(item['items']?.N);
      left += items;
    }
    // Whoever wrote the list before may have needed more.
    if (index > items) continue;
    left -= 1;
    yield await unpackList(item['list']?.B);
  }
  if (begun !== lists || left !== 0) throw new Error('it is not there, or not whole');
}

async function* readItems(
  { client, tableName }: Omit<Store, 'nowMs'>,
  { pk, before }: { readonly pk: string; readonly before: string },
): AsyncGenerator<Item> {
  const pages = paginateQuery(
    { client },
    {
      TableName: tableName,
      KeyConditionExpression: 'pk = :pk AND sk < :before',
      ExpressionAttributeValues: { ':pk': { S: pk }, ':before': { S: before } },
      ConsistentRead: true,
    },
  );
  for await (const { Items = [] } of pages) yield* Items;
}

function seenPart(part: number): string {
  return `seen#${toDigits(part)}`;
}

function toDigits(count: number): string {
  return String(count).padStart(DIGITS, '0');
}
