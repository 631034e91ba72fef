import { isDetached } from '../core/attachment.ts';
import { neededFacts } from '../core/controls/evaluate-controls.ts';
import type { Fact, InterfaceFacts } from '../core/facts.ts';
import { createInterfaceMap } from '../core/interface-map.ts';
import type { PublishedVersion } from '../core/published-version.ts';
import type { ListedFunction, Ports } from './ports.ts';
import type { NetworkRead } from './read-network.ts';
import type { Settings } from './settings.ts';

/** What one pass over an account's lists tells, before any function is read by itself. */
export interface ListedAccount {
  readonly functions: readonly ListedFunction[];
  /** Of every VPC of the account; absent where no function needs it. */
  readonly network?: NetworkRead;
  /** By function; aliases are not listed. */
  readonly versions: ReadonlyMap<string, readonly PublishedVersion[]>;
  /** How many network interfaces a VPC has; undefined where no control asks. */
  readonly interfacesOf: (vpcId: string) => Fact<InterfaceFacts> | undefined;
}

/** Lists an account in a number of calls that depends on nothing but the length of the lists. */
export async function listAccount(ports: Ports, { policy }: Settings): Promise<ListedAccount> {
  const needed = neededFacts(policy, ['event', 'function', 'account']);
  const functions: ListedFunction[] = [];
  const versions = new Map<string, PublishedVersion[]>();
  const interfaces = createInterfaceMap();
  for await (const listed of ports.listFunctions(
    needed.has('versions') || needed.has('interfaces'),
  )) {
    const { functionArn, version, attachment } = listed;
    interfaces.add(functionArn, attachment);
    if (version === undefined) functions.push(listed);
    else getVersions(versions, functionArn).push({ version, attachment, aliases: [] });
  }
  const isAnywhere = functions.some(
    ({ attachment, hasCapacityProvider }) => hasCapacityProvider || !isDetached(attachment),
  );
  const quota = needed.has('interfaces') ? await ports.readInterfaceQuota() : undefined;
  return {
    functions,
    versions,
    ...(isAnywhere ? { network: await readEveryVpc(ports) } : {}),
    interfacesOf: (vpcId) =>
      quota && ('unknown' in quota ? quota : { value: interfaces.factsOf(vpcId, quota.value) }),
  };
}

async function readEveryVpc(ports: Ports): Promise<NetworkRead> {
  return { fact: await ports.readNetwork('every', true), place: 'every', isFresh: true };
}

function getVersions(
  versions: Map<string, PublishedVersion[]>,
  functionArn: string,
): PublishedVersion[] {
  const known = versions.get(functionArn);
  if (known !== undefined) return known;
  const listed: PublishedVersion[] = [];
  versions.set(functionArn, listed);
  return listed;
}
