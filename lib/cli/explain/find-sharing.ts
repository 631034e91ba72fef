import type { Attachment } from '../../../functions/core/attachment.ts';
import type { MappedSubnet } from '../../../functions/core/interface-map.ts';
import type { LiveSharing } from './live.ts';

/**
 * Finds who shares the network interfaces of an attachment, of the others that were mapped.
 *
 * AWS: one network interface serves everybody with the same set of security groups in the same subnet.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
export function findSharing(
  { subnetIds, securityGroupIds }: Attachment,
  mapped: readonly MappedSubnet[],
): LiveSharing['subnets'] {
  const own = securityGroupIds.join(',');
  return subnetIds.map((subnetId) => {
    const sets = mapped.find((subnet) => subnet.subnetId === subnetId)?.sets ?? [];
    const set = sets.find((one) => one.securityGroupIds.join(',') === own);
    return { subnetId, functions: set?.functions ?? 0, names: set?.names ?? [] };
  });
}
