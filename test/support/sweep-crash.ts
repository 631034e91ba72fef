import type { SweepPorts } from '../../functions/workflows/sweep-ports.ts';
import { ATTACHMENTS } from './builders.ts';
import { createSweepStage, IDLE, type SweepStage } from './sweep-stage.ts';
import { arnOf } from './swept-account.ts';

/** Where the process of a sweep dies: right before a call gets through, or right after, without the answer. */
export interface SweepCrash {
  readonly at: number;
  readonly how: 'before' | 'after';
}

/** What a sweep left behind, without times and counts of writes. */
export interface SweepEnd {
  readonly records: unknown;
  readonly orders: ReadonlySet<string>;
  readonly notices: ReadonlySet<string>;
  /** How often each was published. */
  readonly told: readonly number[];
  readonly totals: unknown;
  readonly account: unknown;
  readonly history: ReadonlySet<string>;
}

/** How a sweep of {@link createCrashStage} went. */
export interface PlayedSweep {
  /** The ports that the first tick called, in order. */
  readonly calls: readonly string[];
  readonly end: SweepEnd;
  readonly error: unknown;
}

const QUARTER_MS = 900_000;
const ATTACHED = { attachment: ATTACHMENTS.approved };
const DEAD = 'the process died';

/** A small account with every kind of function, an earlier sweep behind it, and perhaps the first page of the next one. */
async function createCrashStage(isBegun: boolean): Promise<SweepStage> {
  const stage = createSweepStage(
    {
      quarantined: { attachment: ATTACHMENTS.forbidden },
      resolved: { attachment: ATTACHMENTS.alsoApproved },
      known: ATTACHED,
      gone: ATTACHED,
    },
    { pageSize: 4 },
  );
  await stage.tick();
  await stage.work();
  stage.settle(arnOf('quarantined'));
  stage.add('resolved', ATTACHED);
  stage.snapshots.delete(arnOf('gone'));
  stage.add('plain');
  stage.add('plain-new', { lastModifiedMs: stage.clock.nowMs + 6 * 4 * QUARTER_MS });
  stage.add('attached', ATTACHED);
  stage.add('zone', { attachment: ATTACHMENTS.alsoApproved });
  stage.add('stray', { attachment: ATTACHMENTS.forbidden });
  stage.add('nightly-report', { ...ATTACHED, ...IDLE });
  stage.add('pay-api', { ...ATTACHED, ...IDLE });
  stage.add('busy', { ...ATTACHED, lastUpdateStatus: 'InProgress' });
  stage.add('image', { packageType: 'Image' });
  stage.versions.set(arnOf('attached'), [{ version: '1', aliases: ['live'], ...ATTACHED }]);
  stage.versionStates.set(arnOf('attached:1'), IDLE);
  delete stage.account.approvedPolicy;
  stage.clock.nowMs += 6 * 4 * QUARTER_MS;
  stage.bringHeartbeats();
  stage.queue.length = 0;
  stage.notices.length = 0;
  stage.history.clear();
  if (!isBegun) return stage;
  stage.afterPages.push(
    () => undefined,
    () => {
      stage.clock.nowMs += QUARTER_MS;
    },
  );
  await stage.tick({ runId: 'sweep', forMs: 60_000 });
  stage.clock.nowMs += QUARTER_MS;
  return stage;
}

/** Sweeps an account in one tick, or in one that dies and the next one; `isBegun`: an earlier run has handed over. */
export async function playSweep(isBegun: boolean, crash?: SweepCrash): Promise<PlayedSweep> {
  const stage = await createCrashStage(isBegun);
  const { clock, tick, bringHeartbeats } = stage;
  const { ports, calls } = disturb(stage.ports, crash);
  let error: unknown;
  try {
    await tick({ runId: 'sweep', ports });
  } catch (thrown) {
    error = thrown;
  }
  bringHeartbeats();
  clock.nowMs += QUARTER_MS;
  await tick({ runId: 'sweep' });
  return { calls, error, end: endOf(stage) };
}

type AnyCall = (...args: readonly unknown[]) => unknown;

const NO_CALLS: ReadonlySet<string> = new Set<keyof SweepPorts>(['nowMs']);
const LISTS: ReadonlySet<string> = new Set<keyof SweepPorts>(['listRecorded', 'readSeen']);

/** Nothing that runs beside a call survives the process that makes it. */
function disturb(ports: SweepPorts, crash: SweepCrash | undefined) {
  const calls: string[] = [];
  let isDead = false;
  const die = (): never => {
    isDead = true;
    throw new Error(DEAD);
  };
  const begin = (port: string): boolean => {
    if (isDead) throw new Error('the process is dead');
    calls.push(port);
    if (crash?.at !== calls.length) return false;
    return crash.how === 'after' || die();
  };
  const called =
    (port: string, call: AnyCall): AnyCall =>
    async (...args) => {
      const dies = begin(port);
      const answer = await Reflect.apply(call, undefined, args);
      return dies ? die() : answer;
    };
  const listed = (port: string, call: AnyCall): AnyCall =>
    async function* (...args) {
      const dies = begin(port);
      yield* Reflect.apply(call, undefined, args) as AsyncIterable<unknown>;
      if (dies) die();
    };
  const wrapped = Object.entries(ports).map(([port, call]): [string, AnyCall] => {
    if (NO_CALLS.has(port)) return [port, call];
    return [port, (LISTS.has(port) ? listed : called)(port, call)];
  });
  return { ports: Object.fromEntries(wrapped) as unknown as SweepPorts, calls };
}

function endOf({ records, queue, notices, history, account, readState }: SweepStage): SweepEnd {
  const told = new Map<string, number>();
  for (const { id } of notices) told.set(id, (told.get(id) ?? 0) + 1);
  const digest = notices.findLast(({ kind }) => kind === 'digest')?.facts?.['digest'];
  return {
    records: [...records.values()].map(timeless).toSorted(),
    orders: new Set(queue.map(({ order }) => JSON.stringify(order))),
    notices: new Set(notices.map(({ kind, id }) => `${kind} ${id}`)),
    told: [...told.values()],
    totals: timeless(digest),
    account: {
      approvedPolicy: account.approvedPolicy,
      breaker: account.breaker,
      ...readState().last,
    },
    history: new Set([...history.values()].map(({ event, id }) => `${event} ${id}`)),
  };
}

/** A run that died may have confirmed baselines that nobody counts any more. */
const UNCOMPARED: ReadonlySet<string> = new Set(['version', 'baselines', 'startedAt', 'endedAt']);

function timeless(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(timeless);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !(UNCOMPARED.has(key) || key.endsWith('Ms')))
      .map(([key, member]) => [key, timeless(member)]),
  );
}
