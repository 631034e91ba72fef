import type { DeadLetterConfig } from '@aws-sdk/client-lambda';
import type { AccountCore } from '../account-core.ts';
import { targetKind } from '../target-call.ts';
import { findRole, roleAllows } from './execution-role.ts';
import { invalidParameter } from './faults.ts';

const CALLS = {
  sns: { action: 'sns:Publish', words: 'Publish on SNS' },
  sqs: { action: 'sqs:SendMessage', words: 'SendMessage on SQS' },
} as const;

/** Refuses a dead-letter queue that is neither queue nor topic, or that the role may not send to; empty takes it back. */
export function checkDeadLetters(
  core: AccountCore,
  deadLetters: DeadLetterConfig | undefined,
  roleArn: string,
): void {
  const target = deadLetters?.TargetArn ?? '';
  if (target === '') return;
  const kind = targetKind(target);
  if (kind !== 'sns' && kind !== 'sqs') {
    throw invalidParameter(
      `The provided DLQ target ARN is invalid, must be a standard queue or topic: ${target}`,
    );
  }
  const { action, words } = CALLS[kind];
  const role = findRole(core, roleArn);
  if (role !== undefined && roleAllows(core, role, { action, resource: target })) return;
  throw invalidParameter(`The provided execution role does not have permissions to call ${words}`);
}
