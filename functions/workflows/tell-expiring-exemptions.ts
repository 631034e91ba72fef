import { endingSoon } from '../core/exemption.ts';
import { exemptionNotice } from '../core/notices/exemption-notice.ts';
import type { Ports } from './ports.ts';
import type { Settings } from './settings.ts';

/**
 * Tells people once of every exemption that ends soon: after that its functions are enforced.
 *
 * Claimed first, for every handler finds it at the same time; published then, and noted last: a crash tells twice
 * rather than never.
 */
export async function tellExpiringExemptions(
  ports: Ports,
  { policy, deployment }: Settings,
): Promise<void> {
  const nowMs = ports.nowMs();
  const ending = endingSoon(policy, nowMs);
  if (ending.length === 0) return;
  const met = await ports.meetExemptions(ending.map(({ id }) => id));
  for (const exemption of ending) {
    if (met.get(exemption.id)?.isEndTold || !(await ports.claimEnd(exemption.id))) continue;
    await ports.publish(exemptionNotice(exemption, { ...deployment, nowMs }));
    await ports.noteEndTold(exemption.id);
  }
}
