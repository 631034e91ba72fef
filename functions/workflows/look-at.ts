import type { MetExemptions } from '../core/exemption.ts';
import type { Fact } from '../core/facts.ts';
import type { Look } from '../core/look.ts';
import { observe } from '../core/observe.ts';
import type { Order } from '../core/order.ts';
import { lowerMode } from '../core/policy.ts';
import type { PublishedVersion } from '../core/published-version.ts';
import type { FunctionRecord } from '../core/record.ts';
import type { FunctionSnapshot } from '../core/snapshot.ts';
import { findTargets } from './find-targets.ts';
import { judgeForRelease } from './judge-for-release.ts';
import type { Ports } from './ports.ts';
import type { NetworkRead } from './read-network.ts';
import { scopesOf } from './scopes.ts';
import type { Settings } from './settings.ts';

/** What was read of a function, and what asked for it. */
export interface Seen {
  readonly known: FunctionRecord;
  readonly snapshot: FunctionSnapshot;
  readonly order: Omit<Order, 'functionArn'>;
  readonly met: MetExemptions;
  /** What was read of the network before. */
  readonly network?: NetworkRead | undefined;
  /** What was read of published versions before. */
  readonly versions?: Fact<readonly PublishedVersion[]> | undefined;
}

/** Puts together what a decision rests on. */
export async function lookAt(seen: Seen, ports: Ports, settings: Settings): Promise<Look> {
  const { policy, deployment } = settings;
  const { known, snapshot, order } = seen;
  const { change } = order;
  const nowMs = ports.nowMs();
  const { record, ...how } = observe(known, {
    snapshot,
    nowMs,
    ownRoleArns: deployment.ownRoleArns,
    trustedKeys: new Set(policy.trustedTags.map(({ key }) => key)),
    ...(change === undefined ? {} : { change }),
  });
  const judged = { snapshot, record, nowMs, met: seen.met };
  const asking = {
    ...seen,
    judged,
    others: record.baseline === undefined ? [] : [record.baseline.attachment],
    scopes: scopesOf(record, order),
    isFresh: order.isFresh === true,
  };
  const { facts, findings } = await judgeForRelease(
    { asking, origin: record.current, known },
    ports,
    settings,
  );
  const look = {
    snapshot,
    findings,
    known,
    record,
    ...how,
    policy,
    mode: lowerMode(policy.mode, order.mode),
    nowMs,
    hops: order.hops,
    ...(order.after === undefined ? {} : { after: order.after }),
    isWakeRequested: order.wake,
  };
  return findTargets(
    { look, judged: { ...judged, facts }, network: seen.network },
    ports,
    settings,
  );
}
