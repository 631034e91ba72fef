import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createVirtualTimers,
  type VirtualTimers,
} from '../../../lib/local/execution/virtual-timers.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));
const HOUR = 3_600_000;

describe('createVirtualTimers', () => {
  let nowMs: number;
  let timers: VirtualTimers;
  let overdue: number[];
  let ran: string[];
  const note = (text: string) => () => {
    ran.push(`${text} at ${nowMs}`);
  };
  const moveTo = async (timeMs: number) => {
    nowMs = timeMs;
    timers.runDue();
    for (let turns = 0; turns < 10; turns += 1) await turn();
  };

  beforeEach(() => {
    nowMs = 0;
    overdue = [];
    ran = [];
    timers = createVirtualTimers({ nowMs: () => nowMs, overdue: (dueMs) => overdue.push(dueMs) });
  });
  afterEach(async () => {
    await moveTo(Number.MAX_SAFE_INTEGER);
  });

  it('runs what is due in order of time and then of setting, and nothing else', async () => {
    timers.start(note('late'), 3 * HOUR, false);
    timers.start(note('second'), HOUR, false);
    timers.start(note('third'), HOUR, false);
    timers.start(note('first'), HOUR - 1, false);

    expect(timers.nextDueMs()).toBe(HOUR - 1);
    await moveTo(HOUR);

    expect(ran).toEqual(['first', 'second', 'third'].map((name) => `${name} at ${HOUR}`));
    expect(timers.nextDueMs()).toBe(3 * HOUR);
  });

  it('lets promises go on between two timers', async () => {
    timers.start(() => void Promise.resolve().then(note('between')), HOUR, false);
    timers.start(note('after'), HOUR, false);

    await moveTo(HOUR);

    expect(ran).toEqual([`between at ${HOUR}`, `after at ${HOUR}`]);
  });

  it('repeats an interval from the moment at which it ran', async () => {
    const interval = timers.start(note('tick'), HOUR, true);

    await moveTo(HOUR);
    await moveTo(2 * HOUR + 5);
    expect(timers.nextDueMs()).toBe(3 * HOUR + 5);
    timers.clear(interval);
    await moveTo(9 * HOUR);

    expect(ran).toHaveLength(2);
  });

  it('forgets a timer that is cleared by itself, its number or its own end', async () => {
    const timer = timers.start(note('a'), HOUR, false);
    const other = timers.start(note('b'), HOUR, false);
    const third = timers.start(note('c'), HOUR, false);
    const disposed = timers.start(note('d'), HOUR, false);

    expect(timers.clear(timer)).toBe(true);
    expect(timers.clear(timer)).toBe(true);
    expect(timers.clear(Number(other))).toBe(true);
    third.close();
    disposed[Symbol.dispose]();
    await moveTo(HOUR);

    expect(ran).toEqual([]);
    expect(timers.nextDueMs()).toBeUndefined();
  });

  it.each([undefined, null, 7, 'x', {}])('does not know %j', (timer) => {
    expect(timers.clear(timer)).toBe(false);
  });

  it('starts a timer anew where it is refreshed', async () => {
    const timer = timers.start(note('a'), HOUR, false);
    nowMs = HOUR - 1;
    timer.refresh();

    await moveTo(HOUR);
    expect(ran).toEqual([]);
    await moveTo(2 * HOUR - 1);

    expect(ran).toHaveLength(1);
  });

  it('remembers whether somebody wanted to be held up by it', () => {
    const timer = timers.start(note('a'), HOUR, false);

    expect(timer.hasRef()).toBe(true);
    expect(timer.unref().hasRef()).toBe(false);
    expect(timer.ref().hasRef()).toBe(true);
  });

  it('says so once a timer has waited in real time', async () => {
    nowMs = 500;
    timers.start(note('a'), 5, false);

    await expect.poll(() => overdue).toEqual([505]);

    expect(ran).toEqual([]);
  });
});
