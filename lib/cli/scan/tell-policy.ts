import { printable } from '../printable.ts';
import type { Terminal } from '../terminal.ts';
import type { FoundDeployment } from './deployment.ts';
import type { NamedPolicy } from './read-policy.ts';

/** Says what an account is judged by, and how much is known of it. */
export function tellPolicy(
  { file, policy }: NamedPolicy,
  { tableName, policyHash }: FoundDeployment,
  { tell }: Pick<Terminal, 'tell'>,
): void {
  tell(`judged by ${printable(file)}, and ${recordsOf(tableName)}`);
  if (policyHash !== undefined && policyHash !== policy.hash) {
    tell('the guardrail that is deployed has another policy');
  }
}

function recordsOf(tableName: string | undefined): string {
  return tableName === undefined
    ? 'without records, for no guardrail is deployed here'
    : `by the records of \`${printable(tableName)}\``;
}
