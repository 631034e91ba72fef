import {
  GetCapacityProvider$,
  type GetCapacityProviderRequest,
  type GetCapacityProviderResponse,
  ListCapacityProviders$,
  type ListCapacityProvidersRequest,
  type ListCapacityProvidersResponse,
} from '@aws-sdk/client-lambda';
import { type Operation, operation } from '../wire/operation.ts';
import { providerNeed } from './capacity-operations.ts';
import { findProvider } from './capacity-request.ts';
import type { LambdaContext } from './lambda-context.ts';
import { pageOf } from './pages.ts';
import { describeProvider } from './stored-capacity-provider.ts';

/** GetCapacityProvider and ListCapacityProviders. */
export function readCapacityOperations(context: LambdaContext): readonly Operation[] {
  return [getProvider(context), listProviders(context)];
}

function getProvider(context: LambdaContext): Operation {
  return operation<GetCapacityProviderRequest, GetCapacityProviderResponse>(GetCapacityProvider$, {
    needs: ({ CapacityProviderName }) => [
      providerNeed(context, 'GetCapacityProvider', CapacityProviderName),
    ],
    handle: ({ CapacityProviderName }) => ({
      CapacityProvider: describeProvider(findProvider(context, CapacityProviderName)),
    }),
  });
}

function listProviders(context: LambdaContext): Operation {
  return operation<ListCapacityProvidersRequest, ListCapacityProvidersResponse>(
    ListCapacityProviders$,
    {
      needs: () => [{ action: 'lambda:ListCapacityProviders', resource: '*' }],
      handle: ({ State: wanted, Marker, MaxItems }) => {
        const providers = [...context.capacityProviders.values()].filter(
          ({ State }) => wanted === undefined || State === wanted,
        );
        const { items, nextMarker } = pageOf(providers, {
          keyOf: ({ name }) => name,
          marker: Marker,
          size: MaxItems,
          maxSize: 50,
        });
        return {
          CapacityProviders: items.map(describeProvider),
          ...(nextMarker === undefined ? {} : { NextMarker: nextMarker }),
        };
      },
    },
  );
}
