import { createParties, type Parties, type Party } from './clock-parties.ts';
import { createTaskList } from './task-list.ts';

/** Takes back a task that was scheduled. */
export type Cancel = () => void;

/**
 * Virtual time: it moves only when somebody advances it, and everything that waits in the account waits on it.
 */
export interface VirtualClock {
  readonly nowMs: () => number;
  /** Holds the time as one BigInt64, for handlers that live in other threads. */
  readonly shared: SharedArrayBuffer;
  /** Runs a task when time reaches a moment, in order of time and then of scheduling. */
  readonly at: (timeMs: number, task: () => void) => Cancel;
  readonly after: (delayMs: number, task: () => void) => Cancel;
  /** Counts work that is in flight: time does not move on before it ends. */
  readonly track: <T>(work: Promise<T>) => Promise<T>;
  /**
   * Counts somebody in who works, and who may wait for time himself: while some wait and nobody works, time moves.
   *
   * `look` is called now and then while time is held up.
   */
  readonly enlist: (look: () => void) => Party;
  /** Waits until no work is in flight that does not itself wait for time, and nothing is due. */
  readonly settle: () => Promise<void>;
  /** Moves time forward, running everything that falls due on the way. */
  readonly advance: (byMs: number) => Promise<void>;
  /** Moves time forward to a moment, if it is not there yet. */
  readonly reach: (timeMs: number) => Promise<void>;
  /** Whether somebody waits for time, and nobody works. */
  readonly isAwaited: () => boolean;
  /** When the next task falls due; undefined where nothing is scheduled. */
  readonly nextAtMs: () => number | undefined;
}

/** Creates a clock that stands at a moment. */
export function createClock(startMs: number): VirtualClock {
  const shared = new SharedArrayBuffer(8);
  const cell = new BigInt64Array(shared);
  Atomics.store(cell, 0, BigInt(startMs));
  const parties = createParties();
  const tasks = createTaskList();
  const inFlight = new Set<Promise<unknown>>();
  let scheduled = 0;
  let moving: Promise<void> = Promise.resolve();

  const nowMs = () => Number(Atomics.load(cell, 0));

  const at = (timeMs: number, run: () => void): Cancel => {
    const task = { timeMs: Math.max(timeMs, nowMs()), order: scheduled++, run };
    tasks.add(task);
    return () => tasks.remove(task);
  };

  const track = <T>(work: Promise<T>): Promise<T> => {
    const settled = work.then(
      () => undefined,
      () => undefined,
    );
    inFlight.add(settled);
    void settled.then(() => inFlight.delete(settled));
    return work;
  };

  const quiesce = async (): Promise<void> => {
    // Work that ends may start other work in the same turn, so look again after each round.
    while (inFlight.size > 0 || parties.areWorking()) {
      if (await doTheyOnlyWait(parties)) return;
      await (parties.areWorking()
        ? lookingOn(parties)
        : Promise.race([Promise.all(inFlight), parties.changed()]));
      await Promise.resolve();
    }
  };

  const runUntil = async (targetMs: number): Promise<void> => {
    await quiesce();
    for (let next = tasks.first(); next && next.timeMs <= targetMs; next = tasks.first()) {
      tasks.remove(next);
      Atomics.store(cell, 0, BigInt(next.timeMs));
      next.run();
      await quiesce();
    }
    Atomics.store(cell, 0, BigInt(Math.max(targetMs, nowMs())));
  };

  /** One mover at a time: two that overlap would run tasks out of order. */
  const move = (target: () => number): Promise<void> => {
    const moved = moving.then(() => runUntil(target()));
    // A task that throws fails whoever moved time then, not everybody after.
    moving = moved.catch(() => undefined);
    return moved;
  };

  return {
    nowMs,
    shared,
    at,
    after: (delayMs, task) => at(nowMs() + delayMs, task),
    track,
    enlist: parties.enlist,
    settle: () => move(nowMs),
    advance: (byMs) => move(() => nowMs() + byMs),
    reach: (timeMs) => move(() => Math.max(timeMs, nowMs())),
    isAwaited: parties.areWaiting,
    nextAtMs: () => tasks.first()?.timeMs,
  };
}

/** An answer that just came may set somebody to work, but not before others had their turn. */
async function doTheyOnlyWait(parties: Parties): Promise<boolean> {
  if (!parties.areWaiting()) return false;
  await new Promise((resolve) => setImmediate(resolve));
  return parties.areWaiting();
}

const LOOK_EVERY_MS = 2;

/** Who works lives in another thread, which does not say by itself that it only waits. */
async function lookingOn(parties: Parties): Promise<void> {
  const timer = setInterval(parties.look, LOOK_EVERY_MS);
  await parties.changed();
  clearInterval(timer);
}
