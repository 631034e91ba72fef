import type { Fact } from '../core/facts.ts';
import { isAcceptable, type Look, type RevertTarget, violationsToActOn } from '../core/look.ts';
import { missingFrom, type NetworkFacts, vpcOf } from '../core/network.ts';
import type { FallbackAttachment } from '../core/policy.ts';
import type { AttachmentOrigin } from '../core/record.ts';
import { isInFlight } from '../core/snapshot.ts';
import { type Judged, judge } from './judge.ts';
import type { Ports } from './ports.ts';
import { type NetworkRead, readNetworkOf } from './read-network.ts';
import type { Settings } from './settings.ts';

/** A look that may end in another attachment. */
interface Targeting {
  readonly look: Look;
  readonly judged: Judged;
  readonly network: NetworkRead | undefined;
}

/** Adds where a function may go that violates what the policy acts on. */
export async function findTargets(
  targeting: Targeting,
  ports: Ports,
  settings: Settings,
): Promise<Look> {
  const { look } = targeting;
  if (violationsToActOn(look.findings, look.policy).length === 0) return look;
  const target = await findBaseline(targeting, ports, settings);
  const seen = target === undefined ? look : { ...look, target };
  const fallback = needsFallback(seen) ? await findFallback(targeting, ports, settings) : undefined;
  return fallback === undefined ? seen : { ...seen, fallback };
}

async function findBaseline(
  { look, judged, network }: Targeting,
  ports: Ports,
  settings: Settings,
): Promise<RevertTarget | undefined> {
  const { baseline } = look.record;
  if (baseline === undefined) return undefined;
  // While AWS works on the function nothing can be reverted yet: what is known will do.
  const fact = isInFlight(look.snapshot)
    ? judged.facts.network
    : await readNetworkOf([baseline.attachment], { network, isFresh: true }, ports);
  return toTarget(baseline, fact, { judged, settings });
}

/** The rest of the account is read only where the baseline is not plainly good. */
function needsFallback({ target, policy, record, ...look }: Look): boolean {
  const { fallbackAttachment } = policy;
  if (fallbackAttachment === undefined) return false;
  const cause = record.violation?.cause ?? look.cause;
  if (cause === 'create' && !fallbackAttachment.onCreate) return false;
  if (target === undefined || record.violation?.refused.length) return true;
  const isThere = target.missing.length === 0 && target.doubt === undefined;
  return !isThere || !isAcceptable(target.findings, policy);
}

async function findFallback(
  { look, judged, network }: Targeting,
  ports: Ports,
  settings: Settings,
): Promise<RevertTarget | undefined> {
  const { fallbackAttachment } = look.policy;
  if (fallbackAttachment === undefined) return undefined;
  const fact = await readNetworkOf(
    'every',
    { network, isFresh: !isInFlight(look.snapshot) },
    ports,
  );
  const origin = toOrigin(fallbackAttachment, fact, look);
  return toTarget(origin, fact, { judged, settings });
}

/** The guardrail puts a function there for whoever attached it: that principal has to be allowed to. */
function toOrigin(
  { subnetIds, securityGroupIds }: FallbackAttachment,
  fact: Fact<NetworkFacts>,
  { record: { current } }: Look,
): AttachmentOrigin {
  const vpcId = 'unknown' in fact ? undefined : vpcOf(fact.value, subnetIds);
  const principalArn = current?.principalArn;
  return {
    attachment: {
      ...(vpcId === undefined ? {} : { vpcId }),
      subnetIds,
      securityGroupIds,
      ipv6AllowedForDualStack: false,
    },
    call: 'UpdateFunctionConfiguration',
    ...(principalArn === undefined ? {} : { principalArn }),
  };
}

function toTarget(
  origin: AttachmentOrigin,
  network: Fact<NetworkFacts> | undefined,
  { judged, settings }: { readonly judged: Judged; readonly settings: Settings },
): RevertTarget {
  const findings = judge({ ...judged, facts: { network } }, origin, settings);
  if (network === undefined) return { origin, findings, missing: [] };
  if ('unknown' in network) return { origin, findings, missing: [], doubt: network.unknown };
  return { origin, findings, missing: missingFrom(network.value, origin.attachment) };
}
