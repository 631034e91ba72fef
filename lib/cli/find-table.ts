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

/** Refuses an empty name, as a shell passes for a variable that is not set. */
export function checkPlace({ stack, table }: TableOptions): void {
  for (const [option, name] of Object.entries({ stack, table })) {
    if (name === '') throw new UsageError(`\`--${option}\`: expected a name, got an empty one`);
  }
}

/** Answers the name of the guardrail's table. */
export async function findTable(place: TableOptions, access: AwsAccess = {}): Promise<string> {
  checkPlace(place);
  const { stack, table } = place;
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

/** Says in one line what stopped a use of a table: one that is not there was named wrong. */
export function tableFailed(cause: unknown, tableName: string, attempt: string): Error {
  if (parseAwsError(cause).name !== 'ResourceNotFoundException') {
    return callFailed(cause, `${attempt} the table \`${tableName}\``);
  }
  return new UsageError(`there is no table \`${tableName}\` in this account and region`, { cause });
}

/** Tells whether outputs could not be read because there is no such stack. */
export function isNoStack(error: unknown): boolean {
  return error instanceof UsageError && isAbsence(error.cause);
}

/** AWS: a stack that does not exist is a validation error, told from others by its words. */
function isAbsence(cause: unknown): boolean {
  return parseAwsError(cause).message.includes('does not exist');
}

function toError(error: unknown, stack: string): Error {
  if (!isAbsence(error)) {
    return callFailed(error, `could not read the outputs of the stack \`${stack}\``);
  }
  const hint = 'name another one with --stack, or the table with --table';
  return new UsageError(`there is no stack \`${stack}\` in this account and region: ${hint}`, {
    cause: error,
  });
}
