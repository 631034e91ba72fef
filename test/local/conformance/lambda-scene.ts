import { InvokeCommand, Lambda } from '@aws-sdk/client-lambda';
import type { FullAccount } from '../full-account.ts';
import { MINIMAL } from '../lambda/small-account.ts';
import type { Watched } from './watched-service.ts';

export const SECONDS_TO_ATTACH = 75;
export const IDLE_SECONDS = 14 * 24 * 3600;

const PRIVATE_A = 'subnet-071f712345678e7c8';
const GROUP = 'sg-085912345678492fb';

/** Where the functions of these scenarios are attached. */
export const HERE = { SubnetIds: [PRIVATE_A], SecurityGroupIds: [GROUP] };

/** Where the scenarios of Lambda play. */
export interface Scene {
  readonly account: FullAccount;
  /** The administrator's, watched. */
  readonly lambda: Lambda;
  /** A watched client of a new user. */
  readonly userClient: (name: string, ...actions: readonly string[]) => Lambda;
  readonly seconds: (seconds: number) => Promise<void>;
  /** Takes every right on network interfaces from `lambda-role`, or gives them back. */
  readonly holdRole: (isHeld: boolean) => void;
  readonly attached: (FunctionName: string, input?: object) => Promise<void>;
  readonly leave: () => void;
}

/** Sets the scene in an account that is watched. */
export function setScene({ account, observe }: Watched): Scene {
  const clients: Lambda[] = [];
  const clientOf = (...caller: Parameters<FullAccount['settings']>): Lambda => {
    const client = observe(new Lambda(account.settings(...caller)));
    clients.push(client);
    return client;
  };
  const lambda = clientOf();
  const seconds = (count: number) => account.advance(count * 1000);
  const holdRole = (isHeld: boolean) => {
    const Statement = [
      { Effect: 'Allow', Action: 'sqs:*', Resource: '*' },
      { Effect: isHeld ? 'Deny' : 'Allow', Action: 'ec2:*', Resource: '*' },
    ];
    account.allow('lambda-role', JSON.stringify({ Version: '2012-10-17', Statement }));
  };
  holdRole(false);
  return {
    account,
    lambda,
    seconds,
    holdRole,
    userClient: (name, ...actions) =>
      clientOf(account.user(name, { Effect: 'Allow', Action: actions, Resource: '*' })),
    attached: async (FunctionName, input = { VpcConfig: HERE }) => {
      await lambda.createFunction({ FunctionName, ...MINIMAL, ...input });
      await seconds(SECONDS_TO_ATTACH);
    },
    leave: () => {
      for (const client of clients) client.destroy();
    },
  };
}

/** Waits for calls that have to be refused, each with the error of this name. */
export async function refusedAs(
  name: string,
  ...calls: readonly Promise<unknown>[]
): Promise<void> {
  const outcomes = await Promise.allSettled(calls);
  for (const [index, outcome] of outcomes.entries()) {
    const answer = outcome.status === 'rejected' ? nameOf(outcome.reason) : 'an answer';
    if (answer !== name) throw new Error(`call ${index + 1}: expected \`${name}\`, not ${answer}`);
  }
}

/** Invokes as something would that handles the last event of a chain already. */
export function invokeInChain(
  lambda: Lambda,
  FunctionName: string,
  traceHeader: string,
): Promise<unknown> {
  const command = new InvokeCommand({ FunctionName });
  command.middlewareStack.add(
    (next) => async (args) => {
      const { headers } = args.request as { readonly headers: Record<string, string> };
      headers['x-amzn-trace-id'] = traceHeader;
      return await next(args);
    },
    { step: 'build', name: 'chain' },
  );
  return lambda.send(command);
}

function nameOf(reason: unknown): string {
  return reason instanceof Error ? `${reason.name}` : String(reason);
}
