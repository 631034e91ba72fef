import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createClock } from '../../lib/local/clock.ts';

describe('createClock', () => {
  it('stands until it is advanced', async () => {
    const clock = createClock(1000);

    expect(clock.nowMs()).toBe(1000);
    await clock.advance(500);
    expect(clock.nowMs()).toBe(1500);
    expect(Number(Atomics.load(new BigInt64Array(clock.shared), 0))).toBe(1500);
  });

  it('runs tasks in order of time, then of scheduling, each at its own time', async () => {
    const clock = createClock(0);
    const ran: string[] = [];
    const note = (name: string) => () => ran.push(`${name}@${clock.nowMs()}`);
    clock.after(20, note('c'));
    clock.after(10, note('a'));
    clock.at(10, note('b'));
    clock.after(30, note('d'));

    await clock.advance(20);

    expect(ran).toEqual(['a@10', 'b@10', 'c@20']);
    expect(clock.nextAtMs()).toBe(30);
  });

  it('runs what a task schedules on the way, and what lies in the past at once', async () => {
    const clock = createClock(100);
    const ran: number[] = [];
    clock.after(5, () => {
      clock.after(5, () => ran.push(clock.nowMs()));
      clock.at(0, () => ran.push(clock.nowMs()));
    });

    await clock.advance(10);

    expect(ran).toEqual([105, 110]);
    expect(clock.nextAtMs()).toBeUndefined();
  });

  it('does not run what was taken back', async () => {
    const clock = createClock(0);
    const ran: string[] = [];
    const cancel = clock.after(5, () => ran.push('taken back'));
    clock.after(5, () => ran.push('kept'));

    cancel();
    cancel();
    await clock.advance(5);

    expect(ran).toEqual(['kept']);
  });

  it('waits for work in flight before time moves on', async () => {
    const clock = createClock(0);
    const seen: number[] = [];
    clock.after(5, () => {
      const work = Promise.resolve()
        .then(() => undefined)
        .then(() => clock.track(Promise.resolve().then(() => seen.push(clock.nowMs()))));
      void clock.track(work);
    });
    clock.after(6, () => seen.push(clock.nowMs()));

    await clock.advance(10);

    expect(seen).toEqual([5, 6]);
  });

  it('waits for work that fails, and leaves the failure to who tracks it', async () => {
    const clock = createClock(0);
    const work = clock.track(Promise.reject(new Error('failed')));

    await expect(work).rejects.toThrow('failed');
    await expect(clock.settle()).resolves.toBeUndefined();
  });

  it('moves for one at a time', async () => {
    const clock = createClock(0);

    await Promise.all([clock.advance(10), clock.settle(), clock.advance(5)]);

    expect(clock.nowMs()).toBe(15);
  });

  it('goes on after a task that failed', async () => {
    const clock = createClock(0);
    clock.after(1, () => {
      throw new Error('a task failed');
    });

    await expect(clock.advance(5)).rejects.toThrow('a task failed');
    await clock.advance(5);

    expect(clock.nowMs()).toBe(6);
  });

  it('never runs tasks out of order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(50)), fc.array(fc.nat(60)), async (delays, steps) => {
        const clock = createClock(0);
        const ran: number[] = [];
        for (const delay of delays) clock.after(delay, () => ran.push(clock.nowMs()));
        for (const step of [0, ...steps]) await clock.advance(step);
        const reached = delays.filter((delay) => delay <= clock.nowMs());
        expect(ran).toEqual(reached.sort((one, other) => one - other));
      }),
    );
  });
});
