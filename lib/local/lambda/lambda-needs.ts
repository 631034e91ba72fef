import type {
  CreateFunctionRequest,
  UpdateFunctionConfigurationRequest,
} from '@aws-sdk/client-lambda';
import type { Need } from '../wire/operation.ts';
import { attachmentContext, requestedAttachment } from './attachment-request.ts';
import { type LambdaContext, nameOf } from './lambda-context.ts';
import type { Attachment } from './stored-function.ts';

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
  request: CreateFunctionRequest | UpdateFunctionConfigurationRequest,
): readonly Need[] {
  const present = presentAttachment(context, request.FunctionName);
  const requested = requestedAttachment(request.VpcConfig, present);
  const need = functionNeed(context, operation, { FunctionName: request.FunctionName });
  return [
    { ...need, context: attachmentContext(context.network, requested ?? present) },
    ...(request.Role === undefined ? [] : [passRole(request.Role)]),
    ...((requested?.SubnetIds.length ?? 0) === 0 ? [] : NETWORK_READS),
  ];
}

const NETWORK_READS: readonly Need[] = [
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets',
  'ec2:DescribeVpcs',
].map((action) => ({ action, resource: '*' }));

function passRole(roleArn: string): Need {
  return {
    action: 'iam:PassRole',
    resource: roleArn,
    context: { 'iam:passedtoservice': ['lambda.amazonaws.com'] },
  };
}

function presentAttachment(
  context: LambdaContext,
  functionName: string | undefined,
): Attachment | undefined {
  return context.functions.get(nameOf(context, functionName).name)?.configuration.VpcConfig;
}
