import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type AccountCore, toFault } from './account-core.ts';
import {
  type ConnectionRules,
  type Connections,
  createConnections,
  type Exchange,
  loseConnection,
} from './connections.ts';
import { holdRequest } from './faults/held-requests.ts';
import { isSignedInside } from './identity/signed-caller.ts';
import { serveAws } from './serve-aws.ts';
import type { AwsFault } from './wire/aws-fault.ts';
import { parseCredentialScope, type WireAnswer, type WireRequest } from './wire/http.ts';

/** Serves requests that no AWS protocol of ours answers: steering, objects, the table emulator. */
export type SideDoor = (
  request: WireRequest,
  response: ServerResponse,
) => Promise<boolean> | boolean;

/** A server that listens on loopback. */
export interface LocalServer {
  /** `http://127.0.0.1:PORT`. */
  readonly endpoint: string;
  readonly close: () => Promise<void>;
}

/** How an account is served. */
export interface ServerSettings {
  readonly port: number;
  readonly sideDoors: readonly SideDoor[];
  readonly connectionRules?: ConnectionRules;
}

/** Serves the account on 127.0.0.1; port 0 takes any free one. */
export async function serve(
  core: AccountCore,
  { port, sideDoors, connectionRules = {} }: ServerSettings,
): Promise<LocalServer> {
  const connections = createConnections(core, connectionRules);
  const server = createServer((incoming, response) => {
    void answer(core, { sideDoors, connections }, { incoming, response });
  });
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: actual } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${actual}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  core: AccountCore,
  {
    sideDoors,
    connections,
  }: { readonly sideDoors: readonly SideDoor[]; readonly connections: Connections },
  exchange: Exchange,
): Promise<void> {
  const { incoming, response } = exchange;
  const request = await readRequest(incoming);
  if (request === undefined) {
    response.destroy();
    return;
  }
  if (!connections.admit(exchange, request)) return;
  const now = new Date(core.clock.nowMs()).toUTCString();
  // Whoever lives in real time gets Node's own date: SDKs take another one for a clock that is wrong.
  response.setHeader(isSignedInside(core, request) ? 'date' : 'x-local-account-date', now);
  try {
    for (const door of sideDoors) if (await door(request, response)) return;
    send(response, await serveAws(core, request));
  } catch (error) {
    const fault = toFault(error);
    if (fault.connection === undefined) send(response, plainFault(fault));
    else leaveUnanswered(core, { exchange, request, how: fault.connection });
  }
}

/** Whoever waits for an answer that never comes waits for time: for its own time-out. */
function leaveUnanswered(
  core: AccountCore,
  lost: {
    readonly exchange: Exchange;
    readonly request: WireRequest;
    readonly how: 'reset' | 'hang';
  },
): void {
  const { exchange, request, how } = lost;
  const release = holdRequest(core.heldRequests, parseCredentialScope(request)?.accessKeyId ?? '');
  exchange.response.once('close', release);
  loseConnection(exchange, how);
}

/** Undefined where the client went away before its body had arrived, or asked for no path. */
async function readRequest(incoming: IncomingMessage): Promise<WireRequest | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
  } catch {
    return undefined;
  }
  const url = URL.parse(`http://local${incoming.url ?? '/'}`);
  if (url === null) return undefined;
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: incoming.headers,
    body: Buffer.concat(chunks),
  };
}

function plainFault(fault: AwsFault): WireAnswer {
  return {
    status: fault.status,
    headers: {
      'content-type': 'application/json',
      'x-amzn-errortype': fault.code,
      'x-amzn-requestid': randomUUID(),
    },
    body: JSON.stringify({ __type: fault.code, message: fault.message }),
  };
}

function send(response: ServerResponse, { status, headers, body }: WireAnswer): void {
  response.writeHead(status, headers);
  response.end(body);
}
