import type { CreateFunctionRequest } from '@aws-sdk/client-lambda';
import { invalidParameter, lambdaFault } from './faults.ts';

/** Refuses what this account does not have and would have to ignore, rather than to pretend. */
export function checkSupported(request: CreateFunctionRequest): void {
  const absent = (['TenancyConfig', 'DurableConfig'] as const).find(
    (member) => request[member] !== undefined,
  );
  if (absent !== undefined) {
    throw invalidParameter(`the local account has no functions with \`${absent}\``);
  }
  const { CodeSigningConfigArn } = request;
  if (CodeSigningConfigArn === undefined) return;
  throw lambdaFault(
    'CodeSigningConfigNotFoundException',
    404,
    `The code signing configuration cannot be found. Check that the provided configuration is not deleted: ${CodeSigningConfigArn}.`,
  );
}
