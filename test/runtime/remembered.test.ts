import { beforeEach, describe, expect, it } from 'vitest';
import { type Recall, remember } from '../../functions/runtime/remembered.ts';

let nowMs: number;
let reads: number;
let recall: Recall<number>;

/** Answers how many reads there were. */
const read = async () => {
  reads += 1;
  return reads;
};

beforeEach(() => {
  nowMs = 1_000_000;
  reads = 0;
  recall = remember({ ttlMs: 60_000, most: 3, nowMs: () => nowMs });
});

describe('remember', () => {
  it('reads once until the time to live is over', async () => {
    expect(await recall('vpc-1', read)).toBe(1);
    nowMs += 59_999;
    expect(await recall('vpc-1', read)).toBe(1);
    nowMs += 1;
    expect(await recall('vpc-1', read)).toBe(2);
    nowMs += 59_999;
    expect(await recall('vpc-1', read)).toBe(2);
  });

  it('reads each key for itself', async () => {
    expect(await recall('vpc-1', read)).toBe(1);
    expect(await recall('vpc-2', read)).toBe(2);
    expect(await recall('vpc-1', read)).toBe(1);
  });

  it('reads afresh for who needs what is not older than a moment, and remembers that for everybody', async () => {
    await recall('vpc-1', read);
    nowMs += 10;

    expect(await recall('vpc-1', read, nowMs)).toBe(2);
    expect(await recall('vpc-1', read)).toBe(2);
    expect(await recall('vpc-1', read, nowMs)).toBe(2);
    expect(await recall('vpc-1', read, nowMs - 5)).toBe(2);
  });

  it('shares a read that is under way', async () => {
    const { promise, resolve } = Promise.withResolvers<number>();
    const first = recall('vpc-1', () => promise);
    const second = recall('vpc-1', read);
    resolve(42);

    expect(await Promise.all([first, second])).toEqual([42, 42]);
    expect(reads).toBe(0);
  });

  it('does not share a read that began before what is asked for', async () => {
    const { promise, resolve } = Promise.withResolvers<number>();
    const old = recall('vpc-1', () => promise);
    nowMs += 10;

    expect(await recall('vpc-1', read, nowMs)).toBe(1);
    resolve(42);
    expect(await old).toBe(42);
    expect(await recall('vpc-1', read)).toBe(1);
  });

  it('forgets a read that failed, for everybody who shared it', async () => {
    const fail = () => Promise.reject(new Error('throttled'));
    const asked = [recall('vpc-1', fail), recall('vpc-1', fail)];

    for (const answer of asked) await expect(answer).rejects.toThrow('throttled');
    expect(await recall('vpc-1', read)).toBe(1);
  });

  it('keeps a later read when an earlier one of the same key fails', async () => {
    const { promise, reject } = Promise.withResolvers<number>();
    const old = recall('vpc-1', () => promise);
    nowMs += 10;
    await recall('vpc-1', read, nowMs);

    reject(new Error('throttled'));
    await expect(old).rejects.toThrow('throttled');

    expect(await recall('vpc-1', read)).toBe(1);
  });

  it('forgets what was read longest ago when there is too much', async () => {
    for (const key of ['a', 'b', 'c']) await recall(key, read);
    nowMs += 10;
    await recall('a', read, nowMs);

    await recall('d', read);

    expect(reads).toBe(5);
    expect(await recall('a', read)).toBe(4);
    expect(await recall('c', read)).toBe(3);
    expect(await recall('b', read)).toBe(6);
  });
});
