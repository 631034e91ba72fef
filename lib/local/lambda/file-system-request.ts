import type { FileSystemConfig } from '@aws-sdk/client-lambda';
import { invalidParameter } from './faults.ts';
import { type Configuration, isAttached } from './stored-function.ts';

/** Refuses a file system where there is no VPC to reach it from; `present` is the function that is changed. */
export function checkFileSystems(
  wanted: Pick<Configuration, 'FileSystemConfigs' | 'VpcConfig'>,
  present?: Configuration,
): void {
  const [fileSystem] = wanted.FileSystemConfigs ?? [];
  if (fileSystem === undefined || isAttached(wanted)) return;
  throw invalidParameter(refusal(fileSystem, present));
}

/** AWS words it otherwise where the function would lose the VPC that it has. */
function refusal({ Arn }: FileSystemConfig, present: Configuration | undefined): string {
  return present !== undefined && isAttached(present)
    ? `Function VPC configuration cannot be removed with access point ${Arn} referenced.`
    : `Function must be configured to execute in a VPC to reference access point ${Arn}`;
}
