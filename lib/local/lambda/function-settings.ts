import type {
  CreateFunctionRequest,
  LoggingConfig,
  UpdateFunctionConfigurationRequest,
} from '@aws-sdk/client-lambda';
import { constraintBroken, invalidParameter } from './faults.ts';
import { checkKnownValues } from './known-values.ts';
import type { Configuration } from './stored-function.ts';

type SettingsRequest = CreateFunctionRequest | UpdateFunctionConfigurationRequest;

const RESERVED_VARIABLES: ReadonlySet<string> = new Set([
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_DEFAULT_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_LAMBDA_RUNTIME_API',
  'AWS_REGION',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'LAMBDA_RUNTIME_DIR',
  'LAMBDA_TASK_ROOT',
  '_HANDLER',
]);

/** The settings that a request names, as the configuration holds them. */
export function toSettings(
  request: SettingsRequest,
  present: Pick<Configuration, 'FunctionName'> & Partial<Configuration>,
): Partial<Configuration> {
  checkKnownValues(request);
  checkRange('timeout', request.Timeout, [1, 900]);
  checkRange('memorySize', request.MemorySize, [128, 10_240]);
  checkRange('ephemeralStorage.size', request.EphemeralStorage?.Size, [512, 10_240]);
  checkText('description', request.Description, 256);
  checkText('handler', request.Handler, 128);
  checkHandler(request.Handler);
  checkVariables(request.Environment?.Variables ?? {});
  const { Environment, Layers, SnapStart, TracingConfig } = request;
  return withoutAbsent({
    Runtime: request.Runtime,
    Role: request.Role,
    Handler: request.Handler,
    Description: request.Description,
    Timeout: request.Timeout,
    MemorySize: request.MemorySize,
    DeadLetterConfig: request.DeadLetterConfig,
    KMSKeyArn: request.KMSKeyArn,
    EphemeralStorage: request.EphemeralStorage,
    FileSystemConfigs: request.FileSystemConfigs,
    LoggingConfig: request.LoggingConfig && toLogging(request.LoggingConfig, present),
    ImageConfigResponse: request.ImageConfig && { ImageConfig: request.ImageConfig },
    CapacityProviderConfig: request.CapacityProviderConfig,
    Environment: Environment && { Variables: Environment.Variables ?? {} },
    Layers: Layers?.map((Arn) => ({ Arn, CodeSize: 0 })),
    TracingConfig: TracingConfig && { Mode: TracingConfig.Mode ?? 'PassThrough' },
    SnapStart: SnapStart && {
      ApplyOn: SnapStart.ApplyOn ?? 'None',
      OptimizationStatus: 'Off' as const,
    },
  });
}

/** AWS: what a request does not name stays as it is; levels belong to JSON only, and have a default there. */
function toLogging(
  asked: LoggingConfig,
  {
    FunctionName,
    LoggingConfig: present,
  }: Pick<Configuration, 'FunctionName'> & Partial<Configuration>,
): LoggingConfig {
  const LogFormat = asked.LogFormat ?? present?.LogFormat ?? 'Text';
  const LogGroup = asked.LogGroup ?? present?.LogGroup ?? `/aws/lambda/${FunctionName}`;
  if (LogFormat === 'JSON') {
    const { ApplicationLogLevel = 'INFO', SystemLogLevel = 'INFO' } = { ...present, ...asked };
    return { LogFormat, ApplicationLogLevel, SystemLogLevel, LogGroup };
  }
  if (asked.ApplicationLogLevel === undefined && asked.SystemLogLevel === undefined) {
    return { LogFormat, LogGroup };
  }
  throw invalidParameter(
    'To set log levels of your function, use the JSON log format: LogFormat is Text.',
  );
}

/** Drops the members that are undefined, so that they do not overwrite others. */
function withoutAbsent(
  members: {
    readonly [Member in keyof Configuration]?: Configuration[Member] | undefined;
  },
): Partial<Configuration> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

function checkRange(
  member: string,
  value: number | undefined,
  [min, max]: readonly [number, number],
): void {
  if (value === undefined || (value >= min && value <= max)) return;
  const constraint =
    value > max
      ? `Member must have value less than or equal to ${max}`
      : `Member must have value greater than or equal to ${min}`;
  throw constraintBroken({ member, value, constraint });
}

function checkText(member: string, text: string | undefined, max: number): void {
  if (text === undefined || text.length <= max) return;
  const constraint = `Member must have length less than or equal to ${max}`;
  throw constraintBroken({ member, value: text, constraint });
}

function checkHandler(handler: string | undefined): void {
  if (handler === undefined || /^\S+$/.test(handler)) return;
  const constraint = 'Member must satisfy regular expression pattern: [^\\s]+';
  throw constraintBroken({ member: 'handler', value: handler, constraint });
}

function checkVariables(variables: Readonly<Record<string, string>>): void {
  const reserved = Object.keys(variables).filter((name) => RESERVED_VARIABLES.has(name));
  if (reserved.length > 0) {
    throw invalidParameter(
      `Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${reserved.join(', ')}`,
    );
  }
  if (JSON.stringify(variables).length > 4096) {
    throw invalidParameter(
      'Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit.',
    );
  }
}
