import { type AttributeValue, DeleteItem$, Scan$ } from '@aws-sdk/client-dynamodb';
import { readTable, type Tables } from './tables.ts';

const SWEEP_EVERY_MS = 86_400_000;

type Item = Readonly<Record<string, AttributeValue>>;

/**
 * Deletes expired items once a day of virtual time, for as long as items of the table expire.
 *
 * AWS promises no more than "within a few days": whoever reads must look at the attribute himself.
 */
export function scheduleExpiry(tables: Tables, tableName: string): void {
  const { clock } = tables.core;
  const facts = tables.facts.get(tableName);
  clock.after(SWEEP_EVERY_MS, () => {
    const attribute = facts?.timeToLiveAttribute;
    if (attribute === undefined || tables.facts.get(tableName) !== facts) return;
    void clock.track(deleteExpired(tables, tableName, attribute));
    scheduleExpiry(tables, tableName);
  });
}

async function deleteExpired(tables: Tables, tableName: string, attribute: string): Promise<void> {
  const nowSeconds = Math.floor(tables.core.clock.nowMs() / 1000);
  const { KeySchema = [] } = await readTable(tables, tableName);
  const keyNames = KeySchema.map((key) => key.AttributeName ?? '');
  for (const item of await expiredItems(tables, tableName, { attribute, nowSeconds })) {
    const Key = Object.fromEntries(keyNames.map((name) => [name, item[name]]));
    await tables.engine(DeleteItem$, { TableName: tableName, Key });
  }
}

async function expiredItems(
  tables: Tables,
  tableName: string,
  { attribute, nowSeconds }: { readonly attribute: string; readonly nowSeconds: number },
): Promise<readonly Item[]> {
  const found: Item[] = [];
  let from: Item | undefined;
  do {
    const page: { Items?: readonly Item[]; LastEvaluatedKey?: Item } = await tables.engine(Scan$, {
      TableName: tableName,
      FilterExpression: '#expiry < :now',
      ExpressionAttributeNames: { '#expiry': attribute },
      ExpressionAttributeValues: { ':now': { N: String(nowSeconds) } },
      ExclusiveStartKey: from,
    });
    found.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return found;
}
