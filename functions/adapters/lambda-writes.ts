import {
  DeleteFunctionConcurrencyCommand,
  type LambdaClient,
  PutFunctionConcurrencyCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import type { Attachment } from '../core/attachment.ts';
import { functionNameOf } from '../core/function-name.ts';
import type { Ports, WriteOutcome } from '../workflows/ports.ts';
import { describeAwsError, isFinal, parseAwsError, writeFailed } from './aws-errors.ts';

/** What the guardrail changes through Lambda's control plane. */
export type LambdaWrites = Pick<Ports, 'attach' | 'reserveConcurrency'>;

/** Builds the ports that change functions. */
export function createLambdaWrites(client: LambdaClient): LambdaWrites {
  return {
    attach: (functionArn, attachment, revisionId) =>
      write(`could not attach function \`${functionNameOf(functionArn)}\``, () =>
        client.send(
          new UpdateFunctionConfigurationCommand({
            FunctionName: functionArn,
            VpcConfig: toVpcConfig(attachment),
            RevisionId: revisionId,
          }),
        ),
      ),
    reserveConcurrency: (functionArn, reservedConcurrency) =>
      write(`could not reserve concurrency of function \`${functionNameOf(functionArn)}\``, () =>
        reservedConcurrency === undefined
          ? client.send(new DeleteFunctionConcurrencyCommand({ FunctionName: functionArn }))
          : client.send(
              new PutFunctionConcurrencyCommand({
                FunctionName: functionArn,
                ReservedConcurrentExecutions: reservedConcurrency,
              }),
            ),
      ),
  };
}

async function write(attempt: string, send: () => Promise<unknown>): Promise<WriteOutcome> {
  try {
    await send();
    return { status: 'done' };
  } catch (error) {
    const awsError = parseAwsError(error);
    switch (awsError.name) {
      case 'PreconditionFailedException':
        return { status: 'stale' };
      case 'ResourceConflictException':
        return { status: 'busy' };
      case 'ResourceNotFoundException':
        return { status: 'gone' };
    }
    if (isFinal(awsError)) return { status: 'refused', error: describeAwsError(awsError) };
    throw writeFailed(error, attempt);
  }
}

function toVpcConfig(attachment: Attachment) {
  return {
    SubnetIds: [...attachment.subnetIds],
    SecurityGroupIds: [...attachment.securityGroupIds],
    Ipv6AllowedForDualStack: attachment.ipv6AllowedForDualStack,
  };
}
