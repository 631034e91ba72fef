import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { type Attachment, toAttachment } from '../core/attachment.ts';

/** The attachment in what AWS says of a function or of a published version. */
export function attachmentOf({ VpcConfig }: FunctionConfiguration): Attachment {
  return toAttachment({
    vpcId: VpcConfig?.VpcId,
    subnetIds: VpcConfig?.SubnetIds,
    securityGroupIds: VpcConfig?.SecurityGroupIds,
    ipv6AllowedForDualStack: VpcConfig?.Ipv6AllowedForDualStack,
  });
}

/** Tells whether AWS keeps snapshots of what it initialised. */
export function hasSnapStart({ SnapStart }: FunctionConfiguration): boolean {
  return (SnapStart?.ApplyOn ?? 'None') !== 'None';
}

/** When AWS last changed a function: it writes the time as `2026-11-22T09:30:00.000+0000`. */
export function toLastModified({ LastModified }: FunctionConfiguration): {
  readonly lastModifiedMs?: number;
} {
  const ms = Date.parse(LastModified?.replace(/\+0000$/, 'Z') ?? '');
  return Number.isNaN(ms) ? {} : { lastModifiedMs: ms };
}

/** An ARN without its version or alias. */
export function unqualified(arn: string): string {
  return arn.split(':').slice(0, 7).join(':');
}

/** Answers what is there; without it nothing is proved of a function, and nothing may be done to it. */
export function required(value: string | undefined, field: string): string {
  if (value === undefined || value === '') throw new Error(`the answer has no ${field}`);
  return value;
}
