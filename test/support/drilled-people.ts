import { type Attachment, isDetached } from '../../functions/core/attachment.ts';
import type { ChangeEvent, ChangeKind } from '../../functions/core/change-event.ts';
import type { FunctionSnapshot } from '../../functions/core/snapshot.ts';
import { ARN, DEPLOYER, snapshotOf } from './builders.ts';
import type { FakeWorld } from './fakes.ts';

/** What people and the guardrail do to the one function, as CloudTrail sees it. */
export interface DrilledFunction {
  readonly tell: (kind: ChangeKind, by: string, given?: Partial<ChangeEvent>) => void;
  /** Gives it another revision; AWS works on it for a while where the change says so. */
  readonly change: (to: Partial<FunctionSnapshot>) => FunctionSnapshot;
}

/** What people do to the one function of a drill. */
export interface DrilledPeople {
  readonly create: (attachment: Attachment, by?: string) => void;
  readonly update: (attachment: Attachment, by?: string) => void;
  /** A change that is not about the attachment. */
  readonly tweak: () => void;
  /** The same, and AWS works on it. */
  readonly rework: () => void;
  readonly reserve: (reservedConcurrency: number | undefined, by?: string) => void;
  readonly tag: (tags: Readonly<Record<string, string>>, by?: string) => void;
  /** Publishes what is there now, and points aliases at it; what was there where the event comes late. */
  readonly publish: (aliases?: readonly string[], attachment?: Attachment, by?: string) => void;
  /** Points aliases at the last version. */
  readonly alias: (aliases: readonly string[]) => void;
  /** Somebody calls it when it is idle: AWS begins to bring it back. */
  readonly invoke: () => void;
  readonly fallIdle: () => void;
  readonly remove: () => void;
  /** Removes it, and no event tells. */
  readonly vanish: () => void;
}

/** People who call AWS. */
export function createDrilledPeople(
  { snapshots, versions }: FakeWorld,
  { tell, change }: DrilledFunction,
): DrilledPeople {
  const now = () => present(snapshots.get(ARN));
  return {
    create: (attachment, by = DEPLOYER) => {
      const { lastUpdateStatus, ...created } = snapshotOf({ attachment, state: 'Pending' });
      snapshots.set(ARN, created);
      tell('create', by, claimOf(change({ state: 'Pending' })));
    },
    update: (attachment, by = DEPLOYER) => {
      const changed = change({ attachment, lastUpdateStatus: 'InProgress' });
      tell('configuration', by, { isAttachmentRequested: true, ...claimOf(changed) });
    },
    tweak: () => tell('configuration', DEPLOYER, claimOf(change({}))),
    rework: () =>
      tell('configuration', DEPLOYER, claimOf(change({ lastUpdateStatus: 'InProgress' }))),
    reserve: (reservedConcurrency, by = DEPLOYER) => {
      const { reservedConcurrency: _, ...unreserved } = now();
      snapshots.set(ARN, {
        ...unreserved,
        ...(reservedConcurrency === undefined ? {} : { reservedConcurrency }),
      });
      tell('concurrency', by);
    },
    tag: (tags, by = DEPLOYER) => {
      change({ tags: { ...now().tags, ...tags } });
      tell('tags', by, { tags });
    },
    publish: (aliases = [], attachment = now().attachment, by = DEPLOYER) => {
      const published = versions.get(ARN) ?? [];
      const version = String(published.length + 1);
      versions.set(ARN, [...published, { version, aliases, attachment }]);
      tell('version', by, { versions: [version] });
    },
    alias: (aliases) => {
      const published = versions.get(ARN) ?? [];
      const last = present(published.at(-1));
      versions.set(ARN, [...published.slice(0, -1), { ...last, aliases }]);
      tell('alias', DEPLOYER, { versions: [last.version] });
    },
    invoke: () => {
      change({ state: 'Pending', stateReasonCode: 'Restoring' });
    },
    fallIdle: () => {
      const { lastUpdateStatus: _, ...active } = now();
      snapshots.set(ARN, { ...active, state: 'Inactive', stateReasonCode: 'Idle' });
    },
    remove: () => {
      snapshots.delete(ARN);
      versions.delete(ARN);
      tell('delete', DEPLOYER);
    },
    vanish: () => {
      snapshots.delete(ARN);
      versions.delete(ARN);
    },
  };
}

/** What a record of CloudTrail proves about an attachment. */
export function claimOf({ attachment, role, revisionId }: FunctionSnapshot): Partial<ChangeEvent> {
  return isDetached(attachment) ? {} : { claim: { attachment, role, revisionId } };
}

/** A value that has to be there. */
export function present<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('there is none');
  return value;
}
