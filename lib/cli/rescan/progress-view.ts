import { SingleBar } from 'cli-progress';
import type { RescanProgress } from '../../../functions/workflows/sweep-ports.ts';

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
const COUNTS = '{violations} violations, {duration_formatted}';
const WITH_TOTAL = `rescanning {bar} {value} of {total} functions, ${COUNTS}`;
const WITHOUT_TOTAL = `rescanning: {value} functions, ${COUNTS}`;

/** Creates a bar for a terminal, or else one plain line for every ten looks. */
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
  bar.start(total ?? 0, 0, { violations: 0 });
  return {
    show: (progress) => {
      if (progress === undefined) return;
      const { scanned, violations } = progress;
      // Functions may have come since they were counted.
      if (scanned > bar.getTotal()) bar.setTotal(scanned);
      bar.update(scanned, { violations });
    },
    stop: (end) => {
      if (end !== undefined) {
        bar.setTotal(end.scanned);
        bar.update(end.scanned, { violations: end.violations });
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
  const { scanned, violations } = progress;
  const of = total === undefined ? '' : ` of ${Math.max(total, scanned)}`;
  return `${scanned}${of} functions, ${violations} violations`;
}
