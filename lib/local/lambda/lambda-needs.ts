import type {
  CreateFunctionRequest,
  UpdateFunctionConfigurationRequest,
} from '@aws-sdk/client-lambda';
import type { Need } from '../wire/operation.ts';
import { attachmentContext, requestedAttachment } from './attachment-request.ts';
import { requestedProvider } from './capacity-request.ts';
import { type LambdaContext, nameOf } from './lambda-context.ts';
import type { Attachment } from './stored-function.ts';

type AttachingRequest = CreateFunctionRequest | UpdateFunctionConfigurationRequest;

/** The permission for a call on one function, and on nothing else. */
export function functionNeed(
  context: LambdaContext,
  operation: string,
  target: { readonly FunctionName: string | undefined; readonly Qualifier?: string | undefined },
): Need {
  const named = nameOf(context, target.FunctionName);
  const qualifier = target.Qualifier ?? named.qualifier;
  return {
    action: `lambda:${operation}`,
    resource: qualifier === undefined ? named.arn : `${named.arn}:${qualifier}`,
  };
}

/**
 * The permissions for a call that may set a function's attachment.
 *
 * AWS: a request without VPC settings is judged by the keys of the present attachment (inferred from the guide).
 */
export function attachingNeeds(
  context: LambdaContext,
  operation: 'CreateFunction' | 'UpdateFunctionConfiguration',
  request: AttachingRequest,
): readonly Need[] {
  const isCreate = operation === 'CreateFunction';
  const present = isCreate ? undefined : presentAttachment(context, request.FunctionName);
  const requested = requestedAttachment(request.VpcConfig, present);
  const need = functionNeed(context, operation, { FunctionName: request.FunctionName });
  return [
    { ...need, context: attachmentContext(context.network, requested ?? present) },
    ...(request.Role === undefined ? [] : [passRole(request.Role)]),
    ...((requested?.SubnetIds.length ?? 0) === 0 ? [] : NETWORK_READS),
    ...passCapacityProvider(request),
  ];
}

const NETWORK_READS: readonly Need[] = [
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets',
  'ec2:DescribeVpcs',
].map((action) => ({ action, resource: '*' }));

/** The permission to give Lambda a role. */
export function passRole(roleArn: string): Need {
  return {
    action: 'iam:PassRole',
    resource: roleArn,
    context: { 'iam:passedtoservice': ['lambda.amazonaws.com'] },
  };
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-security.html */
function passCapacityProvider({ CapacityProviderConfig }: AttachingRequest): readonly Need[] {
  const resource = requestedProvider(CapacityProviderConfig);
  return resource === undefined ? [] : [{ action: 'lambda:PassCapacityProvider', resource }];
}

function presentAttachment(
  context: LambdaContext,
  functionName: string | undefined,
): Attachment | undefined {
  return context.functions.get(nameOf(context, functionName).name)?.configuration.VpcConfig;
}
