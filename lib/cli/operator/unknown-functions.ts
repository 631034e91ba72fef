import { createRecordPorts } from '../../../functions/adapters/dynamodb.ts';
import type { OperatorAccount } from './operator-account.ts';

const AT_ONCE = 25;

/** Answers those of some functions that the guardrail has no record of: a name may be mistyped. */
export async function unknownFunctions(
  functionArns: readonly string[],
  { budget: { client, tableName } }: OperatorAccount,
): Promise<readonly string[]> {
  const { readRecord } = createRecordPorts(client, tableName);
  const unknown: string[] = [];
  for (let from = 0; from < functionArns.length; from += AT_ONCE) {
    const some = functionArns.slice(from, from + AT_ONCE);
    const records = await Promise.all(some.map((functionArn) => readRecord(functionArn)));
    unknown.push(...some.filter((_, index) => records[index]?.isDeleted !== false));
  }
  return unknown;
}
