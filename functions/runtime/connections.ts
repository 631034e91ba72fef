import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { NodeHttpHandler } from '@smithy/node-http-handler';

const POOL = { keepAlive: true, maxSockets: 50 };
const httpAgent = new HttpAgent(POOL);
const httpsAgent = new HttpsAgent(POOL);

const handler = new NodeHttpHandler({
  connectionTimeout: 1000,
  requestTimeout: 5000,
  // AWS: without it, a request over its time is only warned of.
  throwOnRequestTimeout: true,
  httpAgent,
  httpsAgent,
});

const send = handler.handle.bind(handler);

let sentRequests = 0;

/** One set of keep-alive connections for every client, so that a warm event opens none. */
export const connections = Object.assign(handler, {
  handle: async (...request: Parameters<typeof send>) => {
    sentRequests += 1;
    try {
      return await send(...request);
    } catch (error) {
      if (isReset(error)) giveUpIdle();
      throw error;
    }
  },
});

/** Counts the requests that this process has sent to AWS so far, retries included. */
export function countSentRequests(): number {
  return sentRequests;
}

/**
 * Closes the connections that nobody uses.
 *
 * AWS: what sleeps with the execution environment for 350 seconds is dropped by the NAT gateway without a word. If one
 * connection is dead, so are those beside it, and three attempts could meet three of them.
 */
function giveUpIdle(): void {
  for (const { freeSockets } of [httpAgent, httpsAgent]) {
    for (const socket of Object.values(freeSockets).flatMap((idle) => idle ?? [])) socket.destroy();
  }
}

function isReset(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ECONNRESET' || code === 'EPIPE';
}
