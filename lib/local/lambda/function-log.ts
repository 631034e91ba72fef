import { findRole, roleAllows } from './execution-role.ts';
import type { LambdaContext } from './lambda-context.ts';
import type { Configuration } from './stored-function.ts';

const LOG_CALLS = ['logs:CreateLogStream', 'logs:PutLogEvents'];

/**
 * Whether what a function writes comes to its log: Lambda sends it there as the function's role.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html
 */
export function mayWriteLog(
  { core }: LambdaContext,
  {
    configuration,
    requestId,
  }: { readonly configuration: Configuration; readonly requestId: string },
): boolean {
  const role = findRole(core, configuration.Role);
  if (role === undefined) return false;
  const day = new Date(core.clock.nowMs()).toISOString().slice(0, 10).replaceAll('-', '/');
  const group = configuration.LoggingConfig?.LogGroup;
  const stream = `${day}/[${configuration.Version}]${requestId.replaceAll('-', '')}`;
  const resource = `arn:aws:logs:${core.region}:${core.accountId}:log-group:${group}:log-stream:${stream}`;
  return LOG_CALLS.every((action) => roleAllows(core, role, { action, resource }));
}
