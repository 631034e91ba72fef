import type { FunctionConfiguration } from '@aws-sdk/client-lambda';

/** Subnets and groups of a function as Lambda answers them; empty lists where it is detached. */
export interface Attachment {
  readonly SubnetIds: string[];
  readonly SecurityGroupIds: string[];
  readonly VpcId: string;
  readonly Ipv6AllowedForDualStack: boolean;
}

/** A function's configuration as Lambda answers it. */
export interface Configuration
  extends Omit<
    FunctionConfiguration,
    'FunctionName' | 'FunctionArn' | 'Role' | 'VpcConfig' | 'LastUpdateStatusReasonCode'
  > {
  readonly FunctionName: string;
  readonly FunctionArn: string;
  readonly Role: string;
  readonly RevisionId: string;
  /** Absent on a function that never had VPC settings. */
  readonly VpcConfig?: Attachment;
  /** AWS answers `Creating` here, which no SDK lists. */
  readonly LastUpdateStatusReasonCode?: string | undefined;
}

/** The code of a function. */
export interface FunctionCode {
  /** Only deployed code is run: it came from an object in S3. */
  readonly kind: 'inline' | 'deployed' | 'image';
  readonly bytes: Uint8Array;
  /** Base64, as Lambda answers it. */
  readonly sha256: string;
  readonly imageUri?: string;
}

/** Configuration and code that invocations get: it lags behind while an update is in progress. */
export interface Deployment {
  readonly configuration: Configuration;
  readonly code: FunctionCode;
}

/** One function of the account. */
export interface StoredFunction {
  readonly name: string;
  readonly arn: string;
  readonly configuration: Configuration;
  readonly code: FunctionCode;
  readonly tags: Readonly<Record<string, string>>;
  readonly reservedConcurrency?: number;
  /** Absent until the function was active for the first time. */
  readonly serving?: Deployment;
  /** When it was last invoked or became active: idleness counts from here. */
  readonly usedAtMs: number;
}

/** The settings of a function that is not in a VPC, but was or says so. */
export const DETACHED: Attachment = {
  SubnetIds: [],
  SecurityGroupIds: [],
  VpcId: '',
  Ipv6AllowedForDualStack: false,
};

/** Whether a configuration names subnets. */
export function isAttached(configuration: Configuration): boolean {
  return (configuration.VpcConfig?.SubnetIds.length ?? 0) > 0;
}
