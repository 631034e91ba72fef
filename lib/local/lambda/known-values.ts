import {
  Architecture,
  type CreateFunctionRequest,
  LogFormat,
  PackageType,
  Runtime,
  SnapStartApplyOn,
  TracingMode,
  type UpdateFunctionConfigurationRequest,
} from '@aws-sdk/client-lambda';
import { constraintBroken } from './faults.ts';

type SettingsRequest = Partial<CreateFunctionRequest> | UpdateFunctionConfigurationRequest;

/** Refuses a word that Lambda's model does not list where it lists them. */
export function checkKnownValues(request: SettingsRequest): void {
  check('runtime', request.Runtime, Runtime);
  check('tracingConfig.mode', request.TracingConfig?.Mode, TracingMode);
  check('snapStart.applyOn', request.SnapStart?.ApplyOn, SnapStartApplyOn);
  check('loggingConfig.logFormat', request.LoggingConfig?.LogFormat, LogFormat);
  if ('PackageType' in request) check('packageType', request.PackageType, PackageType);
  if ('Architectures' in request) checkArchitectures(request.Architectures);
}

/** AWS: a function has one architecture. */
export function checkArchitectures(architectures: readonly string[] | undefined): void {
  if (architectures === undefined) return;
  for (const architecture of architectures) check('architectures', architecture, Architecture);
  if (architectures.length === 1) return;
  throw constraintBroken({
    member: 'architectures',
    value: architectures,
    constraint: 'Member must have length equal to 1',
  });
}

function check(
  member: string,
  value: string | undefined,
  known: Readonly<Record<string, string>>,
): void {
  const words = Object.values(known);
  if (value === undefined || words.includes(value)) return;
  const constraint = `Member must satisfy enum value set: [${words.join(', ')}]`;
  throw constraintBroken({ member, value, constraint });
}
