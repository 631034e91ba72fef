import {
  GetFunction$,
  GetFunctionConfiguration$,
  type GetFunctionConfigurationRequest,
  type GetFunctionRequest,
  type GetFunctionResponse,
  ListFunctions$,
  type ListFunctionsRequest,
  type ListFunctionsResponse,
  ListVersionsByFunction$,
  type ListVersionsByFunctionRequest,
  type ListVersionsByFunctionResponse,
} from '@aws-sdk/client-lambda';
import { isAllowed } from '../identity/authorize.ts';
import { type Operation, operation } from '../wire/operation.ts';
import { findVersion } from './find-version.ts';
import {
  describeFunction,
  describeListed,
  describeListedVersion,
  versionKey,
} from './function-answer.ts';
import { findFunction, type LambdaContext } from './lambda-context.ts';
import { functionNeed } from './lambda-needs.ts';
import { pageOf } from './pages.ts';
import {
  type Configuration,
  type StoredFunction,
  type StoredVersion,
  versionsOf,
} from './stored-function.ts';

/** AWS gives no more on a page, whatever is asked for. */
const MAX_PAGE = 50;

type WithConfiguration<Answer, Member extends keyof Answer, Held> = Omit<Answer, Member> & {
  readonly [name in Member]: Held;
};

/** GetFunction, GetFunctionConfiguration, ListFunctions and ListVersionsByFunction. */
export function readFunctionOperations(context: LambdaContext): readonly Operation[] {
  return [
    getFunction(context),
    getConfiguration(context),
    listFunctions(context),
    listVersions(context),
  ];
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
      const { stored, version, qualifier } = findVersion(context, input);
      const { tags, reservedConcurrency } = stored;
      // AWS: tags are answered only to who may list them; the call itself succeeds without.
      const mayListTags = isAllowed(
        context.core.principals,
        caller,
        functionNeed(context, 'ListTags', { FunctionName: input.FunctionName }),
      );
      return {
        Configuration: describeFunction(version, qualifier),
        Code: locateCode(context, version),
        ...answerTags(tags, mayListTags),
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
    handle: (input) => {
      const { version, qualifier } = findVersion(context, input);
      return describeFunction(version, qualifier);
    },
  });
}

function listFunctions(context: LambdaContext): Operation {
  return operation<
    ListFunctionsRequest,
    WithConfiguration<ListFunctionsResponse, 'Functions', Configuration[]>
  >(ListFunctions$, {
    needs: () => [{ action: 'lambda:ListFunctions', resource: '*' }],
    handle: ({ FunctionVersion, Marker, MaxItems }) => {
      const isEvery = FunctionVersion === 'ALL';
      const functions = [...context.functions.values()];
      const { items, nextMarker } = pageOf<StoredVersion>(
        isEvery ? functions.flatMap(versionsOf) : functions,
        {
          keyOf: (version) => `${version.name} ${versionKey(version)}`,
          marker: Marker,
          size: MaxItems,
          maxSize: MAX_PAGE,
        },
      );
      return {
        Functions: items.map(isEvery ? describeListedVersion : describeListed),
        ...(nextMarker === undefined ? {} : { NextMarker: nextMarker }),
      };
    },
  });
}

function listVersions(context: LambdaContext): Operation {
  return operation<
    ListVersionsByFunctionRequest,
    WithConfiguration<ListVersionsByFunctionResponse, 'Versions', Configuration[]>
  >(ListVersionsByFunction$, {
    needs: ({ FunctionName }) => [
      functionNeed(context, 'ListVersionsByFunction', { FunctionName }),
    ],
    handle: ({ FunctionName, Marker, MaxItems }) => {
      const { items, nextMarker } = pageOf(versionsOf(findFunction(context, FunctionName)), {
        keyOf: versionKey,
        marker: Marker,
        size: MaxItems,
        maxSize: MAX_PAGE,
      });
      return {
        Versions: items.map(describeListedVersion),
        ...(nextMarker === undefined ? {} : { NextMarker: nextMarker }),
      };
    },
  });
}

/** The text is not verified against AWS. */
function answerTags(
  tags: StoredFunction['tags'],
  mayListTags: boolean,
): Pick<GetFunctionResponse, 'Tags' | 'TagsError'> {
  if (!mayListTags) {
    const Message = 'The caller is not authorized to perform: lambda:ListTags on the function';
    return { TagsError: { ErrorCode: 'AccessDeniedException', Message } };
  }
  return Object.keys(tags).length > 0 ? { Tags: { ...tags } } : {};
}

function locateCode(
  { core, endpoint }: LambdaContext,
  { name, code }: StoredVersion,
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
    ...(code.sourceKmsKeyArn === undefined ? {} : { SourceKMSKeyArn: code.sourceKmsKeyArn }),
    Location: `${endpoint()}/awslambda-${core.region}-tasks/snapshots/${core.accountId}/${name}?versionId=${version}&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=600&X-Amz-Signature=local`,
  };
}
