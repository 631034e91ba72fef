import { SingleBar } from 'cli-progress';
import type { RescanProgress } from '../../functions/workflows/sweep-ports.ts';
import { counted } from './operator/counted.ts';

/** Where progress is shown. */
export type ProgressStream = NodeJS.WritableStream & { readonly isTTY?: boolean };

/** What a rescan has come to. */
type Reached = Pick<RescanProgress, 'scanned' | 'violations'>;

/** How the progress of a rescan is shown. */
export interface ProgressView {
  /** Called once a second, with what is known by then. */
  readonly show: (progress: RescanProgress | undefined) => void;
  /** Leaves the terminal as it was; shows what it came to, where that is known. */
  readonly stop: (end?: Reached) => void;
}

const LOOKS_PER_LINE = 10;
const WITH_TOTAL = 'rescanning {bar} {said}, {duration_formatted}';
const WITHOUT_TOTAL = 'rescanning: {said}, {duration_formatted}';

/**
 * Creates a bar for a terminal, or else one plain line for every ten looks.
 *
 * The total is about right: AWS counts the guardrail's own functions, too.
 */
export function createProgressView(
  stream: ProgressStream,
  total: number | undefined,
): ProgressView {
  return stream.isTTY === true ? barView(stream, total) : lineView(stream, total);
}

/** Shows nothing. */
export const QUIET: ProgressView = { show: () => {}, stop: () => {} };

function barView(stream: ProgressStream, total: number | undefined): ProgressView {
  const bar = new SingleBar({
    stream,
    format: total === undefined ? WITHOUT_TOTAL : WITH_TOTAL,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 30,
    fps: 4,
    emptyOnZero: true,
    // Signals are ours.
    gracefulExit: false,
  });
  bar.start(total ?? 0, 0, { said: sayReached({ scanned: 0, violations: 0 }, total) });
  return {
    show: (progress) => {
      if (progress === undefined) return;
      const { scanned } = progress;
      // Functions may have come since they were counted.
      if (scanned > bar.getTotal()) bar.setTotal(scanned);
      bar.update(scanned, { said: sayReached(progress, total) });
    },
    stop: (end) => {
      if (end !== undefined) {
        bar.setTotal(end.scanned);
        bar.update(end.scanned, { said: sayReached(end, undefined) });
      }
      bar.stop();
    },
  };
}

function lineView(stream: ProgressStream, total: number | undefined): ProgressView {
  let looks = 0;
  return {
    show: (progress) => {
      looks += 1;
      if (looks % LOOKS_PER_LINE === 0)
        stream.write(`rescanning: ${sayProgress(progress, total)}\n`);
    },
    stop: () => {},
  };
}

function sayProgress(progress: RescanProgress | undefined, total: number | undefined): string {
  if (progress === undefined) return 'not known yet how far it has come';
  return sayReached(progress, total);
}

function sayReached({ scanned, violations }: Reached, total: number | undefined): string {
  const functions =
    total === undefined
      ? counted(scanned, 'function')
      : `${scanned} of about ${counted(Math.max(total, scanned), 'function')}`;
  return `${functions}, ${counted(violations, 'violation')}`;
}
