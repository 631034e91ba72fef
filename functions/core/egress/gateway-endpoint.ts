import type { NetworkFacts, Route } from '../network.ts';

/** Tells whether a route leads to one AWS service by a gateway endpoint; only those are made for prefix lists. */
export function isGatewayEndpoint(
  { endpoints }: NetworkFacts,
  vpcId: string,
  { kind, targetId, destination }: Route,
): boolean {
  if (kind !== 'endpoint') return false;
  const endpoint = endpoints.get(vpcId)?.find(({ endpointId }) => endpointId === targetId);
  return endpoint === undefined ? destination.startsWith('pl-') : endpoint.type === 'Gateway';
}
