import type { Attachment } from '../core/attachment.ts';
import type { Fact } from '../core/facts.ts';
import { type NetworkFacts, NOWHERE } from '../core/network.ts';
import type { NetworkPlace, Ports } from './ports.ts';

/** A network that was read, and of which VPCs. */
export interface NetworkRead {
  readonly fact: Fact<NetworkFacts>;
  readonly place: NetworkPlace;
  /** Read for this look, not remembered from an earlier one. */
  readonly isFresh: boolean;
}

/** Reads the network around some attachments, unless what was read before has it. */
export async function readNetworkOf(
  around: readonly Attachment[] | 'every',
  { network, isFresh }: { readonly network?: NetworkRead | undefined; readonly isFresh: boolean },
  ports: Ports,
): Promise<Fact<NetworkFacts>> {
  const place = around === 'every' ? around : vpcIdsOf(around);
  if (place.length === 0) return { value: NOWHERE };
  if (network !== undefined && isWithin(place, network.place) && (network.isFresh || !isFresh)) {
    return network.fact;
  }
  return ports.readNetwork(place, isFresh);
}

/** The VPCs of some attachments, each once. */
export function vpcIdsOf(attachments: readonly (Attachment | undefined)[]): readonly string[] {
  return [...new Set(attachments.flatMap((attachment) => attachment?.vpcId ?? []))].sort();
}

function isWithin(wanted: NetworkPlace, read: NetworkPlace): boolean {
  if (read === 'every' || wanted === 'every') return read === 'every';
  return wanted.every((vpcId) => read.includes(vpcId));
}
