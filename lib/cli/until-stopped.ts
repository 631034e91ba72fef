import { once } from 'node:events';
import { fstatSync } from 'node:fs';

const LOOK_EVERY_MS = 1000;

/** Waits until somebody stops the process, or until whoever started it is gone. */
export async function untilStopped(): Promise<void> {
  const { signal, abort } = withAbort();
  await Promise.race([
    once(process, 'SIGINT', { signal }),
    once(process, 'SIGTERM', { signal }),
    once(process, 'SIGHUP', { signal }),
    ownerGone(signal),
    parentGone(signal),
  ]);
  abort();
}

function withAbort(): { readonly signal: AbortSignal; readonly abort: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}

/** The end of a pipe is the end of its owner; a terminal or `/dev/null` says nothing. */
async function ownerGone(signal: AbortSignal): Promise<void> {
  if (!isPiped()) return new Promise(() => {});
  process.stdin.resume();
  signal.addEventListener('abort', () => process.stdin.pause());
  await once(process.stdin, 'end', { signal });
}

function isPiped(): boolean {
  try {
    const stdin = fstatSync(0);
    return stdin.isFIFO() || stdin.isSocket();
  } catch {
    return false;
  }
}

/** A signal to `npx` ends only `npx`: the process that it started has to notice by itself. */
function parentGone(signal: AbortSignal): Promise<void> {
  const { ppid } = process;
  return new Promise((resolve) => {
    if (process.env['npm_command'] === undefined) return;
    const timer = setInterval(() => {
      if (process.ppid !== ppid) resolve();
    }, LOOK_EVERY_MS);
    signal.addEventListener('abort', () => clearInterval(timer));
  });
}
