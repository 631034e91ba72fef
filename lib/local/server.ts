import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type AccountCore, perform, toFault } from './account-core.ts';
import { findCaller } from './identity/principals.ts';
import { AwsFault } from './wire/aws-fault.ts';
import { parseCredentialScope, type WireAnswer, type WireRequest } from './wire/http.ts';
import type { Service } from './wire/operation.ts';
import { PROTOCOLS } from './wire/protocol.ts';

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

/** Serves the account on 127.0.0.1; port 0 takes any free one. */
export async function serve(
  core: AccountCore,
  { port, sideDoors }: { readonly port: number; readonly sideDoors: readonly SideDoor[] },
): Promise<LocalServer> {
  const known = new WeakSet<Socket>();
  const server = createServer((incoming, response) => {
    void answer(core, sideDoors, { incoming, response, known });
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

interface Exchange {
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
  readonly known: WeakSet<Socket>;
}

async function answer(
  core: AccountCore,
  sideDoors: readonly SideDoor[],
  { incoming, response, known }: Exchange,
): Promise<void> {
  const request = await readRequest(incoming);
  if (request === undefined) {
    response.destroy();
    return;
  }
  countConnection(core, known, { socket: incoming.socket, request });
  response.setHeader('date', new Date(core.clock.nowMs()).toUTCString());
  try {
    for (const door of sideDoors) if (await door(request, response)) return;
    send(response, await serveAws(core, request));
  } catch (error) {
    send(response, plainFault(toFault(error)));
  }
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

function countConnection(
  core: AccountCore,
  known: WeakSet<Socket>,
  { socket, request }: { readonly socket: Socket; readonly request: WireRequest },
): void {
  if (known.has(socket)) return;
  known.add(socket);
  const key = parseCredentialScope(request)?.accessKeyId ?? 'unsigned';
  core.journal.connections.set(key, (core.journal.connections.get(key) ?? 0) + 1);
}

async function serveAws(core: AccountCore, request: WireRequest): Promise<WireAnswer> {
  const scope = parseCredentialScope(request);
  const service = scope === undefined ? undefined : core.services.get(scope.service);
  if (scope === undefined || service === undefined) {
    throw new AwsFault(
      scope === undefined
        ? 'Request is missing Authentication Token'
        : `the local account has no service \`${scope.service}\`: it has ${[...core.services.keys()].sort().join(', ')}`,
      {
        code: scope === undefined ? 'MissingAuthenticationToken' : 'UnknownOperationException',
        status: 400,
      },
    );
  }
  return serveOperation(core, { service, request, accessKeyId: scope.accessKeyId });
}

async function serveOperation(
  core: AccountCore,
  from: { readonly service: Service; readonly request: WireRequest; readonly accessKeyId: string },
): Promise<WireAnswer> {
  const { service, request, accessKeyId } = from;
  const protocol = PROTOCOLS[service.protocol];
  const requestId = randomUUID();
  try {
    const routed = protocol.route(service, request);
    if (routed === undefined) throw unknownOperation(service, request);
    const caller = findCaller(core.principals, accessKeyId);
    if (caller === undefined) throw invalidToken(service);
    const output = await perform(core, {
      service,
      operation: routed.operation,
      input: await routed.readInput(),
      caller,
      userAgent: String(request.headers['user-agent'] ?? ''),
      requestId,
    });
    return protocol.writeOutput({ service, operation: routed.operation, output, requestId });
  } catch (error) {
    return protocol.writeFault(toFault(error), service, requestId);
  }
}

function unknownOperation(service: Service, request: WireRequest): AwsFault {
  const asked =
    request.headers['x-amz-target'] ??
    new URLSearchParams(request.body.toString('utf8')).get('Action') ??
    `${request.method} ${request.path}`;
  return new AwsFault(`the local account does not offer \`${asked}\` of ${service.name}`, {
    code:
      service.protocol === 'rest-json' || service.protocol === 'json'
        ? 'UnknownOperationException'
        : 'InvalidAction',
    status: 400,
  });
}

function invalidToken(service: Service): AwsFault {
  const isQuery = service.protocol === 'query' || service.protocol === 'ec2';
  return new AwsFault('The security token included in the request is invalid.', {
    code: isQuery ? 'InvalidClientTokenId' : 'UnrecognizedClientException',
    status: 403,
  });
}

function plainFault(fault: AwsFault): WireAnswer {
  return {
    status: fault.status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': fault.code },
    body: JSON.stringify({ __type: fault.code, message: fault.message }),
  };
}

function send(response: ServerResponse, { status, headers, body }: WireAnswer): void {
  response.writeHead(status, headers);
  response.end(body);
}
