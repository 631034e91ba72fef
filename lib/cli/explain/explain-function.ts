import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createRecordPorts } from '../../../functions/adapters/dynamodb.ts';
import { readHistory } from '../../../functions/adapters/dynamodb-history.ts';
import { GuardrailError } from '../../../functions/core/guardrail-error.ts';
import { type HistoryEntry, inOrder } from '../../../functions/core/history.ts';
import { toIsoTime } from '../../../functions/core/iso-time.ts';
import type { FunctionRecord } from '../../../functions/core/record.ts';
import { createAccountClock } from '../account-clock.ts';
import { type AwsAccess, callFailed, clientSettingsOf } from '../aws-access.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { findFunctionArn } from '../find-function-arn.ts';
import { findTable, type TableOptions } from '../find-table.ts';
import { type Format, type Terminal, toJson } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { renderStory } from './render-story.ts';

/** How `explain` is run. */
export interface ExplainOptions extends TableOptions, AwsAccess {
  readonly format: Format;
}

/** All that the table holds of one function. */
export interface Story {
  readonly functionArn: string;
  /** Absent where it has expired after the function was deleted. */
  readonly record?: FunctionRecord;
  readonly history: readonly HistoryEntry[];
}

/** Tells what the guardrail knows of a function and what it decided; nothing is changed. */
export async function explainFunction(
  asked: string,
  { format, ...place }: ExplainOptions,
  terminal: Terminal,
): Promise<ExitStatus> {
  const clock = createAccountClock(terminal.nowMs);
  const where = { ...place, clock };
  const functionArn = await findFunctionArn(asked, where);
  const tableName = await findTable(where, where);
  const story = await readStory(functionArn, tableName, where);
  if (story.record === undefined && story.history.length === 0) {
    const message = `the guardrail knows no function \`${functionArn}\`: its table is \`${tableName}\``;
    throw new UsageError(message);
  }
  const { hasColors } = terminal;
  terminal.print(
    format === 'json'
      ? toJson(toDocument(story))
      : renderStory(story, { hasColors, nowMs: clock.nowMs() }),
  );
  return EXIT.clean;
}

async function readStory(
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
    throw callFailed(cause, `could not read the table \`${tableName}\``);
  } finally {
    client.destroy();
  }
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

/** The document for programs: the record without what is only the guardrail's business. */
function toDocument({ functionArn, record, history }: Story) {
  return {
    functionArn,
    ...(record === undefined ? {} : { record: withoutBookkeeping(record) }),
    history: history.map((entry) => ({ at: toIsoTime(entry.atMs), ...entry })),
  };
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
