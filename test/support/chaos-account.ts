import { type Attachment, attachmentKey } from '../../functions/core/attachment.ts';
import { type FunctionSnapshot, isInFlight } from '../../functions/core/snapshot.ts';
import { ATTACHMENTS, DEPLOYER } from './builders.ts';
import type { Ledger } from './chaos-ledger.ts';
import { type AccountParts, createTrail, createWork, SECRETS, type Trail } from './chaos-trail.ts';
import { OWN_ROLE } from './drilled-aws.ts';
import { fakeSnapshot } from './fake-functions.ts';

/** AWS around the functions: what people call, updates that take time and fail, and CloudTrail. */
export interface ChaosAccount {
  readonly create: (functionArn: string, attachment: Attachment, by: string) => void;
  /** Sets it up before anybody looks: no event tells. */
  readonly inherit: (functionArn: string, attachment: Attachment) => void;
  /** False where AWS is busy with it. */
  readonly update: (functionArn: string, attachment: Attachment, by: string) => boolean;
  /** A change that is not about the attachment; AWS may work on it. */
  readonly tweak: (functionArn: string, by: string, isWork: boolean) => void;
  readonly reserve: (functionArn: string, value: number | undefined) => void;
  readonly remove: (functionArn: string, isTold: boolean) => void;
  readonly fallIdle: (functionArn: string) => void;
  readonly publish: (functionArn: string) => void;
  readonly tag: (functionArn: string, by: string) => void;
  /** Somebody moves it, and AWS needs no time for it; false where AWS is busy with it. */
  readonly overtake: (functionArn: string) => boolean;
  /** What follows when the guardrail has called. */
  readonly followOwn: (functionArn: string, kind: 'attach' | 'reserve' | 'wake') => void;
}

/** What all calls are made of. */
interface Kit {
  readonly parts: AccountParts;
  readonly tell: Trail;
  readonly begin: (functionArn: string) => void;
  /** Gives it another revision; AWS works on it where it says so. */
  readonly set: (snapshot: FunctionSnapshot) => FunctionSnapshot;
  readonly known: (functionArn: string) => FunctionSnapshot;
}

/** Creates AWS around the functions of a world. */
export function createChaosAccount(parts: AccountParts): ChaosAccount {
  const { snapshots } = parts.world;
  const begin = createWork(parts);
  let revisions = 0;
  const kit: Kit = {
    parts,
    begin,
    tell: createTrail(parts),
    set: (snapshot) => {
      revisions += 1;
      const changed = { ...snapshot, revisionId: `by-people-${revisions}` };
      snapshots.set(snapshot.functionArn, changed);
      if (isInFlight(changed)) begin(snapshot.functionArn);
      touch(parts.ledger, snapshot.functionArn);
      return changed;
    },
    known: (functionArn) => snapshots.get(functionArn) ?? fakeSnapshot({ functionArn }),
  };
  return { ...createLives(kit), ...createMoves(kit), ...createOthers(kit) };
}

/** Functions come and go. */
function createLives({
  parts: { world, ledger },
  tell,
  set,
  known,
}: Kit): Pick<ChaosAccount, 'inherit' | 'create' | 'remove'> {
  const { snapshots, versions } = world;
  const begin = (functionArn: string, attachment: Attachment): void => {
    const former = ledger.truths.get(functionArn);
    ledger.truths.set(functionArn, {
      isMoved: false,
      askers: new Map(),
      former,
      runs: attachment,
      touches: (former?.touches ?? 0) + 1,
    });
    ledger.holds.delete(functionArn);
  };
  return {
    inherit: (functionArn, attachment) => {
      begin(functionArn, attachment);
      set({ ...fakeSnapshot({ functionArn, attachment }), ...SECRETS });
    },
    create: (functionArn, attachment, by) => {
      const { lastUpdateStatus: _, ...created } = fakeSnapshot({ functionArn, attachment });
      begin(functionArn, attachment);
      ask(ledger, { functionArn, attachment, by });
      tell('create', by, set({ ...created, state: 'Pending', ...SECRETS }));
    },
    remove: (functionArn, isTold) => {
      const snapshot = known(functionArn);
      snapshots.delete(functionArn);
      versions.delete(functionArn);
      ledger.holds.delete(functionArn);
      touch(ledger, functionArn);
      if (isTold) tell('delete', DEPLOYER, snapshot);
    },
  };
}

/** Functions are updated. */
function createMoves({
  parts: { world, ledger },
  tell,
  set,
  known,
}: Kit): Pick<ChaosAccount, 'update' | 'overtake' | 'tweak'> {
  const update: ChaosAccount['update'] = (functionArn, attachment, by) => {
    const snapshot = known(functionArn);
    if (isInFlight(snapshot)) return false;
    ask(ledger, { functionArn, attachment, by });
    const changed = set({ ...snapshot, attachment, lastUpdateStatus: 'InProgress' });
    tell('configuration', by, changed, { isAttachmentRequested: true });
    return true;
  };
  return {
    update,
    overtake: (functionArn) => {
      if (!update(functionArn, ATTACHMENTS.alsoApproved, DEPLOYER)) return false;
      world.settle(functionArn);
      const truth = ledger.truths.get(functionArn);
      if (truth !== undefined) truth.runs = ATTACHMENTS.alsoApproved;
      return true;
    },
    tweak: (functionArn, by, isWork) => {
      const snapshot = known(functionArn);
      if (isInFlight(snapshot)) return;
      const changed = isWork ? { ...snapshot, lastUpdateStatus: 'InProgress' } : snapshot;
      tell('configuration', by, set(changed));
    },
  };
}

/** What else is called, and what follows when the guardrail has called. */
function createOthers({
  parts: { world, ledger },
  tell,
  set,
  known,
  begin,
}: Kit): Pick<ChaosAccount, 'reserve' | 'fallIdle' | 'publish' | 'tag' | 'followOwn'> {
  const { snapshots, versions } = world;
  return {
    reserve: (functionArn, value) => {
      const { reservedConcurrency: _, ...unreserved } = known(functionArn);
      const reserved = value === undefined ? {} : { reservedConcurrency: value };
      const changed = { ...unreserved, ...reserved };
      snapshots.set(functionArn, changed);
      if (value !== 0) ledger.holds.delete(functionArn);
      touch(ledger, functionArn);
      tell('concurrency', DEPLOYER, changed);
    },
    fallIdle: (functionArn) => {
      const snapshot = known(functionArn);
      if (isInFlight(snapshot)) return;
      snapshots.set(functionArn, { ...snapshot, state: 'Inactive', stateReasonCode: 'Idle' });
    },
    publish: (functionArn) => {
      const snapshot = known(functionArn);
      const published = versions.get(functionArn) ?? [];
      const version = { version: `${published.length + 1}`, aliases: [] };
      versions.set(functionArn, [...published, { ...version, attachment: snapshot.attachment }]);
      tell('version', DEPLOYER, snapshot);
    },
    tag: (functionArn, by) => {
      const tags = { team: 'orders' };
      tell('tags', by, set({ ...known(functionArn), tags }), { tags });
    },
    followOwn: (functionArn, kind) => {
      if (kind !== 'reserve') begin(functionArn);
      if (kind === 'reserve') tell('concurrency', OWN_ROLE, known(functionArn));
      if (kind !== 'attach') return;
      tell('configuration', OWN_ROLE, known(functionArn), { isAttachmentRequested: true });
    },
  };
}

/** Who asks for a place answers for it, be the function there already. */
function ask(
  { truths }: Ledger,
  {
    functionArn,
    attachment,
    by,
  }: { readonly functionArn: string; readonly attachment: Attachment; readonly by: string },
): void {
  const truth = truths.get(functionArn);
  if (truth === undefined) return;
  truth.isMoved = true;
  const key = attachmentKey(attachment);
  truth.askers.set(key, new Set([...(truth.askers.get(key) ?? []), by]));
}

function touch({ truths }: Ledger, functionArn: string): void {
  const truth = truths.get(functionArn);
  if (truth !== undefined) truth.touches += 1;
}
