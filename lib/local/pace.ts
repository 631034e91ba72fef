import type { VirtualClock } from './clock.ts';
import { passTime } from './passing-time.ts';

/** How fast virtual time passes by itself. */
export interface Pace {
  /** How many times as fast as real time; undefined where nobody has let time pass yet. */
  readonly speed: () => number | undefined;
  /** Lets time pass so fast from now on; 0 lets it stand still. */
  readonly follow: (speed: number) => void;
  readonly stop: () => void;
}

/** Creates what lets time pass: until it is told how fast, time only moves when it is advanced. */
export function createPace(clock: VirtualClock): Pace {
  let speed: number | undefined;
  let stop = () => {};
  return {
    speed: () => speed,
    follow: (newSpeed) => {
      stop();
      speed = newSpeed;
      stop = passTime(clock, newSpeed);
    },
    stop: () => stop(),
  };
}
