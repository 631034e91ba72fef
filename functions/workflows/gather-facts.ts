import { type Attachment, isDetached } from '../core/attachment.ts';
import type { ControlScope } from '../core/controls/control.ts';
import { neededFacts } from '../core/controls/evaluate-controls.ts';
import type { Fact, FactKind, Facts } from '../core/facts.ts';
import type { PublishedVersion } from '../core/published-version.ts';
import type { FunctionSnapshot } from '../core/snapshot.ts';
import type { Judged } from './judge.ts';
import { judgeProvider, judgeVersions } from './judge-elsewhere.ts';
import type { Ports } from './ports.ts';
import { type NetworkRead, readNetworkOf } from './read-network.ts';
import type { Settings } from './settings.ts';

/** What facts are gathered about. */
export interface Asking {
  readonly snapshot: FunctionSnapshot;
  /** Without the facts, which are going to be gathered. */
  readonly judged: Omit<Judged, 'facts'>;
  /** Its attachments that are judged beside the present one. */
  readonly others: readonly Attachment[];
  readonly scopes: readonly ControlScope[];
  readonly isFresh: boolean;
  /** What was read before. */
  readonly network?: NetworkRead | undefined;
  /** What was read before. */
  readonly versions?: Fact<readonly PublishedVersion[]> | undefined;
}

/** Reads what the enabled controls of some scopes need to know about one function, and no more. */
export async function gatherFacts(
  asking: Asking,
  ports: Ports,
  settings: Settings,
): Promise<Facts> {
  const { snapshot, judged, others, scopes } = asking;
  const needed = neededFacts(settings.policy, scopes);
  const [elsewhere, own] = await Promise.all([
    readElsewhere(asking, needed, ports),
    readRoleFacts(snapshot, needed, ports),
  ]);
  const { versions, provider } = elsewhere;
  const attachments = [snapshot.attachment, ...others, ...attachmentsOf(versions)];
  const isWanted = needed.has('network');
  const network = isWanted
    ? await readNetworkOf(provider === undefined ? attachments : 'every', asking, ports)
    : undefined;
  const facts: Facts = { snapshot: toFact(snapshot), network, ...own };
  const base = { ...judged, facts };
  return {
    ...facts,
    versions: versions && judgeVersions(versions, base, settings),
    capacityProvider: provider && judgeProvider(provider, base, settings),
  };
}

function toFact(snapshot: FunctionSnapshot): Fact<FunctionSnapshot> {
  return snapshot.unread === undefined ? { value: snapshot } : { unknown: snapshot.unread };
}

interface Elsewhere {
  readonly versions?: Fact<readonly PublishedVersion[]> | undefined;
  readonly provider?: Fact<Attachment> | undefined;
}

/** Where the function is beside its own attachment: its published versions, its capacity provider. */
async function readElsewhere(
  { snapshot, versions }: Asking,
  needed: ReadonlySet<FactKind>,
  ports: Ports,
): Promise<Elsewhere> {
  const { functionArn, capacityProviderArn } = snapshot;
  const isProviderWanted = needed.has('capacityProvider') && capacityProviderArn !== undefined;
  return {
    versions: needed.has('versions')
      ? (versions ?? (await ports.readVersions(functionArn)))
      : undefined,
    provider: isProviderWanted ? await ports.readCapacityProvider(capacityProviderArn) : undefined,
  };
}

/** A role matters to the network interfaces of functions that have some. */
async function readRoleFacts(
  { attachment, hasCapacityProvider, role, functionArn }: FunctionSnapshot,
  needed: ReadonlySet<FactKind>,
  ports: Ports,
): Promise<Pick<Facts, 'role' | 'functionCode'>> {
  if (hasCapacityProvider || isDetached(attachment)) return {};
  return {
    role: needed.has('role') ? await ports.readRole(role) : undefined,
    functionCode: needed.has('functionCode')
      ? await ports.readFunctionCode(role, functionArn)
      : undefined,
  };
}

function attachmentsOf(
  versions: Fact<readonly PublishedVersion[]> | undefined,
): readonly Attachment[] {
  if (versions === undefined || 'unknown' in versions) return [];
  return versions.value.map(({ attachment }) => attachment);
}
