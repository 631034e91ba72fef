import type { LocalAccount } from '../local/start-local-account.ts';
import { untilStopped } from './until-stopped.ts';

/** Leaves an account running until somebody stops it, and says how the AWS CLI reaches it. */
export async function keepOpen(account: LocalAccount, log: (line: string) => void): Promise<void> {
  const stopped = untilStopped();
  account.follow(1);
  for (const hint of accessHints(account.endpoint)) log(hint);
  log('the account keeps running, in real time: stop it with Ctrl-C');
  await stopped;
}

/** How the AWS CLI, of either version, reaches an account. */
export function accessHints(endpoint: string): readonly string[] {
  return [
    'use it with the AWS CLI:',
    `  export AWS_ENDPOINT_URL=${endpoint} AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_DEFAULT_REGION=us-east-1`,
    '  aws lambda list-functions',
    `  aws sqs list-queues --endpoint-url ${endpoint}`,
  ];
}
