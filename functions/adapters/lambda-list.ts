import {
  type FunctionConfiguration,
  type LambdaClient,
  ListFunctionsCommand,
} from '@aws-sdk/client-lambda';
import { isDetached } from '../core/attachment.ts';
import type { ListedFunction } from '../workflows/ports.ts';
import type { SweepPorts } from '../workflows/sweep-ports.ts';
import { observationFailed, parseAwsError } from './aws-errors.ts';
import {
  attachmentOf,
  hasSnapStart,
  required,
  toLastModified,
  unqualified,
} from './function-configuration.ts';

/** AWS gives no more on a page, whatever is asked for. */
const PAGE_SIZE = 50;

/** Builds the port that reads one page of functions. */
export function createListPage(client: LambdaClient): SweepPorts['listPage'] {
  return async (withVersions, marker) => {
    try {
      const { Functions = [], NextMarker } = await client.send(
        new ListFunctionsCommand({
          MaxItems: PAGE_SIZE,
          ...(withVersions && { FunctionVersion: 'ALL' }),
          ...(marker !== undefined && { Marker: marker }),
        }),
      );
      return {
        functions: Functions.map(toListedFunction),
        ...(NextMarker && { nextMarker: NextMarker }),
      };
    } catch (error) {
      const { name } = parseAwsError(error);
      if (name === 'InvalidParameterValueException' && marker !== undefined) return undefined;
      throw observationFailed(error, 'could not list the functions');
    }
  };
}

function toListedFunction(configuration: FunctionConfiguration): ListedFunction {
  const { Version, PackageType, CapacityProviderConfig } = configuration;
  const attachment = attachmentOf(configuration);
  const packageType = PackageType ?? 'Zip';
  const isRestored = hasSnapStart(configuration);
  return {
    // AWS: in a list with versions the ARN of each one names its version.
    functionArn: unqualified(required(configuration.FunctionArn, 'FunctionArn')),
    ...(Version === undefined || Version === '$LATEST' ? {} : { version: Version }),
    role: required(configuration.Role, 'Role'),
    attachment,
    canBeIdle: !isDetached(attachment) || packageType === 'Image' || isRestored,
    packageType,
    hasSnapStart: isRestored,
    hasCapacityProvider: CapacityProviderConfig !== undefined,
    ...toLastModified(configuration),
  };
}
