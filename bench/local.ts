import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { LocalAccount } from '../lib/local/start-local-account.ts';
import { startDeployed, withAssembly } from './deployed.ts';
import { createMany, getMany, listAll } from './many-functions.ts';
import { countByOperation, heapMiB } from './measures.ts';

const FEW = 1000;
const MANY = 10_000;
const RESCAN = 'lambda-vpc-guardrail-rescan-on-request';

/** What one thing took, in time on the processor: others on the machine do not count. */
interface Measured {
  readonly what: string;
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly times: number;
  readonly note?: string;
}

/** Measures the local account with ten thousand functions in it beside one with a thousand. */
export function benchLocal(): Promise<readonly string[]> {
  return withAssembly(async (assembly) => {
    const few = await withAccount(assembly, (account, lambda) => measure(account, lambda, FEW));
    const many = await withAccount(assembly, (account, lambda) => measure(account, lambda, MANY));
    return many.map((one, index) => describe(one, few[index]));
  });
}

async function withAccount<T>(
  assembly: string,
  use: (account: LocalAccount, lambda: LambdaClient) => Promise<T>,
): Promise<T> {
  const account = await startDeployed(assembly);
  const lambda = new LambdaClient({
    endpoint: account.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  try {
    return await use(account, lambda);
  } finally {
    lambda.destroy();
    await account.close();
  }
}

/** The guardrail hears nothing of the functions until the rescan: as in an account that it comes to. */
async function measure(
  account: LocalAccount,
  lambda: LambdaClient,
  count: number,
): Promise<readonly Measured[]> {
  account.trail.change({ losses: 1 });
  const before = heapMiB();
  const created = await timed(() => createMany(lambda, count));
  await account.advance(10 * 60_000);
  const kB = ((heapMiB() - before) * 1024) / count;
  const listed = await timed(() => listAll(lambda));
  const read = await timed(() => getMany(lambda, count));
  return [
    { what: 'CreateFunction', ...created, times: count, note: `${kB.toFixed(1)} kB kept each` },
    { what: 'ListFunctions', ...listed, times: listed.result },
    { what: 'GetFunction', ...read, times: count },
    await rescan(account, lambda, count),
  ];
}

async function rescan(
  account: LocalAccount,
  lambda: LambdaClient,
  count: number,
): Promise<Measured> {
  const from = { calls: account.journal.calls.length, ms: account.clock.nowMs() };
  const command = new InvokeCommand({ FunctionName: RESCAN });
  const asked = await timed(() => account.advanceUntil(lambda.send(command)));
  const { FunctionError, Payload = new Uint8Array() } = asked.result;
  const text = Buffer.from(Payload).toString('utf8');
  if (FunctionError !== undefined) throw new Error(`the rescan failed: ${text.slice(0, 1000)}`);
  const note = [
    `an answer of ${(text.length / 2 ** 20).toFixed(1)} MiB`,
    `${(account.clock.nowMs() - from.ms) / 1000} s of virtual time`,
    `${heapMiB().toFixed(0)} MiB in use`,
    countByOperation(account.journal.calls.slice(from.calls)),
  ].join(', ');
  return { what: 'rescan and what it enqueues, a function', ...asked, times: count, note };
}

function describe({ what, cpuMs, wallMs, times, note }: Measured, few?: Measured): string {
  const each = cpuMs / times;
  const ratio = few === undefined ? Number.NaN : each / (few.cpuMs / few.times);
  const text = `${what}: ${each.toFixed(2)} ms CPU with ${MANY} functions, ${ratio.toFixed(2)} × that with ${FEW}; ${times} in ${(wallMs / 1000).toFixed(1)} s`;
  return note === undefined ? text : `${text}; ${note}`;
}

async function timed<T>(work: () => Promise<T>) {
  const [cpu, startedMs] = [process.cpuUsage(), performance.now()];
  const result = await work();
  const { user, system } = process.cpuUsage(cpu);
  return { result, cpuMs: (user + system) / 1000, wallMs: performance.now() - startedMs };
}
