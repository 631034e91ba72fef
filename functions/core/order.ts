import { type ChangeEvent, parseChangeEvent } from './change-event.ts';
import { parseFunctionArn } from './function-name.ts';
import { isRecord, type JsonRecord } from './json-value.ts';
import {
  NETWORK_SOURCE,
  type NetworkCause,
  type NetworkChange,
  parseNetworkChange,
} from './network-change.ts';
import { type NetworkOrder, parseNetworkOrder, toNetworkMessage } from './network-order.ts';
import type { Mode } from './policy.ts';
import { quote } from './quote.ts';

/** One request to look at one function: level, not edge. */
export interface Order {
  readonly functionArn: string;
  /** Absent for re-checks and rescans. */
  readonly change?: ChangeEvent;
  /** How many delayed looks led here. */
  readonly hops: number;
  /** Look at the network afresh: a change of it asked for this look. */
  readonly isFresh?: true;
  /** The change of the network that asked for it. */
  readonly after?: NetworkCause;
  /** Judge what only a sweep judges too. */
  readonly isThorough?: true;
  /** Wake it if it is idle, listed and may be woken. */
  readonly wake: boolean;
  /** Lowers the deployed mode for this look. */
  readonly mode?: Mode;
}

/** What a message of the enforcement queue turned out to be. */
export type ParsedMessage =
  | { readonly status: 'order'; readonly order: Order }
  | { readonly status: 'network'; readonly order: NetworkOrder }
  | { readonly status: 'ignored'; readonly reason: string }
  | { readonly status: 'malformed'; readonly faults: readonly string[] };

const OWN_SOURCE = 'lambda-vpc-guardrail';
const ORDER_KEYS = ['functionArn', 'hops', 'wake', 'mode', 'isFresh', 'isThorough', 'after'];
const MOST_HOPS = 100;

/** Reads a message's body: an EventBridge envelope, or an order of the guardrail's own. */
export function parseMessage(body: string): ParsedMessage {
  const message = parseJson(body);
  if (message === undefined) return malformed([`expected JSON, got ${quote(body)}`]);
  if (!isRecord(message)) return parseChange(message);
  switch (message['source']) {
    case OWN_SOURCE:
      return 'network' in message ? parseNetworkOrder(message['network']) : parseOwn(message);
    case NETWORK_SOURCE:
      return parseNetwork(message);
    default:
      return parseChange(message);
  }
}

/** Writes an order as a message's body; a look that follows a change no longer carries it. */
export function toMessage({ change: _, ...order }: Order): string {
  return JSON.stringify({ source: OWN_SOURCE, order });
}

/** Writes the order to look, later, at the functions that a change of the network may concern. */
export function toNetworkBody(change: NetworkChange): string {
  return JSON.stringify({ source: OWN_SOURCE, network: toNetworkMessage(change) });
}

function parseChange(message: unknown): ParsedMessage {
  const parsed = parseChangeEvent(message);
  if (parsed.status !== 'change') return parsed;
  const { event } = parsed;
  return {
    status: 'order',
    order: { functionArn: event.functionArn, change: event, hops: 0, wake: false },
  };
}

function parseNetwork(envelope: JsonRecord): ParsedMessage {
  const parsed = parseNetworkChange(envelope);
  if (parsed.status !== 'network') return parsed;
  return { status: 'network', order: { change: parsed.change, isDue: false } };
}

function parseOwn({ order }: JsonRecord): ParsedMessage {
  if (!isRecord(order)) return malformed([`\`order\`: expected an object, got ${quote(order)}`]);
  const { functionArn, hops, wake, mode } = order;
  const faults = Object.keys(order)
    .filter((key) => !ORDER_KEYS.includes(key))
    .map((key) => `\`order\`: unknown key ${quote(key)}`);
  const expect = (isGood: boolean, key: string, expected: string): void => {
    if (!isGood) faults.push(`\`order.${key}\`: expected ${expected}, got ${quote(order[key])}`);
  };
  expect(isFunctionArn(functionArn), 'functionArn', 'the ARN of a function');
  expect(isHops(hops), 'hops', `a whole number up to ${MOST_HOPS}`);
  expect(typeof wake === 'boolean', 'wake', 'true or false');
  expect(mode === undefined || isMode(mode), 'mode', '`audit` or `enforce`');
  expect((order['isFresh'] ?? true) === true, 'isFresh', 'true');
  expect((order['isThorough'] ?? true) === true, 'isThorough', 'true');
  expect(isNetworkCause(order['after']), 'after', 'a resource and an event');
  if (faults.length > 0) return malformed(faults);
  return { status: 'order', order: order as unknown as Order };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isFunctionArn(value: unknown): boolean {
  return typeof value === 'string' && parseFunctionArn(value) === value;
}

function isHops(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MOST_HOPS;
}

function isNetworkCause(value: unknown): boolean {
  if (value === undefined) return true;
  if (!isRecord(value)) return false;
  const { resourceId, eventId } = value;
  return typeof resourceId === 'string' && typeof eventId === 'string';
}

function isMode(value: unknown): boolean {
  return value === 'audit' || value === 'enforce';
}

function malformed(faults: readonly string[]): ParsedMessage {
  return { status: 'malformed', faults };
}
