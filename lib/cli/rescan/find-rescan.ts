import type { AwsAccess } from '../aws-access.ts';
import { readOutputs, type TableOptions } from '../find-table.ts';
import { checkFunctionName, functionIn, RESCAN } from '../guardrail-functions.ts';
import { DEFAULT_RESCAN_FUNCTION } from '../operator/operator-account.ts';

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
  const functionName = rescanFunction ?? functionIn(outputs, stack, RESCAN);
  const tableName = outputs.find(({ OutputKey }) => OutputKey === 'TableName')?.OutputValue;
  return { functionName, ...(tableName === undefined ? {} : { tableName }) };
}

/** Refuses what cannot be the name of the function that rescans. */
export function checkRescanFunction(rescanFunction: string | undefined): void {
  checkFunctionName(rescanFunction, RESCAN);
}
