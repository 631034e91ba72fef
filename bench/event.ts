import {
  CreateFunctionCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import type { JournaledCall } from '../lib/local/journal.ts';
import type { LocalAccount } from '../lib/local/start-local-account.ts';
import { startDeployed, withAssembly } from './deployed.ts';

const EVENTS = 200;
const APPROVED = {
  SubnetIds: ['subnet-071f712345678e7c8', 'subnet-07fd123456788a036'],
  SecurityGroupIds: ['sg-085912345678492fb'],
};
const ROLE = 'arn:aws:iam::123456789012:role/lambda-role';

/** Counts what a warm compliant event costs, and what comes before the remediation of a violating one. */
export function benchEvent(): Promise<readonly string[]> {
  return withAssembly(async (assembly) => {
    const account = await startDeployed(assembly);
    const lambda = new LambdaClient({
      endpoint: account.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    try {
      return [...(await compliant(account, lambda)), ...(await violating(account, lambda))];
    } finally {
      lambda.destroy();
      await account.close();
    }
  });
}

async function compliant(account: LocalAccount, lambda: LambdaClient): Promise<readonly string[]> {
  await create(lambda, 'steady', APPROVED);
  await account.advance(10 * 60_000);
  await changeTimeout(account, lambda, 10);
  const calls = account.journal.calls.length;
  const connections = total(account);
  const startedMs = performance.now();
  await changeTimeout(account, lambda, EVENTS);
  const ms = (performance.now() - startedMs) / EVENTS;
  const made = ofGuardrail(account.journal.calls.slice(calls));
  return [
    `warm compliant event: ${(made.length / EVENTS).toFixed(2)} AWS calls (${counted(made)} for ${EVENTS}), ${total(account) - connections} new TCP connections, ${ms.toFixed(1)} ms with caller, queue and account on the same cores`,
  ];
}

async function violating(account: LocalAccount, lambda: LambdaClient): Promise<readonly string[]> {
  const calls = account.journal.calls.length;
  await create(lambda, 'stray');
  await account.advance(60_000);
  const made = ofGuardrail(account.journal.calls.slice(calls));
  const remediation = made.findIndex(({ operation }) => operation === 'PutFunctionConcurrency');
  const before = made.slice(0, remediation).map(({ operation }) => operation);
  return [`violating event: ${before.length} calls before the quarantine (${before.join(', ')})`];
}

async function changeTimeout(account: LocalAccount, lambda: LambdaClient, times: number) {
  for (let index = 0; index < times; index++) {
    await lambda.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName: 'steady',
        Timeout: 3 + (index % 500),
      }),
    );
    await account.advance(10_000);
  }
}

async function create(lambda: LambdaClient, name: string, attachment?: typeof APPROVED) {
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: ROLE,
      Code: { ZipFile: new TextEncoder().encode('never run') },
      ...(attachment === undefined ? {} : { VpcConfig: attachment }),
    }),
  );
}

function ofGuardrail(calls: readonly JournaledCall[]): readonly JournaledCall[] {
  return calls.filter(({ caller }) => caller.includes('EnforceOnChange'));
}

function counted(calls: readonly JournaledCall[]): string {
  const byOperation = Map.groupBy(calls, ({ operation }) => operation);
  return [...byOperation].map(([name, made]) => `${name} ${made.length}`).join(', ');
}

function total({ journal }: LocalAccount): number {
  return [...journal.connections.values()].reduce((sum, count) => sum + count, 0);
}
