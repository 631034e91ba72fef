import { type Digest, digestKey, isDigestDue, thresholdsOf } from '../core/digest.ts';
import { endingSoon } from '../core/exemption.ts';
import { functionNameOf } from '../core/function-name.ts';
import { digestNotice } from '../core/notices/digest-notice.ts';
import type { SweepState } from '../core/sweep-state.ts';
import { addNamed, type Named, NOBODY } from '../core/sweep-totals.ts';
import { readInterfaces } from './read-interfaces.ts';
import type { Settings } from './settings.ts';
import type { Sweep } from './sweep-functions.ts';
import type { UnderwayState } from './sweep-on.ts';
import type { SweepPorts } from './sweep-ports.ts';

interface Means {
  readonly ports: SweepPorts;
  readonly settings: Settings;
}

/**
 * Ends a sweep: asks after functions that are gone, tells people in one digest, and sends a heartbeat.
 *
 * Written down last: a run that dies before goes through it again, and the digest has the same id then.
 */
export async function endSweep(sweep: Sweep, state: UnderwayState, means: Means): Promise<Digest> {
  const { ports, settings } = means;
  const deleted = await askAfterGone(sweep, means);
  const { reports } = await readInterfaces(sweep, ports, settings);
  const { underway, isOverdueTold, ...rest } = state;
  const { id, policyHash, startedMs, totals } = underway;
  const endedMs = ports.nowMs();
  const digest: Digest = {
    sweepId: id,
    startedMs,
    endedMs,
    totals,
    interfaces: reports,
    ending: endingSoon(settings.policy, endedMs).length,
    deleted,
    policyMode: settings.policy.mode,
    breaker: await ports.readBreaker(),
    thresholds: thresholdsOf(settings.policy),
  };
  const told = await tell(digest, state, means);
  const sentMs = ports.nowMs();
  await ports.sendHeartbeat(sentMs);
  await ports.writeSweep({
    ...rest,
    ...told,
    last: { id, policyHash, startedMs, endedMs },
    heartbeat: { sentMs, isMissingTold: rest.heartbeat?.isMissingTold ?? false },
  });
  return digest;
}

async function tell(
  digest: Digest,
  { digest: last }: SweepState,
  { ports, settings: { deployment } }: Means,
): Promise<Pick<SweepState, 'digest'>> {
  const nowMs = ports.nowMs();
  if (!isDigestDue(last, digest, nowMs)) return last === undefined ? {} : { digest: last };
  await ports.publish(digestNotice(digest, { ...deployment, nowMs }));
  return { digest: { key: digestKey(digest), atMs: nowMs } };
}

/** What the table knows and the list does not show is looked at: its delete may have been missed. */
async function askAfterGone(
  { seen }: Sweep,
  { ports, settings: { deployment } }: Means,
): Promise<Named> {
  let gone = NOBODY;
  for await (const functionArn of ports.listRecorded()) {
    if (seen.has(functionNameOf(functionArn)) || deployment.ownFunctionArns.has(functionArn)) {
      continue;
    }
    gone = addNamed(gone, functionArn);
    await ports.enqueue({ functionArn, hops: 0, wake: false }, 0);
  }
  return gone;
}
