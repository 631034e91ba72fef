import { once } from 'node:events';
import { passTime } from '../local/passing-time.ts';
import type { LocalAccount } from '../local/start-local-account.ts';

/** Leaves an account running until Ctrl-C, and says how the AWS CLI reaches it. */
export async function keepOpen(account: LocalAccount, log: (line: string) => void): Promise<void> {
  for (const hint of accessHints(account.endpoint)) log(hint);
  log('the account keeps running, in real time: stop it with Ctrl-C');
  const stop = passTime(account.clock, 1);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  stop();
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
