import type { UnsuccessfulItem } from '@aws-sdk/client-ec2';
import type { AccountCore } from '../account-core.ts';
import { notFound } from './ec2-faults.ts';
import { closeInterfaces } from './endpoint-interfaces.ts';
import { removeEndpointRoutes } from './endpoint-routes.ts';
import { goThrough } from './lifecycle.ts';
import type { Endpoint, RoutedNetwork } from './network.ts';

const DELETING_SECONDS = 60;

/** Removes a gateway endpoint with its routes at once, an interface endpoint after a while; answers why not. */
export function deleteEndpoint(
  core: AccountCore,
  network: RoutedNetwork,
  id: string,
): readonly UnsuccessfulItem[] {
  const { endpoints } = network;
  const endpoint = endpoints.get(id);
  if (endpoint === undefined) {
    const { code, message } = notFound('endpoint', [id]);
    return [{ ResourceId: id, Error: { Code: code, Message: message } }];
  }
  if (endpoint.type === 'Gateway') {
    removeEndpointRoutes(network, id, endpoint.routeTableIds);
    endpoints.delete(id);
    return [];
  }
  if (endpoint.state === 'deleting') return [];
  endpoints.set(id, { ...endpoint, state: 'deleting', hasPrivateDns: false });
  goThrough<Endpoint>(core, { items: endpoints, id }, [
    {
      seconds: DELETING_SECONDS,
      change: ({ interfaces }) => {
        closeInterfaces(network, interfaces);
        return undefined;
      },
    },
  ]);
  return [];
}
