import { type Attachment, isSameAttachment } from '../core/attachment.ts';
import type { CapacityProviderFacts, Fact, JudgedVersion } from '../core/facts.ts';
import { vpcOf } from '../core/network.ts';
import type { PublishedVersion } from '../core/published-version.ts';
import type { AttachmentOrigin } from '../core/record.ts';
import { type Judged, judge } from './judge.ts';
import type { Settings } from './settings.ts';

/** Judges the attachments that published versions keep, as far as an attachment alone tells. */
export function judgeVersions(
  versions: Fact<readonly PublishedVersion[]>,
  judged: Judged,
  settings: Settings,
): Fact<readonly JudgedVersion[]> {
  if ('unknown' in versions) return versions;
  return {
    value: versions.value.map(({ version, aliases, attachment }) => ({
      version,
      aliases,
      findings: judge(
        { ...judged, scopes: ['event'] },
        originOf(attachment, judged.record.current),
        settings,
      ),
    })),
  };
}

/** Judges the subnets and groups of a capacity provider as if a function had them. */
export function judgeProvider(
  provider: Fact<Attachment>,
  judged: Judged,
  settings: Settings,
): Fact<CapacityProviderFacts> {
  if ('unknown' in provider) return provider;
  const attachment = withVpc(provider.value, judged);
  const snapshot = { ...judged.snapshot, hasCapacityProvider: false };
  const findings = judge(
    { ...judged, snapshot, scopes: ['event'] },
    originOf(attachment, undefined),
    settings,
  );
  return { value: { attachment, findings } };
}

/** A version that is where the function is was put there by whoever put the function there. */
function originOf(attachment: Attachment, current: AttachmentOrigin | undefined): AttachmentOrigin {
  if (current !== undefined && isSameAttachment(current.attachment, attachment)) return current;
  return { attachment, call: 'UpdateFunctionConfiguration' };
}

/** AWS names no VPC there: it follows from the subnets. */
function withVpc(attachment: Attachment, { facts: { network } }: Judged): Attachment {
  if (network === undefined || 'unknown' in network) return attachment;
  const vpcId = vpcOf(network.value, attachment.subnetIds);
  return vpcId === undefined ? attachment : { ...attachment, vpcId };
}
