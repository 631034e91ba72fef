import { DescribeTable$, type TableDescription } from '@aws-sdk/client-dynamodb';
import type { AccountCore } from '../account-core.ts';
import { createTableEngine, type TableEngine } from './table-engine.ts';

/** What the account itself keeps of a table, beside what the emulator knows. */
export interface TableFacts {
  readonly createdAtMs: number;
  /** Attribute that holds the expiry in epoch seconds; absent while items do not expire. */
  timeToLiveAttribute?: string;
  /** Since when the table can be restored to any moment; absent while it cannot. */
  recoverableSinceMs?: number;
  isProtected: boolean;
}

/** The tables of the account. */
export interface Tables {
  readonly core: AccountCore;
  readonly engine: TableEngine;
  readonly facts: Map<string, TableFacts>;
}

/** Creates an account's tables: none. */
export function createTables(core: AccountCore): Tables {
  return { core, engine: createTableEngine(), facts: new Map() };
}

/** The ARN of a table, which a caller may already have given instead of the name. */
export function tableArn({ accountId, region }: AccountCore, tableName = ''): string {
  return tableName.startsWith('arn:')
    ? tableName
    : `arn:aws:dynamodb:${region}:${accountId}:table/${tableName}`;
}

/** The name in a table's name or ARN. */
export function tableNameOf(nameOrArn = ''): string {
  return nameOrArn.slice(nameOrArn.indexOf('/') + 1);
}

/** A description as it stands in this account at this time: the emulator has its own idea of both. */
export function describeHere(
  { core, facts }: Tables,
  description: TableDescription,
): TableDescription {
  const arn = tableArn(core, description.TableName);
  const { createdAtMs = core.clock.nowMs(), isProtected = false } =
    facts.get(description.TableName ?? '') ?? {};
  const withArn = <Index extends { readonly IndexName?: string | undefined }>(indexes: Index[]) =>
    indexes.map((index) => ({ ...index, IndexArn: `${arn}/index/${index.IndexName}` }));
  const { GlobalSecondaryIndexes: globals, LocalSecondaryIndexes: locals } = description;
  const { BillingModeSummary: billing } = description;
  return {
    ...description,
    TableArn: arn,
    CreationDateTime: new Date(createdAtMs),
    DeletionProtectionEnabled: isProtected,
    // AWS: a table that was made on demand was changed to it at that moment.
    ...(billing?.BillingMode === 'PAY_PER_REQUEST'
      ? {
          BillingModeSummary: {
            ...billing,
            LastUpdateToPayPerRequestDateTime: new Date(createdAtMs),
          },
        }
      : {}),
    ...(globals === undefined ? {} : { GlobalSecondaryIndexes: withArn(globals) }),
    ...(locals === undefined ? {} : { LocalSecondaryIndexes: withArn(locals) }),
  };
}

/** Reads a table's description; throws AWS's `ResourceNotFoundException`. */
export async function readTable(tables: Tables, nameOrArn: string): Promise<TableDescription> {
  const input = { TableName: tableNameOf(nameOrArn) };
  const { Table = {} }: { Table?: TableDescription } = await tables.engine(DescribeTable$, input);
  return describeHere(tables, Table);
}

/** Waits for a table to leave a passing state; the emulator changes it within a few turns of the event loop. */
export async function untilSettled(tables: Tables, tableName: string): Promise<void> {
  for (let turn = 0; turn < 100; turn += 1) {
    const table = await readTable(tables, tableName).catch(() => undefined);
    if (table === undefined || table.TableStatus === 'ACTIVE') return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
