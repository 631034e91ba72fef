import type { LambdaClient, ServiceInputTypes, ServiceOutputTypes } from '@aws-sdk/client-lambda';
import type { FinalizeRequestMiddleware } from '@smithy/types';
import { parseAwsError } from '../adapters/aws-errors.ts';
import { CALLS_PER_SECOND, ENFORCE_ENVIRONMENTS } from '../core/lambda-quotas.ts';
import { createPace, type Pace, type Waiting } from './pace.ts';

type Middleware = FinalizeRequestMiddleware<ServiceInputTypes, ServiceOutputTypes>;

const REAL_TIME: Waiting = {
  nowMs: () => Date.now(),
  sleep: (ms) =>
    new Promise((resolve) => {
      setTimeout(resolve, ms);
    }),
};

/**
 * Has a client keep to Lambda's quotas: every attempt waits for its turn, and none is made that would be refused.
 *
 * Each execution environment takes its share. Invocations have no part in these quotas.
 */
export function keepToQuotas(client: LambdaClient, waiting: Waiting = REAL_TIME): LambdaClient {
  const getFunction = paceOf(CALLS_PER_SECOND.getFunction, waiting);
  const controlPlane = paceOf(CALLS_PER_SECOND.controlPlane, waiting);
  const paces: Readonly<Record<string, Pace | undefined>> = {
    GetFunctionCommand: getFunction,
    InvokeCommand: undefined,
  };
  const paceFor = (command: string) => (command in paces ? paces[command] : controlPlane);
  const middleware: Middleware = (next, { commandName = '' }) => {
    const pace = paceFor(commandName);
    return pace === undefined ? next : (args) => inTurn(pace, () => next(args));
  };
  client.middlewareStack.addRelativeTo(middleware, {
    name: 'keepToQuotas',
    // Behind the retries, so that they take turns too.
    relation: 'after',
    toMiddleware: 'retryMiddleware',
  });
  return client;
}

function paceOf(perSecond: number, waiting: Waiting): Pace {
  const own = perSecond / ENFORCE_ENVIRONMENTS;
  return createPace({ perSecond: own, burst: Math.floor(own) }, waiting);
}

async function inTurn<Answer>(pace: Pace, call: () => Promise<Answer>): Promise<Answer> {
  await pace.turn();
  try {
    return await call();
  } catch (error) {
    if (parseAwsError(error).name === 'TooManyRequestsException') pace.slow();
    throw error;
  }
}
