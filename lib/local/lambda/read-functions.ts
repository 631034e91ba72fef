import {
  GetFunction$,
  GetFunctionConfiguration$,
  type GetFunctionConfigurationRequest,
  type GetFunctionRequest,
  type GetFunctionResponse,
  ListFunctions$,
  type ListFunctionsRequest,
  type ListFunctionsResponse,
} from '@aws-sdk/client-lambda';
import { isAllowed } from '../identity/authorize.ts';
import { type Operation, operation } from '../wire/operation.ts';
import { describeFunction, describeListed } from './function-answer.ts';
import { findFunction, type LambdaContext, nameOf } from './lambda-context.ts';
import { functionNeed } from './lambda-needs.ts';
import { pageOf } from './pages.ts';
import type { Configuration, StoredFunction } from './stored-function.ts';

type WithConfiguration<Answer, Member extends keyof Answer, Held> = Omit<Answer, Member> & {
  readonly [name in Member]: Held;
};

/** GetFunction, GetFunctionConfiguration and ListFunctions. */
export function readFunctionOperations(context: LambdaContext): readonly Operation[] {
  return [getFunction(context), getConfiguration(context), listFunctions(context)];
}

function getFunction(context: LambdaContext): Operation {
  return operation<
    GetFunctionRequest,
    WithConfiguration<GetFunctionResponse, 'Configuration', Configuration>
  >(GetFunction$, {
    needs: (input) => [
      functionNeed(context, 'GetFunction', {
        FunctionName: input.FunctionName,
        Qualifier: input.Qualifier,
      }),
    ],
    handle: (input, { caller }) => {
      const stored = findFunction(context, input.FunctionName, input.Qualifier);
      const { tags, reservedConcurrency } = stored;
      // AWS: tags are answered only to who may list them; the call itself succeeds without.
      const mayListTags = isAllowed(
        context.core.principals,
        caller,
        functionNeed(context, 'ListTags', { FunctionName: input.FunctionName }),
      );
      return {
        Configuration: describeFunction(stored, qualifierOf(context, input)),
        Code: locateCode(context, stored),
        ...(mayListTags && Object.keys(tags).length > 0 ? { Tags: { ...tags } } : {}),
        ...(reservedConcurrency === undefined
          ? {}
          : { Concurrency: { ReservedConcurrentExecutions: reservedConcurrency } }),
      };
    },
  });
}

function getConfiguration(context: LambdaContext): Operation {
  return operation<GetFunctionConfigurationRequest, Configuration>(GetFunctionConfiguration$, {
    needs: (input) => [
      functionNeed(context, 'GetFunctionConfiguration', {
        FunctionName: input.FunctionName,
        Qualifier: input.Qualifier,
      }),
    ],
    handle: (input) =>
      describeFunction(
        findFunction(context, input.FunctionName, input.Qualifier),
        qualifierOf(context, input),
      ),
  });
}

function listFunctions(context: LambdaContext): Operation {
  return operation<
    ListFunctionsRequest,
    WithConfiguration<ListFunctionsResponse, 'Functions', Configuration[]>
  >(ListFunctions$, {
    needs: () => [{ action: 'lambda:ListFunctions', resource: '*' }],
    handle: ({ Marker, MaxItems }) => {
      const { items, nextMarker } = pageOf([...context.functions.values()], {
        keyOf: ({ name }) => name,
        marker: Marker,
        size: MaxItems,
        maxSize: 50,
      });
      return {
        Functions: items.map(describeListed),
        ...(nextMarker === undefined ? {} : { NextMarker: nextMarker }),
      };
    },
  });
}

function qualifierOf(
  context: LambdaContext,
  input: GetFunctionConfigurationRequest,
): string | undefined {
  return input.Qualifier ?? nameOf(context, input.FunctionName).qualifier;
}

function locateCode(
  { core, endpoint }: LambdaContext,
  { name, code }: StoredFunction,
): NonNullable<GetFunctionResponse['Code']> {
  if (code.imageUri !== undefined) {
    return {
      RepositoryType: 'ECR',
      ImageUri: code.imageUri,
      ResolvedImageUri: code.imageUri,
    };
  }
  const version = encodeURIComponent(code.sha256);
  return {
    RepositoryType: 'S3',
    Location: `${endpoint()}/awslambda-${core.region}-tasks/snapshots/${core.accountId}/${name}?versionId=${version}&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=600&X-Amz-Signature=local`,
  };
}
