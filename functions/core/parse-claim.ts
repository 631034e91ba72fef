import { toAttachment } from './attachment.ts';
import type { AttachmentClaim } from './change-event.ts';
import { isRecord, type JsonRecord } from './json-value.ts';
import { isRoleArn } from './parse-actor.ts';

const MOST_IDS = 64;

/**
 * Reads the attachment that a record's response elements prove; undefined where they leave anything open.
 *
 * Absence proves nothing: records are cut at 100 KB, and carry no key at all for a function without a VPC.
 */
export function parseClaim({
  vpcConfig,
  role,
  revisionId,
}: JsonRecord): AttachmentClaim | undefined {
  if (!isRecord(vpcConfig)) return undefined;
  const { subnetIds, securityGroupIds, vpcId, ipv6AllowedForDualStack } = vpcConfig;
  if (!(isIdList(subnetIds, 'subnet') && isIdList(securityGroupIds, 'sg'))) return undefined;
  if (!(isId(vpcId, 'vpc') && isRoleArn(role) && isRevision(revisionId))) return undefined;
  if (!['undefined', 'boolean'].includes(typeof ipv6AllowedForDualStack)) return undefined;
  const attachment = toAttachment({
    vpcId,
    subnetIds,
    securityGroupIds,
    ipv6AllowedForDualStack: ipv6AllowedForDualStack === true,
  });
  return { attachment, role, revisionId };
}

function isIdList(value: unknown, prefix: string): value is readonly string[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > MOST_IDS) return false;
  return value.every((id) => isId(id, prefix));
}

function isId(value: unknown, prefix: string): value is string {
  if (typeof value !== 'string' || !value.startsWith(`${prefix}-`)) return false;
  return /^[0-9a-zA-Z]{1,40}$/.test(value.slice(prefix.length + 1));
}

function isRevision(value: unknown): value is string {
  return typeof value === 'string' && /^(?=.*[0-9a-zA-Z])[\w-]{1,64}$/.test(value);
}
