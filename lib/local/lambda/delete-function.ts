import {
  DeleteFunction$,
  type DeleteFunctionRequest,
  type DeleteFunctionResponse,
} from '@aws-sdk/client-lambda';
import { type Operation, operation } from '../wire/operation.ts';
import { findFunction, type LambdaContext } from './lambda-context.ts';
import { functionNeed } from './lambda-needs.ts';
import { lambdaTrail } from './lambda-trail.ts';

/** DeleteFunction. */
export function deleteFunctionOperation(context: LambdaContext): Operation {
  return operation<DeleteFunctionRequest, DeleteFunctionResponse>(DeleteFunction$, {
    needs: ({ FunctionName, Qualifier }) => [
      functionNeed(context, 'DeleteFunction', { FunctionName, Qualifier }),
    ],
    handle: ({ FunctionName, Qualifier }) => {
      const { name } = findFunction(context, FunctionName, Qualifier);
      context.functions.delete(name);
      context.interfaces.reclaimLater();
      const ended = context.execution?.terminateEnvironments(name);
      if (ended !== undefined) void context.core.clock.track(ended);
      return { StatusCode: 204 };
    },
    trail: (input) => lambdaTrail('DeleteFunction', input),
  });
}
