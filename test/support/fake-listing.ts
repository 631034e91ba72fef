import type { ListedFunction } from '../../functions/workflows/ports.ts';
import type { ListedPage, SweepPorts } from '../../functions/workflows/sweep-ports.ts';
import { toListed } from './fake-functions.ts';
import type { FakeWorld } from './fakes.ts';

/** A list of functions in pages, whose markers can expire. */
export interface FakeListing extends Pick<SweepPorts, 'listPage'> {
  /** Happens after the pages that are listed next, one after each. */
  readonly afterPages: (() => void)[];
  /** No marker that was answered so far is known any more. */
  readonly expireMarkers: () => void;
}

/** Lists the functions of an account in memory: those that are created meanwhile come last. */
export function createFakeListing(
  world: Pick<FakeWorld, 'snapshots' | 'versions'>,
  pageSize: number,
): FakeListing {
  /** What was listed before each marker. */
  const markers = new Map<string, ReadonlySet<string>>();
  const afterPages: FakeListing['afterPages'] = [];
  let answered = 0;
  const pageBehind = (listed: ReadonlySet<string>, withVersions: boolean): ListedPage => {
    const left = listAll(world, withVersions).filter((one) => !listed.has(keyOf(one)));
    const functions = left.slice(0, pageSize);
    if (left.length <= pageSize) return { functions };
    answered += 1;
    const nextMarker = `marker-${answered}`;
    markers.set(nextMarker, new Set([...listed, ...functions.map(keyOf)]));
    return { functions, nextMarker };
  };
  const listPage: FakeListing['listPage'] = async (withVersions, marker) => {
    const listed = marker === undefined ? new Set<string>() : markers.get(marker);
    if (listed === undefined) return undefined;
    const page = pageBehind(listed, withVersions);
    afterPages.shift()?.();
    return page;
  };
  return { listPage, afterPages, expireMarkers: () => markers.clear() };
}

function listAll(
  { snapshots, versions }: Pick<FakeWorld, 'snapshots' | 'versions'>,
  withVersions: boolean,
): readonly ListedFunction[] {
  return [...snapshots.values()].flatMap((snapshot) => {
    const latest = toListed(snapshot);
    if (!withVersions) return [latest];
    const published = versions.get(snapshot.functionArn) ?? [];
    return [
      latest,
      ...published.map(({ version, attachment }) => ({
        ...toListed({ ...snapshot, attachment }),
        version,
      })),
    ];
  });
}

function keyOf({ functionArn, version = '' }: ListedFunction): string {
  return `${functionArn}:${version}`;
}
