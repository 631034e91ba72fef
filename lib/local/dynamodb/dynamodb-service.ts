import type { AccountCore } from '../account-core.ts';
import type { Service } from '../wire/operation.ts';
import { itemOperations } from './item-operations.ts';
import { tableOperations } from './table-operations.ts';
import { tableSettings } from './table-settings.ts';
import { createTables } from './tables.ts';
import { tagOperations } from './tag-operations.ts';

/** Creates DynamoDB: callers, permissions, records and time are ours, tables and items the emulator's. */
export function createDynamodbService(core: AccountCore): Service {
  const tables = createTables(core);
  return {
    name: 'dynamodb',
    protocol: 'json',
    jsonVersion: '1.0',
    target: 'DynamoDB_20120810',
    denied: { code: 'AccessDeniedException', status: 400 },
    operations: [
      ...tableOperations(tables),
      ...tableSettings(tables),
      ...itemOperations(tables),
      ...tagOperations(tables),
    ],
  };
}
