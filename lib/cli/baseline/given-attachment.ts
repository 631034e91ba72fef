import { describeIssue } from '../../policy/describe-issue.ts';
import { fallbackSchema } from '../../policy/fallback-schema.ts';
import { UsageError } from '../usage-error.ts';

/** How an attachment is typed. */
export interface AttachmentFlags {
  readonly subnets?: readonly string[];
  readonly securityGroups?: readonly string[];
  readonly ipv6?: boolean;
}

/** An attachment as it was typed, whose VPC AWS knows. */
export interface GivenAttachment {
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly ipv6AllowedForDualStack: boolean;
}

const OPTIONS: Readonly<Record<string, string>> = {
  subnetIds: '--subnets',
  securityGroupIds: '--security-groups',
};

/** Reads an attachment from what was typed; undefined where none was. */
export function parseGiven({
  subnets,
  securityGroups,
  ipv6 = false,
}: AttachmentFlags): GivenAttachment | undefined {
  if (subnets === undefined && securityGroups === undefined) {
    if (!ipv6) return undefined;
    throw new UsageError('`--ipv6`: expected only beside `--subnets` and `--security-groups`');
  }
  const given = { subnetIds: split(subnets), securityGroupIds: split(securityGroups) };
  const parsed = fallbackSchema.safeParse(given, { reportInput: true });
  if (parsed.success) return { ...given, ipv6AllowedForDualStack: ipv6 };
  const faults = parsed.error.issues.flatMap(describeIssue).map(({ steps: [member], message }) => {
    return `\`${OPTIONS[String(member)]}\`: ${message}`;
  });
  throw new UsageError(faults.join('; '));
}

/** A list may be typed with spaces or with commas. */
function split(ids: readonly string[] = []): readonly string[] {
  return ids.flatMap((typed) => typed.split(','));
}
