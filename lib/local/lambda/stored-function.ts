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
    'FunctionName' | 'FunctionArn' | 'Version' | 'Role' | 'VpcConfig' | 'LastUpdateStatusReasonCode'
  > {
  readonly FunctionName: string;
  readonly FunctionArn: string;
  readonly Version: string;
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
  /** The key that the caller says the zip file is encrypted with; this account encrypts nothing. */
  readonly sourceKmsKeyArn?: string;
}

/** Configuration and code that invocations get: it lags behind while an update is in progress. */
export interface Deployment {
  readonly configuration: Configuration;
  readonly code: FunctionCode;
}

/** One version of a function, `$LATEST` among them: it is what has a state and is invoked. */
export interface StoredVersion {
  /** The function's name. */
  readonly name: string;
  /** The function's ARN, without a qualifier. */
  readonly arn: string;
  /** Names the version, and has an ARN with its number where it is published. */
  readonly configuration: Configuration;
  readonly code: FunctionCode;
  /** Absent until the version was active for the first time. */
  readonly serving?: Deployment;
  /** When it was last invoked or became active: idleness counts from here. */
  readonly usedAtMs: number;
}

/** One function of the account: its `$LATEST`, and what belongs to all of its versions. */
export interface StoredFunction extends StoredVersion {
  readonly tags: Readonly<Record<string, string>>;
  /** Shared by all versions. */
  readonly reservedConcurrency?: number;
  /** The published versions, by number. */
  readonly versions: ReadonlyMap<string, StoredVersion>;
  /** What was published last: its number is never given again. */
  readonly lastPublished?: { readonly number: number; readonly contents: string };
  /** By name. */
  readonly aliases: ReadonlyMap<string, StoredAlias>;
}

/** A name for one version, or for two that share the invocations. */
export interface StoredAlias {
  readonly name: string;
  readonly functionVersion: string;
  readonly description: string;
  /** The share of the invocations that goes to another version; at most one. */
  readonly weights: Readonly<Record<string, number>>;
  readonly revisionId: string;
}

/** The version that can be changed. */
export const LATEST = '$LATEST';

/** The settings of a function that is not in a VPC, but was or says so. */
export const DETACHED: Attachment = {
  SubnetIds: [],
  SecurityGroupIds: [],
  VpcId: '',
  Ipv6AllowedForDualStack: false,
};

/** Whether a configuration names subnets. */
export function isAttached({ VpcConfig }: Pick<Configuration, 'VpcConfig'>): boolean {
  return (VpcConfig?.SubnetIds.length ?? 0) > 0;
}

/** Whether a version starts from a snapshot: only published ones do. */
export function isSnapStarted({ SnapStart }: Configuration): boolean {
  return SnapStart?.OptimizationStatus === 'On';
}

/** Every attachment that a version holds: an idle one holds none, one that is being changed two. */
export function attachmentsInUse({ configuration, serving }: StoredVersion): readonly Attachment[] {
  const { State, LastUpdateStatus } = configuration;
  if (State === 'Inactive' || State === 'Failed') return [];
  const wanted = LastUpdateStatus === 'Failed' ? undefined : configuration;
  return [wanted, serving?.configuration].flatMap((held) =>
    held?.VpcConfig === undefined ? [] : [held.VpcConfig],
  );
}

/** Every version of a function, `$LATEST` first. */
export function versionsOf(stored: StoredFunction): readonly StoredVersion[] {
  return [stored, ...stored.versions.values()];
}
