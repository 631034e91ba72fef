import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { DeleteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import type { SweepTotals } from '../functions/core/sweep-totals.ts';
import { switchSchedules } from '../lib/cli/demo/sweep-schedule.ts';
import type { JournaledCall } from '../lib/local/journal.ts';
import type { LocalAccount } from '../lib/local/start-local-account.ts';
import { bundleIn, startDeployed, withAssembly } from './deployed.ts';
import { createMany } from './many-functions.ts';
import { countByOperation } from './measures.ts';

const SIZES = [1000, 10_000];
const SWEEP = 'lambda-vpc-guardrail-sweep-on-schedule';
const OWN_FUNCTIONS = 4;
const PAGE = 50;
/** The share of the shipped policy, of Lambda's 15 calls a second. */
const LISTS_PER_SECOND = 15 * 0.3;
const READS_PER_SECOND = 100;
const READS_AT_ONCE = 10;
const HOUR_MS = 3_600_000;
const IDLE_MS = 15 * 24 * HOUR_MS;

interface Bench {
  readonly account: LocalAccount;
  readonly lambda: LambdaClient;
  readonly settings: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
}

interface Swept {
  readonly seconds: number;
  readonly totals: SweepTotals;
  readonly calls: readonly JournaledCall[];
}

/** Sweeps accounts of a thousand and ten thousand functions, a third attached and a twentieth idle, under AWS's quotas. */
export function benchSweep(): Promise<readonly string[]> {
  return withAssembly(async (assembly) => {
    const lines: string[] = [];
    for (const size of SIZES) {
      const bench = await start(assembly);
      try {
        lines.push(...(await measure(bench, size)), await measureProcess(bench, assembly, size));
      } finally {
        bench.lambda.destroy();
        await bench.account.close();
      }
    }
    return lines;
  }, 'bench/guardrail.yaml');
}

async function start(assembly: string): Promise<Bench> {
  const account = await startDeployed(assembly, Date.now());
  const { endpoint } = account;
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const settings = { endpoint, region: 'us-east-1', credentials };
  return { account, settings, lambda: new LambdaClient(settings) };
}

/** The guardrail hears nothing of the functions, as in an account that it comes to. */
async function measure(bench: Bench, size: number): Promise<readonly string[]> {
  const { account, lambda } = bench;
  account.trail.change({ losses: 1 });
  await switchSchedules(bench.settings, 'DISABLED');
  const idle = size / 20;
  await createMany(lambda, idle, { isAttached: () => true });
  await account.advance(IDLE_MS);
  await createMany(lambda, size, {
    from: idle,
    isAttached: (index) => index < Math.floor(size / 3),
  });
  await account.advance(2 * HOUR_MS);
  account.trail.change({ losses: 0 });
  account.throttle.turn(true);
  const first = await sweep(bench);
  await account.advance(6 * HOUR_MS);
  const again = await sweep(bench);
  account.throttle.turn(false);
  return [describe('first sweep', first, size), describe('next sweep', again, size)];
}

async function sweep({ account, lambda }: Bench): Promise<Swept> {
  const from = { calls: account.journal.calls.length, runs: account.journal.invocations.length };
  const command = new InvokeCommand({ FunctionName: SWEEP });
  const { FunctionError } = await account.advanceUntil(lambda.send(command));
  const lines = account.journal.invocations
    .slice(from.runs)
    .flatMap(({ logLines }) => logLines)
    .map((line) => JSON.parse(line));
  const said = lines.find(({ message }) => message === 'account swept');
  if (FunctionError !== undefined || said?.status !== 'ended') {
    throw new Error(`the sweep did not end: ${JSON.stringify(lines.at(-1))}`);
  }
  const calls = account.journal.calls
    .slice(from.calls)
    .filter(({ caller }) => caller.includes('Sweep'));
  return { seconds: said.durationMs / 1000, totals: said.totals, calls };
}

function describe(what: string, { seconds, totals, calls }: Swept, size: number): string {
  const pages = Math.ceil((size + OWN_FUNCTIONS) / PAGE);
  const reads = Math.floor(size / 3);
  const bound = Math.max(
    (pages - 1) / LISTS_PER_SECOND,
    (reads - READS_AT_ONCE) / READS_PER_SECOND,
  );
  const refused = calls.filter(({ status }) => status === 429 || status === 503).length;
  const lambdaCalls = calls.filter(({ service }) => service === 'lambda').length;
  return [
    `${size} functions, ${what}: ${seconds.toFixed(1)} s of virtual time, ${(seconds / bound).toFixed(2)} × what the quotas allow`,
    `${lambdaCalls} calls to Lambda where ${pages + reads} are the least`,
    `${refused} refused`,
    `${totals.scanned} looked at, ${totals.idle.functions} of ${size / 20} idle found`,
    countByOperation(calls),
  ].join('; ');
}

/** In a process of its own, with real time: what the sweep costs the machine that it runs on. */
async function measureProcess(bench: Bench, assembly: string, size: number): Promise<string> {
  const { Environment } = await bench.lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName: SWEEP }),
  );
  const environment = Environment?.Variables ?? {};
  await forget(bench, environment['TABLE_NAME'] ?? '');
  const child = fork(
    join(import.meta.dirname, 'sweep-process.ts'),
    [bundleIn(assembly, 'sweep-on-schedule')],
    {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: {
        ...process.env,
        ...environment,
        AWS_ENDPOINT_URL: bench.settings.endpoint,
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
      },
    },
  );
  const [loaded] = await once(child, 'message');
  child.send('sweep');
  const [cost] = await once(child, 'message');
  child.kill();
  return `${size} functions, own process: ${cost.status}, ${cost.scanned} looked at, ${(cost.cpuMs / size).toFixed(2)} ms CPU a function, peak ${cost.peakMiB.toFixed(0)} MiB resident (${loaded.peakMiB.toFixed(0)} MiB loaded), ${cost.liveMiB.toFixed(0)} MiB in use after garbage was collected`;
}

/** The account's time has gone on by weeks: without its memory the next sweep is due. */
async function forget({ settings }: Bench, TableName: string): Promise<void> {
  const dynamodb = new DynamoDBClient(settings);
  const Key = { pk: { S: 'sweep' }, sk: { S: 'state' } };
  await dynamodb.send(new DeleteItemCommand({ TableName, Key }));
  dynamodb.destroy();
}
