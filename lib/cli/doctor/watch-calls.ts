import { type AccountClock, createAccountClock } from '../account-clock.ts';

/** What the answers of AWS tell beside what was asked. */
export interface WatchedCalls {
  /** What every client is made with. */
  readonly clock: AccountClock;
  /** How far this machine's clock is ahead of AWS's, in milliseconds; undefined as long as no answer told. */
  readonly aheadMs: () => number | undefined;
  /** Where calls went, each place once. */
  readonly endpoints: () => readonly string[];
}

/** Longer nobody waits for one answer: a region that cannot be reached must not hold up the rest. */
const LONGEST_WAIT_MS = 10_000;

type Handler = ReturnType<AccountClock['createRequestHandler']>;
type Sent = Parameters<Handler['handle']>;

/** Watches every call that is made with its clock. */
export function watchCalls(
  hostNowMs: () => number,
  longestWaitMs: number = LONGEST_WAIT_MS,
): WatchedCalls {
  const endpoints = new Set<string>();
  const clock = createAccountClock(hostNowMs());
  let aheadMs: number | undefined;
  const look = ({ date = '' }: Readonly<Record<string, string>>): void => {
    const toldMs = Date.parse(date);
    if (!Number.isNaN(toldMs)) aheadMs = hostNowMs() - toldMs;
  };
  return {
    clock: {
      nowMs: clock.nowMs,
      createRequestHandler: () => {
        const handler = clock.createRequestHandler();
        const handle = handler.handle.bind(handler);
        return Object.assign(handler, {
          handle: async (...[request, options]: Sent) => {
            endpoints.add(originOf(request));
            const answer = await inTime(longestWaitMs, (abortSignal) =>
              handle(request, { ...options, abortSignal }),
            );
            look(answer.response.headers);
            return answer;
          },
        });
      },
    },
    aheadMs: () => aheadMs,
    endpoints: () => [...endpoints],
  };
}

async function inTime<Value>(
  longestMs: number,
  ask: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const signal = AbortSignal.timeout(longestMs);
  try {
    return await ask(signal);
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new Error(`no answer within ${longestMs / 1000} seconds`, { cause: error });
  }
}

function originOf({ protocol, hostname, port }: Sent[0]): string {
  return `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`;
}
