import {
  CreateTable$,
  type CreateTableInput,
  type CreateTableOutput,
  DeleteTable$,
  type DeleteTableInput,
  type DeleteTableOutput,
  DescribeTable$,
  type DescribeTableInput,
  type DescribeTableOutput,
  ListTables$,
  TagResource$,
  UpdateTable$,
  type UpdateTableInput,
  type UpdateTableOutput,
} from '@aws-sdk/client-dynamodb';
import type { StaticOperationSchema } from '@smithy/types';
import { toTrailShape } from '../cloudtrail.ts';
import { AwsFault } from '../wire/aws-fault.ts';
import { type Operation, type OperationDefinition, operation } from '../wire/operation.ts';
import {
  describeHere,
  readTable,
  type Tables,
  tableArn,
  tableNameOf,
  untilSettled,
} from './tables.ts';

interface OnTable {
  readonly TableName: string | undefined;
}

/** The operations that make, change and describe tables. */
export function tableOperations(tables: Tables): readonly Operation[] {
  return [
    createTable(tables),
    updateTable(tables),
    deleteTable(tables),
    operation<DescribeTableInput, DescribeTableOutput>(DescribeTable$, {
      needs: needsOn(tables, 'DescribeTable'),
      handle: async ({ TableName = '' }) => ({ Table: await readTable(tables, TableName) }),
    }),
    operation<object, object>(ListTables$, {
      needs: () => [{ action: 'dynamodb:ListTables', resource: '*' }],
      handle: (input) => tables.engine(ListTables$, input),
    }),
  ];
}

function createTable(tables: Tables): Operation {
  const { core, facts } = tables;
  return mutation<CreateTableInput, CreateTableOutput>(tables, CreateTable$, async (input) => {
    const { TableName: name = '', Tags, DeletionProtectionEnabled = false, ...rest } = input;
    if (facts.has(name)) throw inUse(name);
    const { TableDescription = {} } = await perform<CreateTableOutput>(tables, CreateTable$, {
      ...rest,
      TableName: name,
    });
    facts.set(name, {
      createdAtMs: core.clock.nowMs(),
      isProtected: DeletionProtectionEnabled,
    });
    await untilSettled(tables, name);
    if (Tags?.length)
      await tables.engine(TagResource$, { ResourceArn: tableArn(core, name), Tags });
    return { TableDescription: describeHere(tables, TableDescription) };
  });
}

function inUse(name: string): AwsFault {
  return new AwsFault(`Table already exists: ${name}`, {
    code: 'ResourceInUseException',
    status: 400,
  });
}

function updateTable(tables: Tables): Operation {
  return mutation<UpdateTableInput, UpdateTableOutput>(tables, UpdateTable$, async (input) => {
    const { DeletionProtectionEnabled: isProtected, ...rest } = input;
    const name = tableNameOf(input.TableName);
    const before = await readTable(tables, name);
    const { TableDescription = before } = isProtectionAlone(input)
      ? {}
      : await perform<UpdateTableOutput>(tables, UpdateTable$, { ...rest, TableName: name });
    const facts = tables.facts.get(name);
    if (facts !== undefined) facts.isProtected = isProtected ?? facts.isProtected;
    await untilSettled(tables, name);
    return { TableDescription: describeHere(tables, TableDescription) };
  });
}

/** The emulator does not know the protection: it would find nothing to change. */
function isProtectionAlone({ TableName: _name, ...changes }: UpdateTableInput): boolean {
  return Object.keys(changes).join() === 'DeletionProtectionEnabled';
}

function deleteTable(tables: Tables): Operation {
  return mutation<DeleteTableInput, DeleteTableOutput>(tables, DeleteTable$, async (input) => {
    const name = tableNameOf(input.TableName);
    if (tables.facts.get(name)?.isProtected === true) {
      throw new AwsFault(
        'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
        { code: 'ValidationException', status: 400 },
      );
    }
    const { TableDescription = {} } = await perform<DeleteTableOutput>(tables, DeleteTable$, {
      TableName: name,
    });
    const description = describeHere(tables, TableDescription);
    tables.facts.delete(name);
    await untilSettled(tables, name);
    return { TableDescription: description };
  });
}

function perform<Output extends object>(
  { engine }: Tables,
  schema: StaticOperationSchema,
  input: object,
): Promise<Output> {
  return engine(schema, input) as Promise<Output>;
}

/** An operation on one table that CloudTrail records. */
export function mutation<Input extends OnTable, Output>(
  tables: Tables,
  schema: StaticOperationSchema,
  handle: OperationDefinition<Input, Output>['handle'],
): Operation {
  return operation<Input, Output>(schema, {
    needs: needsOn(tables, schema[2]),
    handle,
    trail: (input) => ({
      eventName: schema[2],
      request: toTrailShape(input),
      response: toTrailShape,
    }),
  });
}

function needsOn({ core }: Tables, name: string) {
  return ({ TableName }: OnTable) => [
    { action: `dynamodb:${name}`, resource: tableArn(core, TableName) },
  ];
}
