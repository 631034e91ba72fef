import type { VirtualClock } from '../clock.ts';

/** Lets so much virtual time pass. */
export type Pause = (ms: number) => Promise<void>;

/** Starts work that virtual time waits for, except while the work itself waits for time. */
export function startWork(clock: VirtualClock, work: (pause: Pause) => Promise<void>): void {
  let end = () => {};
  const begin = () => {
    const worked = new Promise<void>((resolve) => {
      end = resolve;
    });
    void clock.track(worked);
  };
  const pause: Pause = (ms) =>
    new Promise((resume) => {
      clock.after(ms, () => {
        begin();
        resume();
      });
      end();
    });
  begin();
  void work(pause).finally(() => end());
}
