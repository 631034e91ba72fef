import { NodeHttpHandler } from '@smithy/node-http-handler';

/** The clock of an AWS account, as its answers tell the time: that of this machine may be wrong. */
export interface AccountClock {
  /** The time of the latest answer; this machine's as long as no answer told one. */
  readonly nowMs: () => number;
  /** What sends the requests of one client, and looks at the clock in every answer. */
  readonly createRequestHandler: () => NodeHttpHandler;
}

/** A local account gives callers outside the real date, since SDKs take another one for a fault, and its own beside it. */
const DATES = ['x-local-account-date', 'date'];

/** How long a call waits: whoever does not answer by then is not going to, and the SDK asks twice more. */
export const PATIENCE = {
  connectionTimeout: 5_000,
  requestTimeout: 10_000,
  throwOnRequestTimeout: true,
} as const;

/** Builds the clock of the account that a command talks to. */
export function createAccountClock(hostMs: number): AccountClock {
  let toldMs = hostMs;
  const look = (headers: Readonly<Record<string, string>>): void => {
    const times = DATES.map((name) => Date.parse(headers[name] ?? ''));
    toldMs = times.find((ms) => !Number.isNaN(ms)) ?? toldMs;
  };
  return {
    nowMs: () => toldMs,
    createRequestHandler: () => {
      const handler = new NodeHttpHandler(PATIENCE);
      const handle = handler.handle.bind(handler);
      return Object.assign(handler, {
        handle: async (...asked: Parameters<typeof handle>) => {
          const answer = await handle(...asked);
          look(answer.response.headers);
          return answer;
        },
      });
    },
  };
}
