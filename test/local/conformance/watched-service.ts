import { createCore, createParts } from '../../../lib/local/account-parts.ts';
import type { Service } from '../../../lib/local/wire/operation.ts';
import { type Conformance, createConformance } from '../../support/conformance.ts';
import { type FullAccount, startFullAccount } from '../full-account.ts';

/** A service while a scenario walks its operations. */
export interface Watched {
  readonly account: FullAccount;
  readonly observe: Conformance['observe'];
}

/** The operations that the account offers of a service. */
export function operationsOf(serviceName: string): readonly string[] {
  const core = createCore({});
  createParts(core, {}, () => '');
  return serviceIn(core.services, serviceName).operations.map(({ name }) => name);
}

/** Walks a service in an account of its own; answers by operation what nobody was answered then. */
export async function unseenAfter(
  {
    service: name,
    sdkPackage,
    region = 'us-east-1',
  }: { readonly service: string; readonly sdkPackage: string; readonly region?: string },
  walk: (watched: Watched) => Promise<void>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const account = await startFullAccount({ region });
  try {
    const service = serviceIn(account.core.services, name);
    const { observe, unseen } = createConformance(service, sdkPackage);
    await walk({ account, observe });
    return new Map(service.operations.map((operation) => [operation.name, unseen(operation.name)]));
  } finally {
    await account.close();
  }
}

/** Waits for calls that have to be refused. */
export async function refused(...calls: readonly Promise<unknown>[]): Promise<void> {
  const outcomes = await Promise.allSettled(calls);
  const index = outcomes.findIndex(({ status }) => status === 'fulfilled');
  if (index !== -1) throw new Error(`call ${index + 1} was not refused`);
}

/** A service of an account. */
export function serviceIn(services: ReadonlyMap<string, Service>, name: string): Service {
  const service = services.get(name);
  if (service === undefined) throw new Error(`no service \`${name}\``);
  return service;
}
