import type { VirtualClock } from './clock.ts';

const STEP_MS = 100;

/**
 * Lets virtual time follow real time, so many times as fast; answers what stops it again. At speed 0 it stands still.
 *
 * A step that takes longer than its share of real time is made up for by the next one.
 */
export function passTime(clock: VirtualClock, speed: number): () => void {
  if (speed <= 0) return () => {};
  let lastMs = performance.now();
  let isMoving = false;
  const step = async () => {
    if (isMoving) return;
    isMoving = true;
    const nowMs = performance.now();
    const elapsedMs = nowMs - lastMs;
    lastMs = nowMs;
    // A task that throws is lost; time goes on.
    await clock.advance(Math.round(elapsedMs * speed)).catch(() => undefined);
    isMoving = false;
  };
  const timer = setInterval(() => void step(), STEP_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** How long an answer may be on its way over the loopback before anybody looks again. */
const TURN_MS = 1;

/** Moves time from task to task while somebody waits for it, until something that was asked for has ended. */
export async function advanceUntil<Result>(
  clock: VirtualClock,
  asked: Promise<Result>,
): Promise<Result> {
  let isOver = false;
  const end = () => {
    isOver = true;
  };
  asked.then(end, end);
  while (!isOver) {
    await new Promise((resolve) => setTimeout(resolve, TURN_MS));
    await clock.settle();
    const nextMs = clock.isAwaited() ? clock.nextAtMs() : undefined;
    if (nextMs !== undefined && !isOver) await clock.reach(nextMs);
  }
  return asked;
}
