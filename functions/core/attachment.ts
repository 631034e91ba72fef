/** The subnets, security groups and VPC that one function is connected to. */
export interface Attachment {
  /** Absent when detached, and where the source did not name it. */
  readonly vpcId?: string;
  /** Sorted, without duplicates; empty when detached. */
  readonly subnetIds: readonly string[];
  /** Sorted, without duplicates; empty when detached. */
  readonly securityGroupIds: readonly string[];
  readonly ipv6AllowedForDualStack: boolean;
}

/** What AWS answers and records say of an attachment, before it is normalised. */
interface RawAttachment {
  readonly vpcId?: string | undefined;
  readonly subnetIds?: readonly string[] | undefined;
  readonly securityGroupIds?: readonly string[] | undefined;
  readonly ipv6AllowedForDualStack?: boolean | undefined;
}

/** The attachment of a function that is in no VPC. */
export const DETACHED: Attachment = {
  subnetIds: [],
  securityGroupIds: [],
  ipv6AllowedForDualStack: false,
};

/**
 * Normalises an attachment, so that equal attachments are equal as data.
 *
 * AWS keeps the key with empty lists and an empty VPC id after a detach.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
export function toAttachment(raw: RawAttachment | undefined): Attachment {
  const subnetIds = sortedUnique(raw?.subnetIds);
  if (subnetIds.length === 0) return DETACHED;
  return {
    ...(raw?.vpcId ? { vpcId: raw.vpcId } : {}),
    subnetIds,
    securityGroupIds: sortedUnique(raw?.securityGroupIds),
    ipv6AllowedForDualStack: raw?.ipv6AllowedForDualStack === true,
  };
}

/** Tells whether the function is in no VPC. */
export function isDetached(attachment: Attachment): boolean {
  return attachment.subnetIds.length === 0;
}

/** Tells whether two attachments connect a function to the same place. The VPC follows from the subnets. */
export function isSameAttachment(left: Attachment, right: Attachment): boolean {
  return attachmentKey(left) === attachmentKey(right);
}

/** Names an attachment in one line: equal attachments have equal keys. */
export function attachmentKey({ subnetIds, securityGroupIds, ...rest }: Attachment): string {
  return `${subnetIds.join(',')}|${securityGroupIds.join(',')}|${rest.ipv6AllowedForDualStack}`;
}

/** Says in words for people where a function is, to follow «in» or «to». */
export function describeAttachment(attachment: Attachment): string {
  if (isDetached(attachment)) return 'no VPC';
  const { vpcId = 'a VPC', subnetIds, securityGroupIds } = attachment;
  const subnets = counted('subnet', subnetIds);
  return `${vpcId} (${subnets}; ${counted('security group', securityGroupIds)})`;
}

function counted(noun: string, ids: readonly string[]): string {
  return `${noun}${ids.length === 1 ? '' : 's'} ${ids.join(', ')}`;
}

function sortedUnique(ids: readonly string[] | undefined): readonly string[] {
  return [...new Set(ids ?? [])].sort();
}
