import {
  type Concurrency,
  DeleteFunctionConcurrency$,
  type DeleteFunctionConcurrencyRequest,
  GetAccountSettings$,
  type GetAccountSettingsResponse,
  GetFunctionConcurrency$,
  type GetFunctionConcurrencyRequest,
  type GetFunctionConcurrencyResponse,
  PutFunctionConcurrency$,
  type PutFunctionConcurrencyRequest,
} from '@aws-sdk/client-lambda';
import { type Operation, operation } from '../wire/operation.ts';
import { constraintBroken, invalidParameter } from './faults.ts';
import { announceCapacity, findWholeFunction, type LambdaContext } from './lambda-context.ts';
import { functionNeed } from './lambda-needs.ts';
import { lambdaTrail } from './lambda-trail.ts';

/** How AWS names the quota that all functions share. */
const CONCURRENCY_QUOTA = 'Concurrent executions';
const UNRESERVED_MINIMUM = 100;

/** The operations on reserved concurrency, and GetAccountSettings. */
export function concurrencyOperations(context: LambdaContext): readonly Operation[] {
  return [
    putConcurrency(context),
    getConcurrency(context),
    deleteConcurrency(context),
    getAccountSettings(context),
  ];
}

/** AWS: whether these calls change the revision is not documented; here they do not. */
function putConcurrency(context: LambdaContext): Operation {
  return operation<PutFunctionConcurrencyRequest, Concurrency>(PutFunctionConcurrency$, {
    needs: ({ FunctionName }) => [
      functionNeed(context, 'PutFunctionConcurrency', { FunctionName }),
    ],
    handle: ({ FunctionName, ReservedConcurrentExecutions: wanted = 0 }) => {
      const stored = findWholeFunction(context, FunctionName);
      checkReservation(context, stored.name, wanted);
      context.functions.set(stored.name, { ...stored, reservedConcurrency: wanted });
      announceCapacity(context, stored.name);
      return { ReservedConcurrentExecutions: wanted };
    },
    trail: (input) => lambdaTrail('PutFunctionConcurrency', input),
  });
}

function getConcurrency(context: LambdaContext): Operation {
  return operation<GetFunctionConcurrencyRequest, GetFunctionConcurrencyResponse>(
    GetFunctionConcurrency$,
    {
      needs: ({ FunctionName }) => [
        functionNeed(context, 'GetFunctionConcurrency', { FunctionName }),
      ],
      handle: ({ FunctionName }) => {
        const { reservedConcurrency } = findWholeFunction(context, FunctionName);
        return reservedConcurrency === undefined
          ? {}
          : { ReservedConcurrentExecutions: reservedConcurrency };
      },
    },
  );
}

function deleteConcurrency(context: LambdaContext): Operation {
  return operation<DeleteFunctionConcurrencyRequest, object>(DeleteFunctionConcurrency$, {
    needs: ({ FunctionName }) => [
      functionNeed(context, 'DeleteFunctionConcurrency', { FunctionName }),
    ],
    handle: ({ FunctionName }) => {
      const { reservedConcurrency: _removed, ...stored } = findWholeFunction(context, FunctionName);
      context.functions.set(stored.name, stored);
      announceCapacity(context, stored.name);
      return {};
    },
    trail: (input) => lambdaTrail('DeleteFunctionConcurrency', input),
  });
}

function getAccountSettings(context: LambdaContext): Operation {
  return operation<object, GetAccountSettingsResponse>(GetAccountSettings$, {
    needs: () => [{ action: 'lambda:GetAccountSettings', resource: '*' }],
    handle: () => {
      return {
        AccountLimit: {
          TotalCodeSize: context.codeStorage.limitBytes(),
          CodeSizeUnzipped: 262_144_000,
          CodeSizeZipped: 52_428_800,
          ConcurrentExecutions: accountConcurrency(context),
          UnreservedConcurrentExecutions:
            accountConcurrency(context) - reservedBeside(context, undefined),
        },
        AccountUsage: {
          TotalCodeSize: context.codeStorage.usedBytes(),
          FunctionCount: context.functions.size,
        },
      };
    },
  });
}

function checkReservation(context: LambdaContext, name: string, wanted: number): void {
  if (!(wanted >= 0)) {
    throw constraintBroken({
      member: 'reservedConcurrentExecutions',
      value: wanted,
      constraint: 'Member must have value greater than or equal to 0',
    });
  }
  const unreserved = accountConcurrency(context) - reservedBeside(context, name) - wanted;
  if (wanted > 0 && unreserved < UNRESERVED_MINIMUM) {
    throw invalidParameter(
      `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${UNRESERVED_MINIMUM}].`,
    );
  }
}

function accountConcurrency({ quotas }: LambdaContext): number {
  return quotas.list('lambda').find(({ name }) => name === CONCURRENCY_QUOTA)?.value ?? 0;
}

/** What all functions but one have reserved. */
function reservedBeside({ functions }: LambdaContext, name: string | undefined): number {
  return [...functions.values()]
    .filter((stored) => stored.name !== name)
    .reduce((sum, { reservedConcurrency = 0 }) => sum + reservedConcurrency, 0);
}
