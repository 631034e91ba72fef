import {
  DeleteFunction$,
  type DeleteFunctionRequest,
  type DeleteFunctionResponse,
} from '@aws-sdk/client-lambda';
import { type Operation, operation } from '../wire/operation.ts';
import { conflict, invalidParameter } from './faults.ts';
import { qualifierOf } from './find-version.ts';
import { type LambdaContext, nameOf, noSuchFunction } from './lambda-context.ts';
import { functionNeed } from './lambda-needs.ts';
import { lambdaTrail } from './lambda-trail.ts';
import { forgetEventConfigs } from './stored-event-config.ts';
import { LATEST, type StoredFunction } from './stored-function.ts';

/** DeleteFunction: a function with all its versions and aliases, or one version. */
export function deleteFunctionOperation(context: LambdaContext): Operation {
  return operation<DeleteFunctionRequest, DeleteFunctionResponse>(DeleteFunction$, {
    needs: ({ FunctionName, Qualifier }) => [
      functionNeed(context, 'DeleteFunction', { FunctionName, Qualifier }),
    ],
    handle: (input) => {
      const qualifier = qualifierOf(context, input);
      const { name, arn } = nameOf(context, input.FunctionName);
      const stored = context.functions.get(name);
      if (stored?.arn !== arn) {
        throw noSuchFunction(context, arn, qualifier);
      }
      if (qualifier === undefined) deleteFunction(context, stored);
      else deleteVersion(context, stored, qualifier);
      context.interfaces.reclaimLater();
      return { StatusCode: 204 };
    },
    trail: (input) => lambdaTrail('DeleteFunction', input),
  });
}

function deleteFunction(context: LambdaContext, { name }: StoredFunction): void {
  context.functions.delete(name);
  forgetEventConfigs(context, name);
  const ended = context.execution?.terminateEnvironments(name);
  if (ended !== undefined) void context.core.clock.track(ended);
}

/** AWS: a version that does not exist is deleted without a word. */
function deleteVersion(context: LambdaContext, stored: StoredFunction, qualifier: string): void {
  if (qualifier === LATEST) {
    throw invalidParameter('$LATEST version cannot be deleted without deleting the function.');
  }
  if (!/^\d+$/.test(qualifier)) {
    throw invalidParameter('Deletion of aliases is not currently supported.');
  }
  const aliases = [...stored.aliases.values()].filter(
    ({ functionVersion, weights }) => functionVersion === qualifier || qualifier in weights,
  );
  if (aliases.length > 0) {
    throw conflict(
      `Unable to delete version because the following aliases reference it: [${aliases.map(({ name }) => name).join(', ')}]`,
    );
  }
  const versions = new Map(stored.versions);
  versions.delete(qualifier);
  forgetEventConfigs(context, stored.name, qualifier);
  context.functions.set(stored.name, { ...stored, versions });
}
