import type { CapacityProvider } from '@aws-sdk/client-lambda';

/** A capacity provider, as Lambda answers it: functions on it run in its subnets and groups. */
export interface StoredCapacityProvider extends CapacityProvider {
  readonly name: string;
  readonly CapacityProviderArn: string;
}

/** A capacity provider as Lambda answers it. */
export function describeProvider({ name: _name, ...provider }: StoredCapacityProvider) {
  return provider;
}
