import type { Attachment } from '../../functions/core/attachment.ts';

/** Where a function is, id by id. */
export function AttachmentPlace({ attachment }: { readonly attachment: Attachment }) {
  const { vpcId, subnetIds, securityGroupIds, ipv6AllowedForDualStack } = attachment;
  if (subnetIds.length === 0) return <span>no VPC</span>;
  return (
    <span class="place">
      <Ids ids={[vpcId ?? 'a VPC that was not named']} />
      <Ids ids={subnetIds} />
      <Ids ids={securityGroupIds} />
      {ipv6AllowedForDualStack && <span>IPv6 allowed</span>}
    </span>
  );
}

function Ids({ ids }: { readonly ids: readonly string[] }) {
  return (
    <span>
      {ids.map((id) => (
        <code key={id}>{id}</code>
      ))}
    </span>
  );
}
