import { type ChangeEvent, parseChangeEvent } from './change-event.ts';
import { parseFunctionArn } from './function-name.ts';
import { isRecord, type JsonRecord } from './json-value.ts';
import type { Mode } from './policy.ts';
import { quote } from './quote.ts';

/** One request to look at one function: level, not edge. */
export interface Order {
  readonly functionArn: string;
  /** Absent for re-checks and rescans. */
  readonly change?: ChangeEvent;
  /** How many delayed looks led here. */
  readonly hops: number;
  /** Wake it if it is idle, listed and may be woken. */
  readonly wake: boolean;
  /** Lowers the deployed mode for this look. */
  readonly mode?: Mode;
}

/** What a message of the enforcement queue turned out to be. */
export type ParsedMessage =
  | { readonly status: 'order'; readonly order: Order }
  | { readonly status: 'ignored'; readonly reason: string }
  | { readonly status: 'malformed'; readonly faults: readonly string[] };

const OWN_SOURCE = 'lambda-vpc-guardrail';
const ORDER_KEYS = ['functionArn', 'hops', 'wake', 'mode'];
const MOST_HOPS = 100;

/** Reads a message's body: an EventBridge envelope, or an order of the guardrail's own. */
export function parseMessage(body: string): ParsedMessage {
  const message = parseJson(body);
  if (message === undefined) return malformed([`expected JSON, got ${quote(body)}`]);
  if (isRecord(message) && message['source'] === OWN_SOURCE) return parseOwn(message);
  const parsed = parseChangeEvent(message);
  if (parsed.status !== 'change') return parsed;
  const { event } = parsed;
  return {
    status: 'order',
    order: { functionArn: event.functionArn, change: event, hops: 0, wake: false },
  };
}

/** Writes an order as a message's body; a look that follows a change no longer carries it. */
export function toMessage({ functionArn, hops, wake, mode }: Order): string {
  const order = { functionArn, hops, wake, ...(mode === undefined ? {} : { mode }) };
  return JSON.stringify({ source: OWN_SOURCE, order });
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

function isMode(value: unknown): boolean {
  return value === 'audit' || value === 'enforce';
}

function malformed(faults: readonly string[]): ParsedMessage {
  return { status: 'malformed', faults };
}
