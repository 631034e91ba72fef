import { createRecordPorts } from '../../../functions/adapters/dynamodb.ts';
import { createKeepHistory } from '../../../functions/adapters/dynamodb-history.ts';
import { functionNameOf } from '../../../functions/core/function-name.ts';
import { GuardrailError } from '../../../functions/core/guardrail-error.ts';
import type { FunctionRecord } from '../../../functions/core/record.ts';
import { isBeingDone } from '../../../functions/core/settle-intent.ts';
import type { OperatorAccount } from '../operator/operator-account.ts';
import { UsageError } from '../usage-error.ts';

/** A record before and after what an operator did; the same one where nothing was changed. */
export interface SteppedRecord {
  readonly before: FunctionRecord;
  readonly after: FunctionRecord;
}

type Step = (record: FunctionRecord) => FunctionRecord | Promise<FunctionRecord>;

const MAX_ATTEMPTS = 10;

/** Reads what the guardrail knows of a function that is there; nothing can be said of any other. */
export async function readKnown(
  functionArn: string,
  { budget: { client, tableName } }: OperatorAccount,
): Promise<FunctionRecord> {
  const record = await createRecordPorts(client, tableName).readRecord(functionArn);
  if (record === undefined) {
    throw new UsageError(
      `the guardrail knows no function \`${functionArn}\`: its table is \`${tableName}\``,
    );
  }
  if (!record.isDeleted) return record;
  throw new UsageError(`the function \`${functionNameOf(functionArn)}\` is deleted`);
}

/** Writes what a record becomes over exactly what was read, and keeps what there is to tell of it. */
export async function stepRecord(
  functionArn: string,
  account: OperatorAccount,
  step: Step,
): Promise<SteppedRecord> {
  for (let attempts = 0; attempts < MAX_ATTEMPTS; attempts += 1) {
    const before = await readKnown(functionArn, account);
    if (isBeingDone(before, account.budget.nowMs())) {
      throw new Error('the guardrail does something about it right now: ask again in a minute');
    }
    const after = await step(before);
    if (after === before) return { before, after };
    const written = await writeOver(after, account);
    if (written !== undefined) return { before, after: await keepTold(written, account) };
  }
  throw new Error(`could not write the record of \`${functionArn}\`: it keeps changing`);
}

/** Undefined where a handler wrote in between. */
async function writeOver(
  record: FunctionRecord,
  { budget: { client, tableName } }: OperatorAccount,
): Promise<FunctionRecord | undefined> {
  try {
    return await createRecordPorts(client, tableName).writeRecord(record);
  } catch (error) {
    if (error instanceof GuardrailError && error.code === 'RECORD_STALE') return undefined;
    throw error;
  }
}

/** What is told stands in the record already: whoever looks at the function next keeps it, where this cannot. */
async function keepTold(
  written: FunctionRecord,
  account: OperatorAccount,
): Promise<FunctionRecord> {
  const { client, tableName } = account.budget;
  try {
    await createKeepHistory(client, tableName)(written.unkept);
    return (await writeOver({ ...written, unkept: [] }, account)) ?? written;
  } catch {
    return written;
  }
}
