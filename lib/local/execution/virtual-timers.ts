/** What timers need of the thread that they live in. */
export interface TimerThread {
  readonly nowMs: () => number;
  /** Called when a timer has waited in real time for as long as it was to wait in virtual time. */
  readonly overdue: (dueMs: number) => void;
}

/** A timer as Node's own look to whoever holds one. */
export interface VirtualTimer {
  readonly ref: () => VirtualTimer;
  readonly unref: () => VirtualTimer;
  readonly hasRef: () => boolean;
  readonly refresh: () => VirtualTimer;
  readonly close: () => VirtualTimer;
  readonly [Symbol.toPrimitive]: () => number;
  readonly [Symbol.dispose]: () => void;
}

/** Timers that go by virtual time. */
export interface VirtualTimers {
  readonly start: (run: () => void, delayMs: number, repeats: boolean) => VirtualTimer;
  /** Takes a timer or its number; anything else is none of ours and answers false. */
  readonly clear: (timer: unknown) => boolean;
  /** When the next one is due; undefined where there is none. */
  readonly nextDueMs: () => number | undefined;
  /** Runs those that are due, in order, each in a turn of its own. */
  readonly runDue: () => void;
}

interface Pending {
  readonly id: number;
  readonly timer: VirtualTimer;
  readonly run: () => void;
  readonly delayMs: number;
  readonly repeats: boolean;
  dueMs: number;
  order: number;
  real: NodeJS.Timeout;
}

const LONGEST_MS = 2_147_483_647;

/** Creates the timers of one thread; real timers are taken from it before they are replaced. */
export function createVirtualTimers(thread: TimerThread): VirtualTimers {
  const real = { setTimeout, clearTimeout, setImmediate };
  const pending = new Map<number, Pending>();
  let started = 0;

  const arm = (held: Pick<Pending, 'delayMs'>): Pick<Pending, 'dueMs' | 'order' | 'real'> => {
    const dueMs = thread.nowMs() + held.delayMs;
    started += 1;
    // Where nobody moves time, waiting lasts as long as it would in reality.
    const fallback = real.setTimeout(() => thread.overdue(dueMs), held.delayMs);
    fallback.unref();
    return { dueMs, order: started, real: fallback };
  };

  const rearm = (held: Pending): void => {
    real.clearTimeout(held.real);
    Object.assign(held, arm(held));
    pending.set(held.id, held);
  };

  const stop = (held: Pending): void => {
    real.clearTimeout(held.real);
    pending.delete(held.id);
  };

  const find = (timer: unknown): Pending | undefined => {
    const id = typeof timer === 'object' && timer !== null ? ids.get(timer) : Number(timer);
    return id === undefined ? undefined : pending.get(id);
  };

  const ids = new WeakMap<object, number>();

  const start: VirtualTimers['start'] = (run, delayMs, repeats) => {
    const timed = { delayMs: Math.min(delayMs, LONGEST_MS) };
    const armed = arm(timed);
    const id = FIRST_ID + armed.order;
    let hasRef = true;
    const timer: VirtualTimer = {
      ref: () => {
        hasRef = true;
        return timer;
      },
      unref: () => {
        hasRef = false;
        return timer;
      },
      hasRef: () => hasRef,
      refresh: () => {
        rearm(held);
        return timer;
      },
      close: () => {
        stop(held);
        return timer;
      },
      [Symbol.toPrimitive]: () => id,
      [Symbol.dispose]: () => stop(held),
    };
    const held: Pending = { id, timer, run, repeats, ...timed, ...armed };
    ids.set(timer, id);
    pending.set(id, held);
    return timer;
  };

  const first = (): Pending | undefined =>
    [...pending.values()].reduce<Pending | undefined>(
      (least, held) => (least === undefined || isBefore(held, least) ? held : least),
      undefined,
    );

  const runDue = (): void => {
    const held = first();
    if (held === undefined || held.dueMs > thread.nowMs()) return;
    if (held.repeats) rearm(held);
    else stop(held);
    real.setImmediate(runDue);
    held.run();
  };

  return {
    start,
    clear: (timer) => {
      const held = find(timer);
      if (held !== undefined) stop(held);
      return held !== undefined || (typeof timer === 'object' && timer !== null && ids.has(timer));
    },
    nextDueMs: () => first()?.dueMs,
    runDue: () => {
      real.setImmediate(runDue);
    },
  };
}

/** Numbers of Node's own timers are small. */
const FIRST_ID = 1_000_000_000;

function isBefore(one: Pending, other: Pending): boolean {
  return one.dueMs < other.dueMs || (one.dueMs === other.dueMs && one.order < other.order);
}
