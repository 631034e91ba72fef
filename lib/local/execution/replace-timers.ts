import { createRequire, syncBuiltinESMExports } from 'node:module';
import { promisify } from 'node:util';
import type { VirtualTimers } from './virtual-timers.ts';

type Run = (...values: unknown[]) => void;

/** Up to so long a timer only lets others run first: it goes by real time, as time may stand still. */
const MOMENT_MS = 1;

/**
 * Puts virtual timers in the place of Node's: the globals, `node:timers`, and what waits in `node:timers/promises`.
 *
 * What Node times within itself, such as a socket's own time-out, stays real.
 */
export function replaceTimers(timers: VirtualTimers): void {
  const real = { setTimeout, setInterval, clearTimeout };
  const starting =
    (repeats: boolean, realStart: (run: Run, ms: number, ...values: unknown[]) => unknown) =>
    (run: Run, ms?: unknown, ...values: unknown[]): unknown => {
      const delayMs = Math.trunc(Number(ms ?? MOMENT_MS));
      if (!(delayMs > MOMENT_MS) || typeof run !== 'function') {
        return realStart(run, delayMs, ...values);
      }
      return timers.start(() => run(...values), delayMs, repeats);
    };
  const clear = (timer: unknown): void => {
    if (!timers.clear(timer)) real.clearTimeout(timer as NodeJS.Timeout);
  };
  const wait = createWait(timers);
  const virtual = {
    setTimeout: Object.assign(starting(false, real.setTimeout), { [promisify.custom]: wait }),
    setInterval: starting(true, real.setInterval),
    clearTimeout: clear,
    clearInterval: clear,
  };
  Object.assign(globalThis, virtual);
  const require = createRequire(import.meta.url);
  Object.assign(require('node:timers'), virtual);
  Object.assign(require('node:timers/promises'), { setTimeout: wait });
  syncBuiltinESMExports();
  AbortSignal.timeout = (ms) => {
    const controller = new AbortController();
    const reason = new DOMException('The operation was aborted due to timeout', 'TimeoutError');
    timers.start(() => controller.abort(reason), ms, false);
    return controller.signal;
  };
}

interface WaitOptions {
  readonly signal?: AbortSignal;
}

/** Waits as `node:timers/promises` does. */
function createWait(timers: VirtualTimers) {
  return <Value>(
    ms = MOMENT_MS,
    value?: Value,
    { signal }: WaitOptions = {},
  ): Promise<Value | undefined> =>
    new Promise((resolve, reject) => {
      const abort = (): void => {
        timers.clear(timer);
        reject(
          new DOMException('The operation was aborted', {
            name: 'AbortError',
            cause: signal?.reason,
          }),
        );
      };
      const timer = timers.start(
        () => {
          signal?.removeEventListener('abort', abort);
          resolve(value);
        },
        Math.max(Number(ms), MOMENT_MS),
        false,
      );
      if (signal?.aborted) abort();
      else signal?.addEventListener('abort', abort, { once: true });
    });
}
