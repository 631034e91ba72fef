import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { AccountCore } from './account-core.ts';
import { parseCredentialScope, type WireRequest } from './wire/http.ts';

/** How connections to the account fare. */
export interface ConnectionRules {
  /** After so long without a word a connection is dead, and nobody is told. Absent: never. */
  dropIdleMs?: number;
}

/** The open connections of a server. */
export interface Connections {
  /** Counts the connection of a request; false where it was dropped in the meantime, and is reset. */
  readonly admit: (exchange: Exchange, request: WireRequest) => boolean;
}

/** One request and the answer to it. */
export interface Exchange {
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
}

/**
 * Creates the count of connections of a server.
 *
 * AWS: NAT gateways forget a connection after 350 idle seconds. Whoever writes to it then meets a reset.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html
 */
export function createConnections(core: AccountCore, rules: ConnectionRules): Connections {
  const usedAtMs = new WeakMap<Socket, number>();
  return {
    admit: ({ incoming, response }, request) => {
      const { socket } = incoming;
      const { connections, drops } = core.journal;
      const key = parseCredentialScope(request)?.accessKeyId ?? 'unsigned';
      const lastMs = usedAtMs.get(socket);
      const nowMs = core.clock.nowMs();
      if (isStale(rules, { lastMs, nowMs }) && key !== 'unsigned') {
        countOne(drops, key);
        socket.resetAndDestroy();
        return false;
      }
      if (lastMs === undefined) countOne(connections, key);
      usedAtMs.set(socket, nowMs);
      response.once('finish', () => usedAtMs.set(socket, core.clock.nowMs()));
      return true;
    },
  };
}

/** Leaves a caller without an answer. */
export function loseConnection({ incoming }: Exchange, how: 'reset' | 'hang'): void {
  if (how === 'reset') incoming.socket.resetAndDestroy();
}

function isStale(
  { dropIdleMs }: ConnectionRules,
  { lastMs, nowMs }: { readonly lastMs: number | undefined; readonly nowMs: number },
): boolean {
  return dropIdleMs !== undefined && lastMs !== undefined && nowMs - lastMs >= dropIdleMs;
}

function countOne(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
