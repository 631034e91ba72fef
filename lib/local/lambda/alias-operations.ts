import { randomUUID } from 'node:crypto';
import {
  type AliasConfiguration,
  CreateAlias$,
  type CreateAliasRequest,
  DeleteAlias$,
  type DeleteAliasRequest,
  UpdateAlias$,
  type UpdateAliasRequest,
} from '@aws-sdk/client-lambda';
import type { Given } from '../wire/given.ts';
import { type Operation, operation } from '../wire/operation.ts';
import {
  checkAlias,
  checkAliasName,
  describeAlias,
  findAlias,
  requestedWeights,
} from './alias-request.ts';
import { conflict } from './faults.ts';
import { checkRevision } from './function-guards.ts';
import { findFunction, type LambdaContext, nameOf, noSuchFunction } from './lambda-context.ts';
import { functionNeed } from './lambda-needs.ts';
import { lambdaTrail } from './lambda-trail.ts';
import { forgetEventConfigs } from './stored-event-config.ts';
import type { StoredAlias, StoredFunction } from './stored-function.ts';

/** CreateAlias, UpdateAlias and DeleteAlias. */
export function aliasOperations(context: LambdaContext): readonly Operation[] {
  return [createAlias(context), updateAlias(context), deleteAlias(context)];
}

function createAlias(context: LambdaContext): Operation {
  return operation<Given<CreateAliasRequest, 'Name' | 'FunctionVersion'>, AliasConfiguration>(
    CreateAlias$,
    {
      needs: ({ FunctionName }) => [functionNeed(context, 'CreateAlias', { FunctionName })],
      handle: ({ FunctionName, Name, FunctionVersion, Description = '', RoutingConfig }) => {
        checkAliasName(Name);
        const stored = findAliased(context, FunctionName, FunctionVersion);
        if (stored.aliases.has(Name)) throw conflict(`Alias already exists: ${stored.arn}:${Name}`);
        return put(context, stored, {
          name: Name,
          functionVersion: FunctionVersion,
          description: Description,
          weights: requestedWeights(RoutingConfig) ?? {},
          revisionId: randomUUID(),
        });
      },
      trail: (input) => lambdaTrail('CreateAlias', input),
    },
  );
}

function updateAlias(context: LambdaContext): Operation {
  return operation<UpdateAliasRequest, AliasConfiguration>(UpdateAlias$, {
    needs: ({ FunctionName }) => [functionNeed(context, 'UpdateAlias', { FunctionName })],
    handle: ({ FunctionName, Name, FunctionVersion, Description, RoutingConfig, RevisionId }) => {
      const stored = findFunction(context, FunctionName);
      const alias = findAlias(stored, Name);
      checkRevision(alias.revisionId, RevisionId);
      return put(context, stored, {
        name: alias.name,
        functionVersion: FunctionVersion ?? alias.functionVersion,
        description: Description ?? alias.description,
        weights: requestedWeights(RoutingConfig) ?? alias.weights,
        revisionId: randomUUID(),
      });
    },
    trail: (input) => lambdaTrail('UpdateAlias', input),
  });
}

/** AWS: where there is no function, it is the version of it that is not found. */
function findAliased(
  context: LambdaContext,
  functionName: string | undefined,
  version: string,
): StoredFunction {
  const { name, arn } = nameOf(context, functionName);
  if (context.functions.get(name)?.arn !== arn) throw noSuchFunction(context, arn, version);
  return findFunction(context, functionName);
}

/** AWS: the call knows no error for an alias that does not exist. */
function deleteAlias(context: LambdaContext): Operation {
  return operation<Given<DeleteAliasRequest, 'Name'>, object>(DeleteAlias$, {
    needs: ({ FunctionName }) => [functionNeed(context, 'DeleteAlias', { FunctionName })],
    handle: ({ FunctionName, Name }) => {
      const stored = findFunction(context, FunctionName);
      const aliases = new Map(stored.aliases);
      aliases.delete(Name);
      forgetEventConfigs(context, stored.name, Name);
      context.functions.set(stored.name, { ...stored, aliases });
      return {};
    },
    trail: (input) => lambdaTrail('DeleteAlias', input),
  });
}

function put(
  context: LambdaContext,
  stored: StoredFunction,
  alias: StoredAlias,
): AliasConfiguration {
  checkAlias(stored, alias);
  const aliases = new Map(stored.aliases).set(alias.name, alias);
  context.functions.set(stored.name, { ...stored, aliases });
  return describeAlias(stored, alias);
}
