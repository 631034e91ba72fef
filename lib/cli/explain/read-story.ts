import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createRecordPorts } from '../../../functions/adapters/dynamodb.ts';
import { readHistory } from '../../../functions/adapters/dynamodb-history.ts';
import { GuardrailError } from '../../../functions/core/guardrail-error.ts';
import { type HistoryEntry, inOrder } from '../../../functions/core/history.ts';
import { toIsoTime } from '../../../functions/core/iso-time.ts';
import type { FunctionRecord } from '../../../functions/core/record.ts';
import { type AwsAccess, clientSettingsOf } from '../aws-access.ts';
import { tableFailed } from '../find-table.ts';

/** All that the table holds of one function. */
export interface Story {
  readonly functionArn: string;
  /** Absent where it has expired after the function was deleted, and where nobody looked at it. */
  readonly record?: FunctionRecord;
  readonly history: readonly HistoryEntry[];
}

/** Reads what the table holds of one function. */
export async function readStory(
  functionArn: string,
  tableName: string,
  access: AwsAccess,
): Promise<Story> {
  const client = new DynamoDBClient(clientSettingsOf(access));
  try {
    const [record, kept] = await Promise.all([
      createRecordPorts(client, tableName).readRecord(functionArn),
      readHistory(client, tableName, functionArn),
    ]);
    return {
      functionArn,
      ...(record === undefined ? {} : { record }),
      history: withUnkept(kept, record?.unkept ?? []),
    };
  } catch (error) {
    const cause = error instanceof GuardrailError ? error.cause : error;
    throw tableFailed(cause, tableName, 'could not read');
  } finally {
    client.destroy();
  }
}

/** Tells whether the table holds nothing of a function. */
export function isUntold({ record, history }: Story): boolean {
  return record === undefined && history.length === 0;
}

/** The document for programs: the record without what is only the guardrail's business. */
export function toDocument({ functionArn, record, history }: Story) {
  return {
    functionArn,
    ...(record === undefined ? {} : { record: withoutBookkeeping(record) }),
    history: history.map((entry) => ({ at: toIsoTime(entry.atMs), ...entry })),
  };
}

/** What was decided a moment ago may still be in the record alone. */
function withUnkept(
  kept: readonly HistoryEntry[],
  unkept: readonly HistoryEntry[],
): readonly HistoryEntry[] {
  const places = new Set(kept.map(placeOf));
  return inOrder([...kept, ...unkept.filter((entry) => !places.has(placeOf(entry)))]);
}

function placeOf({ version, id }: HistoryEntry): string {
  return `${version}#${id}`;
}

function withoutBookkeeping({
  functionArn: _arn,
  outbox: _outbox,
  unkept: _unkept,
  judgedBy: _judgedBy,
  ...record
}: FunctionRecord) {
  return record;
}
