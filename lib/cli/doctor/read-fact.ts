import {
  describeAwsError,
  isDenied,
  parseAwsError,
} from '../../../functions/adapters/aws-errors.ts';
import { GuardrailError } from '../../../functions/core/guardrail-error.ts';
import { type About, bad, type Checkup, unseen } from './checkup.ts';

/** Why something was not read. */
export interface Unread {
  /** AWS's words. */
  readonly because: string;
  /** The permission that is lacking, where that is the reason. */
  readonly permission?: string;
  /** AWS says that it does not exist. */
  readonly isMissing?: true;
}

/** What was read, or why it was not. */
export type Read<Value> = { readonly value: Value } | Unread;

/** What somebody deleted is not put back by deploying the same again. */
export const REBUILD =
  'somebody deleted it, which CloudFormation does not notice: `npx cdk destroy`, then `npx cdk deploy`, and see "Switch it off" in README.md first';

const MISSING = /NotFound|NonExistent|DoesNotExist/;

/** Reads something with a permission that the caller may lack; what stops it is part of the answer. */
export async function readFact<Value>(
  permission: string,
  read: () => Promise<Value>,
): Promise<Read<Value>> {
  try {
    return { value: await read() };
  } catch (error) {
    return toUnread(error, permission);
  }
}

/** Says why something was not read. */
export function toUnread(error: unknown, permission: string): Unread {
  const cause = error instanceof GuardrailError ? (error.cause ?? error) : error;
  const failure = parseAwsError(cause);
  const { name, nodeCode } = failure;
  return {
    because: nodeCode === undefined ? describeAwsError(failure) : `no answer (${nodeCode})`,
    ...(isDenied(cause) ? { permission } : {}),
    ...(MISSING.test(name) ? { isMissing: true } : {}),
  };
}

/** Judges what was read; what was not is unknown, and what is not there is bad. */
export function judgeFact<Value>(
  about: About,
  read: Read<Value>,
  judge: (value: Value) => Checkup,
): Checkup {
  if ('value' in read) return judge(read.value);
  if (read.isMissing) return bad(about, `it is not there: ${read.because}`, REBUILD);
  return unseen(about, read.because, read);
}

/** Uses a client and closes its connections. */
export async function withClient<Client extends { destroy(): void }, Value>(
  client: Client,
  use: (client: Client) => Promise<Value>,
): Promise<Value> {
  try {
    return await use(client);
  } finally {
    client.destroy();
  }
}
