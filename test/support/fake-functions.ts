import { DETACHED } from '../../functions/core/attachment.ts';
import type { PublishedVersion } from '../../functions/core/published-version.ts';
import { type FunctionSnapshot, isInFlight } from '../../functions/core/snapshot.ts';
import type { ListedFunction, Ports } from '../../functions/workflows/ports.ts';

/** The ports that functions stand behind. */
export type FunctionPorts = Pick<Ports, 'readSnapshot' | 'attach' | 'reserveConcurrency' | 'wake'>;

/** Functions that live in memory and take writes as AWS does. */
export interface FakeFunctions {
  readonly ports: FunctionPorts;
  readonly snapshots: Map<string, FunctionSnapshot>;
  readonly versions: Map<string, readonly PublishedVersion[]>;
  /** What is special of published versions, by ARN with the number; else they are settled and active. */
  readonly versionStates: Map<string, Partial<FunctionSnapshot>>;
  /** Ends what AWS is working on: `Pending` and `InProgress` pass, and the revision changes again. */
  readonly settle: (functionArn: string) => void;
}

/** A settled function in no VPC, but for what is given. */
export function fakeSnapshot(given: Partial<FunctionSnapshot> = {}): FunctionSnapshot {
  return {
    functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:orders-api',
    revisionId: 'revision-0',
    role: 'arn:aws:iam::123456789012:role/lambda-role',
    attachment: DETACHED,
    state: 'Active',
    lastUpdateStatus: 'Successful',
    packageType: 'Zip',
    hasSnapStart: false,
    hasCapacityProvider: false,
    tags: {},
    ...given,
  };
}

/** Creates functions that live in memory. */
export function createFakeFunctions(): FakeFunctions {
  const snapshots = new Map<string, FunctionSnapshot>();
  const versions = new Map<string, readonly PublishedVersion[]>();
  const versionStates: FakeFunctions['versionStates'] = new Map();
  let revisions = 0;
  const change = (snapshot: FunctionSnapshot, to: Partial<FunctionSnapshot>): void => {
    snapshots.set(snapshot.functionArn, { ...snapshot, ...to });
  };
  const snapshotOfVersion = (arn: string): FunctionSnapshot | undefined => {
    const [functionArn, qualifier] = splitArn(arn);
    const latest = snapshots.get(functionArn);
    const published = (versions.get(functionArn) ?? []).find(
      ({ version, aliases }) => version === qualifier || aliases.includes(qualifier),
    );
    if (latest === undefined || published === undefined) return undefined;
    const { version, attachment } = published;
    const special = versionStates.get(`${functionArn}:${version}`);
    return { ...latest, state: 'Active', attachment, ...special, functionArn };
  };
  const nextRevision = () => {
    revisions += 1;
    return `revision-${revisions}`;
  };
  return {
    snapshots,
    versions,
    versionStates,
    settle: (functionArn) => {
      const snapshot = snapshots.get(functionArn);
      if (snapshot === undefined || !isInFlight(snapshot)) return;
      const { stateReasonCode: _, ...settled } = snapshot;
      snapshots.set(functionArn, {
        ...settled,
        state: settled.state === 'Pending' ? 'Active' : settled.state,
        lastUpdateStatus: 'Successful',
        revisionId: nextRevision(),
      });
    },
    ports: {
      readSnapshot: async (functionArn) =>
        snapshots.get(functionArn) ?? snapshotOfVersion(functionArn),
      attach: async (functionArn, attachment, revisionId) => {
        const snapshot = snapshots.get(functionArn);
        if (snapshot === undefined) return { status: 'gone' };
        if (isInFlight(snapshot)) return { status: 'busy' };
        if (snapshot.revisionId !== revisionId) return { status: 'stale' };
        change(snapshot, {
          attachment,
          lastUpdateStatus: 'InProgress',
          revisionId: nextRevision(),
        });
        return { status: 'done' };
      },
      reserveConcurrency: async (functionArn, reservedConcurrency) => {
        const snapshot = snapshots.get(functionArn);
        if (snapshot === undefined) return { status: 'gone' };
        const { reservedConcurrency: _, ...unreserved } = snapshot;
        change(unreserved, reservedConcurrency === undefined ? {} : { reservedConcurrency });
        return { status: 'done' };
      },
      wake: async (functionArn) => {
        const snapshot = snapshots.get(functionArn);
        if (snapshot === undefined) return { status: 'gone' };
        if (snapshot.reservedConcurrency === 0) return { status: 'throttled' };
        if (snapshot.state === 'Active') return { status: 'ran' };
        change(snapshot, { state: 'Pending', stateReasonCode: 'Restoring' });
        return { status: 'waking' };
      },
    },
  };
}

function splitArn(arn: string): readonly [functionArn: string, qualifier: string] {
  const at = arn.lastIndexOf(':');
  return [arn.slice(0, at), arn.slice(at + 1)];
}

/** What a list says of a function. */
export function toListed(snapshot: FunctionSnapshot): ListedFunction {
  const { functionArn, role, attachment, packageType, hasSnapStart } = snapshot;
  const { hasCapacityProvider, lastModifiedMs } = snapshot;
  return {
    functionArn,
    role,
    attachment,
    canBeIdle: attachment.subnetIds.length > 0 || packageType === 'Image' || hasSnapStart,
    packageType,
    hasSnapStart,
    hasCapacityProvider,
    ...(lastModifiedMs === undefined ? {} : { lastModifiedMs }),
  };
}
