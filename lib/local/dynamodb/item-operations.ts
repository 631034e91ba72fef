import {
  BatchGetItem$,
  type BatchGetItemInput,
  BatchWriteItem$,
  type BatchWriteItemInput,
  DeleteItem$,
  GetItem$,
  PutItem$,
  Query$,
  Scan$,
  UpdateItem$,
} from '@aws-sdk/client-dynamodb';
import type { StaticOperationSchema } from '@smithy/types';
import { type Operation, operation } from '../wire/operation.ts';
import { type Tables, tableArn, tableNameOf } from './tables.ts';

interface OnTable {
  readonly TableName?: string;
  readonly IndexName?: string;
}

/** The operations that read and write items: the emulator answers them. */
export function itemOperations(tables: Tables): readonly Operation[] {
  return [
    ...[DeleteItem$, GetItem$, PutItem$, Query$, Scan$, UpdateItem$].map((schema) =>
      onOneTable(tables, schema),
    ),
    onManyTables<BatchGetItemInput>(tables, BatchGetItem$),
    onManyTables<BatchWriteItemInput>(tables, BatchWriteItem$),
  ];
}

function onOneTable({ core, engine }: Tables, schema: StaticOperationSchema): Operation {
  return operation<OnTable, object>(schema, {
    needs: ({ TableName, IndexName }) => {
      const arn = tableArn(core, TableName);
      const resource = IndexName === undefined ? arn : `${arn}/index/${IndexName}`;
      return [{ action: `dynamodb:${schema[2]}`, resource }];
    },
    handle: (input) => engine(schema, { ...input, TableName: tableNameOf(input.TableName) }),
  });
}

function onManyTables<Input extends { RequestItems: Record<string, unknown> | undefined }>(
  { core, engine }: Tables,
  schema: StaticOperationSchema,
): Operation {
  return operation<Input, object>(schema, {
    needs: ({ RequestItems = {} }) =>
      Object.keys(RequestItems).map((name) => ({
        action: `dynamodb:${schema[2]}`,
        resource: tableArn(core, name),
      })),
    handle: (input) => engine(schema, input),
  });
}
