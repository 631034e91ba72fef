import {
  CloudFormationClient,
  DescribeStacksCommand,
  type Output,
} from '@aws-sdk/client-cloudformation';
import { parseAwsError } from '../../functions/adapters/aws-errors.ts';
import { type AwsAccess, callFailed, clientSettingsOf } from './aws-access.ts';
import { UsageError } from './usage-error.ts';

/** Where a command finds the guardrail's table. */
export interface TableOptions {
  /** The guardrail's stack, whose outputs name the table. */
  readonly stack: string;
  /** The table itself: the stack is not asked then. */
  readonly table?: string | undefined;
}

const OUTPUT = 'TableName';

/** Answers the name of the guardrail's table. */
export async function findTable(
  { stack, table }: TableOptions,
  access: AwsAccess = {},
): Promise<string> {
  if (table !== undefined) return table;
  return tableIn(await readOutputs(stack, access), stack);
}

/** Answers the table that a stack's outputs name. */
export function tableIn(outputs: readonly Output[], stack: string): string {
  const name = outputs.find(({ OutputKey }) => OutputKey === OUTPUT)?.OutputValue;
  if (name !== undefined) return name;
  const hint = 'name the stack of the guardrail with --stack, or its table with --table';
  throw new UsageError(`the stack \`${stack}\` has no output \`${OUTPUT}\`: ${hint}`);
}

/** Reads the outputs of the guardrail's stack. */
export async function readOutputs(stack: string, access: AwsAccess): Promise<readonly Output[]> {
  const client = new CloudFormationClient(clientSettingsOf(access));
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stack }));
    return Stacks[0]?.Outputs ?? [];
  } catch (error) {
    throw toError(error, stack);
  } finally {
    client.destroy();
  }
}

/** AWS: a stack that does not exist is a validation error, told from others by its words. */
function toError(error: unknown, stack: string): Error {
  if (!parseAwsError(error).message.includes('does not exist')) {
    return callFailed(error, `could not read the outputs of the stack \`${stack}\``);
  }
  const hint = 'name another one with --stack, or the table with --table';
  return new UsageError(`there is no stack \`${stack}\` in this account and region: ${hint}`, {
    cause: error,
  });
}
