import {
  CreateCapacityProvider$,
  type CreateCapacityProviderRequest,
  type CreateCapacityProviderResponse,
  DeleteCapacityProvider$,
  type DeleteCapacityProviderRequest,
  type DeleteCapacityProviderResponse,
} from '@aws-sdk/client-lambda';
import { type Need, type Operation, operation } from '../wire/operation.ts';
import {
  checkProviderNetwork,
  findProvider,
  providerNameOf,
  requestedProvider,
} from './capacity-request.ts';
import { toLambdaTime } from './create-function.ts';
import { assumeRole } from './execution-role.ts';
import { conflict } from './faults.ts';
import type { LambdaContext } from './lambda-context.ts';
import { passRole } from './lambda-needs.ts';
import { lambdaTrail } from './lambda-trail.ts';
import { describeProvider, type StoredCapacityProvider } from './stored-capacity-provider.ts';
import { versionsOf } from './stored-function.ts';

/** CreateCapacityProvider and DeleteCapacityProvider. */
export function capacityOperations(context: LambdaContext): readonly Operation[] {
  return [createProvider(context), deleteProvider(context)];
}

/** The permission for a call on one capacity provider. */
export function providerNeed(
  context: LambdaContext,
  operationName: string,
  name: string | undefined,
): Need {
  return { action: `lambda:${operationName}`, resource: providerNameOf(context, name).arn };
}

/** That the caller must be allowed to pass the operator role is inferred from what functions need. */
function createProvider(context: LambdaContext): Operation {
  return operation<CreateCapacityProviderRequest, CreateCapacityProviderResponse>(
    CreateCapacityProvider$,
    {
      needs: ({ CapacityProviderName, PermissionsConfig, Tags = {} }) => [
        providerNeed(context, 'CreateCapacityProvider', CapacityProviderName),
        passRole(PermissionsConfig?.CapacityProviderOperatorRoleArn ?? '*'),
        ...(Object.keys(Tags).length === 0
          ? []
          : [providerNeed(context, 'TagResource', CapacityProviderName)]),
      ],
      handle: (input, { nowMs }) => {
        const provider = toProvider(context, input, nowMs);
        context.capacityProviders.set(provider.name, provider);
        becomeLater(context, provider, { ...provider, State: 'Active' });
        return { CapacityProvider: describeProvider(provider) };
      },
      trail: (input) => lambdaTrail('CreateCapacityProvider', input),
    },
  );
}

function deleteProvider(context: LambdaContext): Operation {
  return operation<DeleteCapacityProviderRequest, DeleteCapacityProviderResponse>(
    DeleteCapacityProvider$,
    {
      needs: ({ CapacityProviderName }) => [
        providerNeed(context, 'DeleteCapacityProvider', CapacityProviderName),
      ],
      handle: ({ CapacityProviderName }) => {
        const provider = findProvider(context, CapacityProviderName);
        checkUnused(context, provider);
        const deleting: StoredCapacityProvider = { ...provider, State: 'Deleting' };
        context.capacityProviders.set(provider.name, deleting);
        becomeLater(context, deleting, undefined);
        return { CapacityProvider: describeProvider(deleting) };
      },
      trail: (input) => lambdaTrail('DeleteCapacityProvider', input),
    },
  );
}

/** The text of the refusal of a name that is taken is not verified against AWS. */
function toProvider(
  context: LambdaContext,
  input: CreateCapacityProviderRequest,
  nowMs: number,
): StoredCapacityProvider {
  const { CapacityProviderName, Tags: _tags, ...settings } = input;
  const { name, arn } = providerNameOf(context, CapacityProviderName);
  if (context.capacityProviders.has(name)) {
    throw conflict(`Capacity provider already exists: ${arn}`);
  }
  const operatorRoleArn = input.PermissionsConfig?.CapacityProviderOperatorRoleArn ?? '';
  assumeRole(context.core, operatorRoleArn);
  return {
    ...settings,
    name,
    CapacityProviderArn: arn,
    State: 'Pending',
    VpcConfig: checkProviderNetwork(context.network, input.VpcConfig),
    PermissionsConfig: { CapacityProviderOperatorRoleArn: operatorRoleArn },
    LastModified: toLambdaTime(nowMs),
  };
}

/** How long AWS takes is not documented; unless it was changed in between, the provider is as given then. */
function becomeLater(
  { core, capacityProviders, durations }: LambdaContext,
  provider: StoredCapacityProvider,
  later: StoredCapacityProvider | undefined,
): void {
  core.clock.after(durations.plainMs, () => {
    if (capacityProviders.get(provider.name) !== provider) return;
    if (later === undefined) capacityProviders.delete(provider.name);
    else capacityProviders.set(provider.name, later);
  });
}

/** AWS: versions hold it too. The text is not verified. */
function checkUnused(
  { functions }: LambdaContext,
  { CapacityProviderArn }: StoredCapacityProvider,
): void {
  const user = [...functions.values()]
    .flatMap(versionsOf)
    .find(
      ({ configuration }) =>
        requestedProvider(configuration.CapacityProviderConfig) === CapacityProviderArn,
    );
  if (user === undefined) return;
  throw conflict(
    `The capacity provider is used by a function and cannot be deleted: ${user.configuration.FunctionArn}`,
  );
}
