import { parseFunctionName } from '../../../functions/core/function-name.ts';
import { quote } from '../../../functions/core/quote.ts';
import type { AwsAccess } from '../aws-access.ts';
import { readOutputs, type TableOptions } from '../find-table.ts';
import { DEFAULT_RESCAN_FUNCTION } from '../operator/operator-account.ts';
import { UsageError } from '../usage-error.ts';

/** Where a command finds the function that rescans, and the table with its progress. */
export interface RescanPlace extends TableOptions, AwsAccess {
  /** Its name or ARN. Default: what the stack's outputs name. */
  readonly rescanFunction?: string | undefined;
}

/** The function that rescans, and the table where it is known. */
export interface FoundRescan {
  readonly functionName: string;
  readonly tableName?: string;
}

/** Finds the function that rescans; one that was named does without its table. */
export async function findRescan(place: RescanPlace): Promise<FoundRescan> {
  const { stack, table, rescanFunction } = place;
  if (table !== undefined) {
    return { functionName: rescanFunction ?? DEFAULT_RESCAN_FUNCTION, tableName: table };
  }
  const outputs =
    rescanFunction === undefined
      ? await readOutputs(stack, place)
      : await readOutputs(stack, place).catch(() => []);
  const outputOf = (key: string) => outputs.find(({ OutputKey }) => OutputKey === key)?.OutputValue;
  const functionName = rescanFunction ?? outputOf('RescanFunctionName');
  const tableName = outputOf('TableName');
  if (functionName === undefined) {
    const hint = 'name the stack of the guardrail with --stack, or the function itself';
    throw new UsageError(`the stack \`${stack}\` has no output \`RescanFunctionName\`: ${hint}`);
  }
  return { functionName, ...(tableName === undefined ? {} : { tableName }) };
}

/** Refuses what cannot be the name of a function. */
export function checkRescanFunction(rescanFunction: string | undefined): void {
  if (rescanFunction === undefined || parseFunctionName(rescanFunction) !== undefined) return;
  throw new UsageError(
    `\`--rescan-function\`: expected the name or the ARN of a function, got ${quote(rescanFunction)}`,
  );
}
