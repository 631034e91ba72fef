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
