import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import {
  CreateFunctionCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { LocalAccount } from '../lib/local/start-local-account.ts';
import { bundleIn, startDeployed, withAssembly } from './deployed.ts';

const EVENTS = 200;
const WARM_UP = 40;
const ENFORCE = 'lambda-vpc-guardrail-enforce-on-change';
const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };
const SETTLED_MS = 120_000;
const APPROVED = {
  SubnetIds: ['subnet-071f712345678e7c8', 'subnet-07fd123456788a036'],
  SecurityGroupIds: ['sg-085912345678492fb'],
};

interface Worked {
  readonly cpuMs: number;
  readonly failures: number;
}

interface Measured extends Worked {
  readonly connections: number;
}

interface Bench {
  readonly account: LocalAccount;
  readonly lambda: LambdaClient;
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Measures a warm handler's own CPU in a process of its own, beside a handler that only makes two calls. */
export function benchOwnCpu(): Promise<readonly string[]> {
  return withAssembly(async (assembly) => {
    const account = await startDeployed(assembly, Date.now());
    const settings = { endpoint: account.endpoint, region: 'us-east-1', credentials: CREDENTIALS };
    const lambda = new LambdaClient(settings);
    const sqs = new SQSClient(settings);
    try {
      const environment = await takeOver(lambda);
      const queueUrl = environment['QUEUE_URL'] ?? '';
      const bench = { account, lambda, sqs, queueUrl, environment };
      const enforce = bundleIn(assembly, 'enforce-on-change');
      const bare = join(import.meta.dirname, 'bare-handler.ts');
      const unchanged = await measure(bench, enforce, steadyBodies);
      const violating = await measure(bench, enforce, (on) => strayBodies(on, 'stray'));
      const reference = await measure(bench, bare, (on) => strayBodies(on, 'bare'));
      return [
        describe('compliant event, nothing changed', unchanged, reference),
        describe('violating event, quarantined and told', violating, reference),
        describe('bare handler, two calls', reference, reference),
      ];
    } finally {
      lambda.destroy();
      sqs.destroy();
      await account.close();
    }
  });
}

/** Takes the queue away from the deployed function, and answers what it is configured with. */
async function takeOver(lambda: LambdaClient): Promise<Readonly<Record<string, string>>> {
  const { EventSourceMappings = [] } = await lambda.send(
    new ListEventSourceMappingsCommand({ FunctionName: ENFORCE }),
  );
  for (const { UUID } of EventSourceMappings) {
    await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: false }));
  }
  const configuration = await lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName: ENFORCE }),
  );
  return configuration.Environment?.Variables ?? {};
}

/** What the queue gets of an attached function whose time-out is changed again and again. */
async function steadyBodies(bench: Bench, child: ChildProcess): Promise<readonly string[]> {
  await create(bench.lambda, 'steady', APPROVED);
  await bench.account.advance(SETTLED_MS);
  await work(child, await receive(bench));
  await change(bench, 1);
  await work(child, await receive(bench));
  await change(bench, EVENTS + WARM_UP);
  return receive(bench);
}

async function change({ lambda, account }: Bench, times: number): Promise<void> {
  for (let index = 0; index < times; index++) {
    const Timeout = 3 + index;
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'steady', Timeout }));
    await account.advance(10_000);
  }
}

/** What the queue gets of functions that are created without a VPC, each once. */
async function strayBodies(bench: Bench, name: string): Promise<readonly string[]> {
  for (let index = 0; index < EVENTS + WARM_UP; index++) {
    await create(bench.lambda, `${name}-${index}`);
  }
  await bench.account.advance(SETTLED_MS);
  return receive(bench);
}

async function create(lambda: LambdaClient, FunctionName: string, VpcConfig = {}): Promise<void> {
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: 'arn:aws:iam::123456789012:role/lambda-role',
      Code: { ZipFile: new TextEncoder().encode('never run') },
      VpcConfig,
    }),
  );
}

/** Empties the queue. */
async function receive({ sqs, queueUrl: QueueUrl }: Bench): Promise<readonly string[]> {
  const bodies: string[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
    );
    if (Messages.length === 0) return bodies;
    for (const { Body = '', ReceiptHandle } of Messages) {
      // What follows from the guardrail's own work is not what is measured.
      if (/"eventName":"(Create|Update)Function/.test(Body)) bodies.push(Body);
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
  }
}

/** Has a process of its own work off what the queue gets, the first of it unmeasured. */
async function measure(
  bench: Bench,
  file: string,
  bodiesFor: (bench: Bench, child: ChildProcess) => Promise<readonly string[]>,
): Promise<Measured> {
  const child = fork(join(import.meta.dirname, 'handler-process.ts'), [file], {
    env: { PATH: process.env['PATH'], ...bench.environment, ...toEnvironment(bench.account) },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await once(child, 'message');
  const bodies = await bodiesFor(bench, child);
  await work(child, bodies.slice(0, WARM_UP));
  const before = connectionsOf(bench.account);
  const worked = await work(child, bodies.slice(WARM_UP, WARM_UP + EVENTS));
  const connections = connectionsOf(bench.account) - before;
  child.kill();
  await receive(bench);
  return { ...worked, connections };
}

async function work(child: ChildProcess, bodies: readonly string[]): Promise<Worked> {
  child.send(bodies);
  const [worked] = await once(child, 'message');
  return worked;
}

function toEnvironment({ endpoint }: LocalAccount) {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
  };
}

function connectionsOf({ journal }: LocalAccount): number {
  return [...journal.connections.values()].reduce((sum, count) => sum + count, 0);
}

function describe(
  what: string,
  { cpuMs, failures, connections }: Measured,
  bare: Measured,
): string {
  const ratio = (cpuMs / bare.cpuMs).toFixed(2);
  return `${what}: ${cpuMs.toFixed(2)} ms own CPU an event, ${ratio} × the bare handler; ${connections} new connections, ${failures} failures in ${EVENTS} events`;
}
