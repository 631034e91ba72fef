import { createMemberReader, isRecord } from './json-value.ts';
import { type NetworkChange, toResourceId } from './network-change.ts';
import { isIdList } from './network-ids.ts';
import { quote } from './quote.ts';

/** One request to look at the functions that a change of the network may concern. */
export interface NetworkOrder {
  readonly change: NetworkChange;
  /** The time in which other changes of the same resource were absorbed is over. */
  readonly isDue: boolean;
}

/** What a message that the guardrail sent itself about the network turned out to be. */
export type ParsedNetworkOrder =
  | { readonly status: 'network'; readonly order: NetworkOrder }
  | { readonly status: 'malformed'; readonly faults: readonly string[] };

/** What a delayed look at the network is sent as: what is debounced follows from the ids. */
type NetworkMessage = Omit<NetworkChange, 'resourceId'>;

const KEYS = ['eventId', 'eventTimeMs', 'ids', 'isSlow'];

/** Writes the part of a message that asks for a delayed look at what a change concerns. */
export function toNetworkMessage({ resourceId: _, ...message }: NetworkChange): NetworkMessage {
  return message;
}

/** Reads the part of a message that {@link toNetworkMessage} wrote. */
export function parseNetworkOrder(network: unknown): ParsedNetworkOrder {
  if (!isRecord(network))
    return malformed([`\`network\`: expected an object, got ${quote(network)}`]);
  const { eventTimeMs, ids, isSlow = true } = network;
  const faults = Object.keys(network)
    .filter((key) => !KEYS.includes(key))
    .map((key) => `\`network\`: unknown key ${quote(key)}`);
  createMemberReader(network, 'network.', faults).text('eventId');
  if (!Number.isSafeInteger(eventTimeMs)) {
    faults.push(`\`network.eventTimeMs\`: expected milliseconds, got ${quote(eventTimeMs)}`);
  }
  if (!isIdList(ids)) faults.push(`\`network.ids\`: expected ids of a network, got ${quote(ids)}`);
  if (isSlow !== true) faults.push(`\`network.isSlow\`: expected true, got ${quote(isSlow)}`);
  if (faults.length > 0) return malformed(faults);
  const message = network as unknown as NetworkMessage;
  const change = { ...message, resourceId: toResourceId(message.ids) };
  return { status: 'network', order: { change, isDue: true } };
}

function malformed(faults: readonly string[]): ParsedNetworkOrder {
  return { status: 'malformed', faults };
}
