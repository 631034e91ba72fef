import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { RescanProgress } from '../../../functions/workflows/sweep-ports.ts';
import { createProgressView, QUIET } from '../../../lib/cli/progress-view.ts';
import { watchProgress } from '../../../lib/cli/rescan/watch-progress.ts';

function progressOf(given: Partial<RescanProgress> = {}): RescanProgress {
  return {
    rescanId: 'mine',
    startedMs: 0,
    atMs: 2_000,
    scanned: 120,
    violations: 7,
    isOver: false,
    ...given,
  };
}

function streamOf(isTTY: boolean) {
  const stream = new PassThrough();
  return {
    stream: Object.assign(stream, { isTTY, columns: 120 }),
    written: () => String(stream.read() ?? ''),
  };
}

describe('the progress of a rescan', () => {
  it('is one plain line for every ten looks where no terminal is', () => {
    const { stream, written } = streamOf(false);
    const view = createProgressView(stream, { verb: 'rescanning', total: 100 });

    for (let look = 1; look <= 9; look += 1) view.show(progressOf());
    expect(written()).toBe('');
    view.show(undefined);
    for (let look = 1; look <= 10; look += 1) view.show(progressOf());
    view.stop({ scanned: 120, violations: 7 });

    expect(written()).toBe(
      'rescanning: not known yet how far it has come\nrescanning: 120 of about 120 functions, 7 violations, 60 a second\n',
    );
  });

  it('counts only, where nobody knows how many there are', () => {
    const { stream, written } = streamOf(false);
    const view = createProgressView(stream, { verb: 'rescanning', total: undefined });

    for (let look = 1; look <= 10; look += 1) view.show(progressOf());

    expect(written()).toBe('rescanning: 120 functions, 7 violations, 60 a second\n');
  });

  it.each([
    [200, '█ 200 functions, 8 violations'],
    [100, '█ 200 functions, 8 violations'],
    [undefined, 'rescanning: 200 functions, 8 violations'],
  ])('is a bar on a terminal, of %s functions, which ends full', (total, expected) => {
    const { stream, written } = streamOf(true);
    const view = createProgressView(stream, { verb: 'rescanning', total });

    view.show(undefined);
    view.show(progressOf());
    view.stop({ scanned: 200, violations: 8 });

    const text = written();
    expect(text).toContain(expected);
    expect(text.endsWith('\n')).toBe(true);
    expect(text.includes('█')).toBe(total !== undefined);
  });

  it('stays where it is when the rescan is given up', () => {
    const { stream, written } = streamOf(true);
    const view = createProgressView(stream, { verb: 'rescanning', total: 200 });

    view.show(progressOf());
    view.stop();

    expect(written()).toContain(
      '120 of about 200 functions, 7 violations, 60 a second, about 2 s left',
    );
  });

  it('tells one from many', () => {
    const { stream, written } = streamOf(false);
    const one = progressOf({ scanned: 1, violations: 1 });
    const views = [
      createProgressView(stream, { verb: 'rescanning', total: undefined }),
      createProgressView(stream, { verb: 'rescanning', total: 1 }),
    ];

    for (const view of views) for (let look = 1; look <= 10; look += 1) view.show(one);

    expect(written()).toBe(
      'rescanning: 1 function, 1 violation, 0.5 a second\nrescanning: 1 of about 1 function, 1 violation, 0.5 a second\n',
    );
  });

  it('is nothing where nobody wants it', () => {
    expect([QUIET.show(progressOf()), QUIET.stop()]).toEqual([undefined, undefined]);
  });
});

describe('watching a rescan', () => {
  /** Watches for as many looks as there are answers, and says what was shown. */
  async function watch(answers: readonly (RescanProgress | Error | undefined)[]) {
    const over = new AbortController();
    const shown: (RescanProgress | undefined)[] = [];
    const left = [...answers];
    const read = async () => {
      const next = left.shift();
      if (next instanceof Error) throw next;
      return next;
    };
    const pause = async (signal: AbortSignal) => {
      if (left.length === 0) over.abort();
      signal.throwIfAborted();
    };
    const view = { ...QUIET, show: (progress?: RescanProgress) => shown.push(progress) };
    await watchProgress({ read, view, earlierId: 'earlier', pause }, over.signal);
    return { shown, left };
  }

  it('shows what is noted of it, and nothing of the one before', async () => {
    const mine = progressOf();

    const { shown } = await watch([undefined, progressOf({ rescanId: 'earlier' }), mine]);

    expect(shown).toEqual([undefined, undefined, mine]);
  });

  it('stays with the one that appeared first where two go on at once', async () => {
    const mine = progressOf();
    const later = progressOf({ scanned: 130 });

    const { shown } = await watch([mine, progressOf({ rescanId: 'other' }), undefined, later]);

    expect(shown).toEqual([mine, mine, mine, later]);
  });

  it('gives up where it cannot be read', async () => {
    const { shown, left } = await watch([progressOf(), new Error('denied'), progressOf()]);

    expect([shown.length, left.length]).toEqual([1, 1]);
  });

  it('shows nothing once it is over', async () => {
    const over = new AbortController();
    const shown: unknown[] = [];
    const read = async () => {
      over.abort();
      return progressOf();
    };
    const view = { ...QUIET, show: (progress?: RescanProgress) => shown.push(progress) };

    await watchProgress({ read, view, earlierId: undefined, pause: async () => {} }, over.signal);

    expect(shown).toEqual([]);
  });

  it('waits for a second between two looks, and no longer than it takes', async () => {
    const read = async () => progressOf();

    await watchProgress({ read, view: QUIET, earlierId: undefined }, AbortSignal.abort());
  });
});
