import { type Attachment, isSameAttachment } from '../../../functions/core/attachment.ts';

/** How an attachment differs from the baseline. */
export interface Drift {
  /** Subnets and security groups that the baseline does not have. */
  readonly added: readonly string[];
  /** Those that it has, and the attachment has not. */
  readonly removed: readonly string[];
  /** Present where `Ipv6AllowedForDualStack` differs. */
  readonly ipv6AllowedForDualStack?: boolean;
}

/** Finds how an attachment differs from the baseline; undefined where it does not. */
export function findDrift(baseline: Attachment, present: Attachment): Drift | undefined {
  if (isSameAttachment(baseline, present)) return undefined;
  const before = idsOf(baseline);
  const now = idsOf(present);
  const { ipv6AllowedForDualStack } = present;
  return {
    added: now.filter((id) => !before.includes(id)),
    removed: before.filter((id) => !now.includes(id)),
    ...(ipv6AllowedForDualStack === baseline.ipv6AllowedForDualStack
      ? {}
      : { ipv6AllowedForDualStack }),
  };
}

/** Says it for people, line by line. */
export function sayDrift({ added, removed, ipv6AllowedForDualStack }: Drift): readonly string[] {
  return [
    ...(added.length === 0 ? [] : [`added: ${added.join(', ')}`]),
    ...(removed.length === 0 ? [] : [`removed: ${removed.join(', ')}`]),
    ...(ipv6AllowedForDualStack === undefined
      ? []
      : [`Ipv6AllowedForDualStack: ${!ipv6AllowedForDualStack} → ${ipv6AllowedForDualStack}`]),
  ];
}

function idsOf({ subnetIds, securityGroupIds }: Attachment): readonly string[] {
  return [...subnetIds, ...securityGroupIds];
}
