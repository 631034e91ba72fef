import { CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { JournaledCall } from '../lib/local/journal.ts';
import type { LocalAccount } from '../lib/local/start-local-account.ts';
import { startDeployed, withAssembly } from './deployed.ts';
import { countByOperation } from './measures.ts';

const FUNCTIONS = 1000;
const LONGEST_SECONDS = 3600;
const SETTLED_MS = 3_600_000;
/** What the quarantine of all costs at AWS's 15 calls a second of the control plane, less one burst. */
const QUOTA_BOUND_SECONDS = (FUNCTIONS - 15) / 15;

/** Creates bad functions all at once, holds the guardrail to AWS's request rates, and waits until each is contained. */
export function benchStorm(): Promise<readonly string[]> {
  return withAssembly(async (assembly) => {
    const account = await startDeployed(assembly);
    const lambda = new LambdaClient({
      endpoint: account.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    try {
      for (let index = 0; index < FUNCTIONS; index++) await create(lambda, `stray-${index}`);
      account.throttle.turn(true);
      const calls = account.journal.calls.length;
      const seconds = await untilContained(account);
      const made = account.journal.calls.slice(calls);
      // What is told late, looked at again or lost shows itself by then.
      await account.advance(SETTLED_MS);
      return describe(account, made, seconds);
    } finally {
      lambda.destroy();
      await account.close();
    }
  });
}

async function create(lambda: LambdaClient, FunctionName: string): Promise<void> {
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: 'arn:aws:iam::123456789012:role/lambda-role',
      Code: { ZipFile: new TextEncoder().encode('never run') },
    }),
  );
}

async function untilContained(account: LocalAccount): Promise<number> {
  for (let seconds = 0; seconds < LONGEST_SECONDS; seconds++) {
    if (contained(account) === FUNCTIONS) return seconds;
    await account.advance(1000);
  }
  return LONGEST_SECONDS;
}

function contained({ journal }: LocalAccount): number {
  return journal.calls.filter(
    ({ operation, status }) => operation === 'PutFunctionConcurrency' && status === 200,
  ).length;
}

function describe(
  account: LocalAccount,
  calls: readonly JournaledCall[],
  seconds: number,
): readonly string[] {
  const own = calls.filter(({ caller }) => caller.includes('EnforceOnChange'));
  const refused = own.filter(({ status }) => status === 429 || status === 503);
  const again = own.filter(({ attempt }) => attempt !== undefined);
  const left = [...account.queues.byName.values()].map(
    ({ name, arn }) => `${name.split('-')[1]} ${account.queues.peek(arn).length}`,
  );
  const runs = account.journal.invocations.filter(({ isError }) => isError);
  return [
    `${contained(account)} of ${FUNCTIONS} functions contained after ${seconds} s of virtual time, ${(seconds / QUOTA_BOUND_SECONDS).toFixed(2)} × what the quota allows`,
    `calls: ${countByOperation(own)}`,
    `refused by quotas: ${countByOperation(refused) || 'none'}; tried again by the SDK: ${again.length}; failed runs: ${runs.length}`,
    `messages left: ${left.join(', ')}; notices: ${account.journal.messages.length}`,
  ];
}
