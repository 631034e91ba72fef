import type { AccessKey } from '../identity/principals.ts';
import type { DeployedFunction } from './execution.ts';

/** All that a handler sees of its surroundings: what was deployed, and what Lambda adds. */
export function toEnvironmentVariables(
  deployed: DeployedFunction,
  from: {
    readonly folder: string;
    readonly key: AccessKey;
    readonly region: string;
    readonly endpoint: string;
  },
): Readonly<Record<string, string>> {
  const { folder, key, region, endpoint } = from;
  const { version = '$LATEST' } = deployed;
  return {
    ...deployed.environment,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_LAMBDA_FUNCTION_NAME: deployed.name,
    AWS_LAMBDA_FUNCTION_VERSION: version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(deployed.memorySize),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${deployed.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: `local/[${version}]${key.accessKeyId.toLowerCase()}`,
    AWS_EXECUTION_ENV: `AWS_Lambda_${deployed.runtime}`,
    AWS_ACCESS_KEY_ID: key.accessKeyId,
    AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
    ...(key.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: key.sessionToken }),
    AWS_ENDPOINT_URL: endpoint,
    LAMBDA_TASK_ROOT: folder,
    _HANDLER: deployed.handler,
    TZ: ':UTC',
    // The SDK looks for profiles in the home folder: those of this machine are none of the function's business.
    HOME: folder,
  };
}
