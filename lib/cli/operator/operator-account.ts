import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

import type { Budget } from '../../../functions/adapters/dynamodb-budget.ts';
import type { OperatorAct } from '../../../functions/core/account-item.ts';
import { GuardrailError } from '../../../functions/core/guardrail-error.ts';
import type { Mode } from '../../../functions/core/policy.ts';
import { bounded } from '../../../functions/core/quote.ts';
import { redact } from '../../../functions/core/redact.ts';
import { createAccountClock } from '../account-clock.ts';
import { type AwsAccess, clientSettingsOf } from '../aws-access.ts';
import { checkPlace, readOutputs, type TableOptions, tableFailed, tableIn } from '../find-table.ts';
import { readCaller } from '../read-caller.ts';
import type { Format } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

/** How a command about the account item is run. */
export interface OperatorOptions extends TableOptions, AwsAccess {
  readonly format: Format;
}

/** The account item of one deployment, and who asks for it. */
export interface OperatorAccount {
  readonly budget: Budget;
  /** The ARN of the caller. */
  readonly by: string;
  /** Absent where only the table was named. */
  readonly deployed?: { readonly mode: Mode; readonly policyHash: string };
  readonly rescanFunction: string;
}

/** The function that rescans, where nobody chose another prefix. */
export const DEFAULT_RESCAN_FUNCTION = 'lambda-vpc-guardrail-rescan-on-request';
const LONGEST_REASON = 500;

/** Opens the account item of a deployment for as long as it is used; the time is the account's. */
export async function withAccount<Answer>(
  options: OperatorOptions,
  hostMs: number,
  use: (account: OperatorAccount) => Promise<Answer>,
): Promise<Answer> {
  checkPlace(options);
  const { stack, table, profile } = options;
  const clock = createAccountClock(hostMs);
  const access: AwsAccess = { profile, clock };
  const outputs = table === undefined ? await readOutputs(stack, access) : [];
  const tableName = table ?? tableIn(outputs, stack);
  const outputOf = (key: string) => outputs.find(({ OutputKey }) => OutputKey === key)?.OutputValue;
  const { callerArn: by, ...deployment } = await readCaller(access);
  const mode = outputOf('DeployedMode');
  const policyHash = outputOf('PolicyHash');
  const client = new DynamoDBClient(clientSettingsOf(access));
  try {
    return await use({
      budget: { client, tableName, deployment, nowMs: clock.nowMs },
      by,
      ...(policyHash === undefined
        ? {}
        : { deployed: { mode: mode === 'enforce' ? mode : 'audit', policyHash } }),
      rescanFunction: outputOf('RescanFunctionName') ?? DEFAULT_RESCAN_FUNCTION,
    });
  } catch (error) {
    throw toError(error, tableName);
  } finally {
    client.destroy();
  }
}

/** Writes down who does what, and why. */
export function actOf(
  { by, budget }: OperatorAccount,
  command: string,
  reason: string,
): OperatorAct {
  return { command, by, atMs: budget.nowMs(), reason };
}

/** Reads a reason: it is kept, and shown to whoever asks, so what looks like a secret is not in it. */
export function parseReason(text: string | undefined): string {
  const reason = text?.trim() ?? '';
  if (reason !== '' && reason.length <= LONGEST_REASON) {
    return redact(bounded(reason, LONGEST_REASON));
  }
  throw new UsageError(`\`--reason\`: expected 1 to ${LONGEST_REASON} characters that say why`);
}

/** The call that has everything looked at again. */
export function rescanCommand({ rescanFunction }: OperatorAccount): string {
  return `aws lambda invoke --function-name ${rescanFunction} /dev/stdout`;
}

function toError(error: unknown, tableName: string): unknown {
  if (!(error instanceof GuardrailError) || error.cause === undefined) return error;
  return tableFailed(error.cause, tableName, 'could not use');
}
