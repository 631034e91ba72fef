import middy, { type MiddlewareObj } from '@middy/core';
import { describeFault, withoutTrace } from './fault.ts';
import { logger } from './logger.ts';
import { publishCounts } from './metrics.ts';

/** What Lambda says of one invocation. */
export interface Invocation {
  readonly awsRequestId: string;
  readonly getRemainingTimeInMillis: () => number;
}

/** Wraps a handler into what every invocation needs: log context, metrics, classified errors. */
export function deploy<Answer>(
  handler: (payload: unknown, invocation: Invocation) => Promise<Answer>,
) {
  return middy().use(invocationMiddleware()).handler(handler);
}

function invocationMiddleware(): MiddlewareObj {
  return {
    before: ({ context }) => {
      logger.addContext(context);
    },
    after: publishCounts,
    onError: (request) => {
      logger.error('invocation failed', describeFault(request.error));
      publishCounts();
      request.error = withoutTrace(request.error);
    },
  };
}
