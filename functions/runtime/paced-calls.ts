import type { EC2Client } from '@aws-sdk/client-ec2';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { FinalizeRequestMiddleware, MiddlewareStack } from '@smithy/types';
import { parseAwsError } from '../adapters/aws-errors.ts';
import type { LambdaRates } from '../core/lambda-quotas.ts';
import { createPace, type Pace, type Waiting } from './pace.ts';

const REAL_TIME: Waiting = {
  nowMs: () => Date.now(),
  sleep: (ms) =>
    new Promise((resolve) => {
      setTimeout(resolve, ms);
    }),
};

/**
 * What EC2 takes of every call that describes something.
 *
 * @see https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html
 */
const EC2_READS = { perSecond: 20, burst: 100 };

/** AWS: services say in different words that calls come too fast. */
const THROTTLES: ReadonlySet<string> = new Set([
  'TooManyRequestsException',
  'ThrottlingException',
  'Throttling',
  'RequestLimitExceeded',
]);

/**
 * Has a client keep to Lambda's quotas: every attempt waits for its turn, and none is made that would be refused.
 *
 * Each execution environment takes its share. Invocations have no part in these quotas.
 */
export function keepToQuotas(
  client: LambdaClient,
  rates: LambdaRates,
  waiting: Waiting = REAL_TIME,
): LambdaClient {
  const getFunction = createPace(rates.getFunction, waiting);
  const controlPlane = createPace(rates.controlPlane, waiting);
  const paces: Readonly<Record<string, Pace | undefined>> = {
    GetFunctionCommand: getFunction,
    InvokeCommand: undefined,
  };
  takeTurns(client.middlewareStack, (command) =>
    command in paces ? paces[command] : controlPlane,
  );
  return client;
}

/** Has a client keep to EC2's buckets: each call has its own. */
export function keepToBuckets(client: EC2Client, waiting: Waiting = REAL_TIME): EC2Client {
  const paces = new Map<string, Pace>();
  takeTurns(client.middlewareStack, (command) => {
    const pace = paces.get(command) ?? createPace(EC2_READS, waiting);
    paces.set(command, pace);
    return pace;
  });
  return client;
}

/** A client that takes turns already takes them at the new pace. */
function takeTurns<Input extends object, Output extends object>(
  stack: MiddlewareStack<Input, Output>,
  paceFor: (command: string) => Pace | undefined,
): void {
  const middleware: FinalizeRequestMiddleware<Input, Output> = (next, { commandName = '' }) => {
    const pace = paceFor(commandName);
    return pace === undefined ? next : (args) => inTurn(pace, () => next(args));
  };
  stack.addRelativeTo(middleware, {
    name: 'takeTurns',
    // Behind the retries, so that they take turns too.
    relation: 'after',
    toMiddleware: 'retryMiddleware',
    override: true,
  });
}

async function inTurn<Answer>(pace: Pace, call: () => Promise<Answer>): Promise<Answer> {
  await pace.turn();
  try {
    return await call();
  } catch (error) {
    if (THROTTLES.has(parseAwsError(error).name)) pace.slow();
    throw error;
  }
}
