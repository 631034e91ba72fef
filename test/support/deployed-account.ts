import {
  CreateFunctionCommand,
  InvokeCommand,
  LambdaClient,
  type VpcConfig,
} from '@aws-sdk/client-lambda';
import { switchSchedules } from '../../lib/cli/demo/sweep-schedule.ts';
import { deployAssembly } from '../../lib/cli/deploy-assembly.ts';
import { type LocalAccount, startLocalAccount } from '../../lib/local/start-local-account.ts';
import { readAssembly } from './assembly.ts';

/** The ids of the local account's network. */
export const NETWORK = {
  approved: {
    SubnetIds: ['subnet-071f712345678e7c8', 'subnet-07fd123456788a036'],
    SecurityGroupIds: ['sg-085912345678492fb'],
  },
  lab: {
    SubnetIds: ['subnet-0a1b2c3d4e5f6b001'],
    SecurityGroupIds: ['sg-085912345678492fb'],
  },
  forbidden: {
    SubnetIds: ['subnet-0f0e0d0c0b0a0f001'],
    SecurityGroupIds: ['sg-0f0e0d0c0b0a0f0a1'],
  },
  detached: { SubnetIds: [], SecurityGroupIds: [] },
} satisfies Record<string, VpcConfig>;

/** A local account with the synthesized template in it, and clients of its administrator. */
export interface DeployedAccount {
  readonly account: LocalAccount;
  readonly outputs: Readonly<Record<string, string>>;
  readonly lambda: LambdaClient;
  readonly create: (name: string, attachment?: VpcConfig) => Promise<string>;
  /** Invokes one of the guardrail's functions and answers what it said. */
  readonly invoke: (name: string, payload: unknown) => Promise<Answered>;
  readonly close: () => Promise<void>;
}

/** How an invocation ended. */
export interface Answered {
  readonly error?: string;
  readonly payload: unknown;
}

/** Settings of an SDK client of the administrator. */
export function adminOf({ endpoint }: Pick<LocalAccount, 'endpoint'>) {
  return {
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  };
}

/** Starts an account at a fixed moment and deploys the template that this run synthesized. */
export async function startDeployedAccount(assemblyDir = readAssembly()): Promise<DeployedAccount> {
  const account = await startLocalAccount({ startMs: Date.UTC(2026, 10, 22, 9) });
  const settings = adminOf(account);
  const { outputs } = await deployAssembly({ assemblyDir, account: '123456789012', ...settings });
  // Tests of sweeps switch them on: weeks pass in other tests, and each tick would cost a run.
  await switchSchedules(settings, 'DISABLED');
  await account.advance(60_000);
  const lambda = new LambdaClient(settings);
  return {
    account,
    outputs,
    lambda,
    create: (name, attachment) => createFunction(lambda, name, attachment),
    invoke: async (FunctionName, payload) => {
      const Payload = Buffer.from(JSON.stringify(payload));
      const answer = await lambda.send(new InvokeCommand({ FunctionName, Payload }));
      return {
        ...(answer.FunctionError === undefined ? {} : { error: answer.FunctionError }),
        payload: JSON.parse(Buffer.from(answer.Payload ?? []).toString('utf8')),
      };
    },
    close: async () => {
      lambda.destroy();
      await account.close();
    },
  };
}

async function createFunction(
  lambda: LambdaClient,
  name: string,
  attachment?: VpcConfig,
): Promise<string> {
  const { FunctionArn = '' } = await lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: 'arn:aws:iam::123456789012:role/lambda-role',
      Code: { ZipFile: Buffer.from('never run') },
      Tags: { team: 'shop' },
      ...(attachment === undefined ? {} : { VpcConfig: attachment }),
    }),
  );
  return FunctionArn;
}
