import { describeIdle } from '../core/describe-idle.ts';
import type { IdleFunction } from '../core/idle-function.ts';
import type { Look } from '../core/look.ts';
import type { NetworkFacts } from '../core/network.ts';
import type { PublishedVersion } from '../core/published-version.ts';
import { type FunctionSnapshot, isIdle } from '../core/snapshot.ts';
import type { ListedGroup } from './list-groups.ts';
import type { NetworkRead } from './read-network.ts';
import type { SweepPorts } from './sweep-ports.ts';

/** What is known of a function when its idle versions are looked for. */
export interface IdleSeen {
  readonly group: Pick<ListedGroup, 'versions'>;
  readonly look: Look;
  readonly network: NetworkRead;
  /** Looks at a published version as if it were the function. */
  readonly lookAtVersion: (snapshot: FunctionSnapshot) => Promise<Look>;
}

type IdlePorts = Pick<SweepPorts, 'readAliases' | 'readSnapshot'>;

/** Finds what of a function is idle: `$LATEST`, and the published versions that somebody can call by an alias. */
export async function findIdle(seen: IdleSeen, ports: IdlePorts): Promise<readonly IdleFunction[]> {
  const { group, look, network } = seen;
  if (!look.policy.idle.report) return [];
  const latest = isIdle(look.snapshot) ? [describeIdle(look, networkOf(network))] : [];
  const canBeIdle = group.versions.filter((listed) => listed.canBeIdle);
  if (canBeIdle.length === 0) return latest;
  const aliases = await ports.readAliases(look.snapshot.functionArn);
  if ('unknown' in aliases) return latest;
  const idle = [...latest];
  for (const { version = '' } of canBeIdle) {
    const names = aliases.value.get(version) ?? [];
    if (names.length > 0)
      idle.push(...(await findIdleVersion(seen, { version, aliases: names }, ports)));
  }
  return idle;
}

async function findIdleVersion(
  { look, network, lookAtVersion }: IdleSeen,
  published: Pick<PublishedVersion, 'version' | 'aliases'>,
  { readSnapshot }: IdlePorts,
): Promise<readonly IdleFunction[]> {
  const snapshot = await readSnapshot(`${look.snapshot.functionArn}:${published.version}`);
  if (snapshot === undefined || !isIdle(snapshot)) return [];
  return [describeIdle(await lookAtVersion(snapshot), { published, ...networkOf(network) })];
}

function networkOf({ fact }: NetworkRead): { readonly network?: NetworkFacts } {
  return 'unknown' in fact ? {} : { network: fact.value };
}
