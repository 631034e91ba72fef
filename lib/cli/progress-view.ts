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
const WITH_TOTAL = '{bar} {said}, {duration_formatted}';
const WITHOUT_TOTAL = ': {said}, {duration_formatted}';

/** What is under way, and how much of it there is. */
export interface Undertaking {
  /** Such as `scanning`. */
  readonly verb: string;
  /** About right: AWS counts the guardrail's own functions, too. Absent where nobody knows. */
  readonly total: number | undefined;
}

/** Creates a bar for a terminal, or else one plain line for every ten looks. */
export function createProgressView(stream: ProgressStream, undertaking: Undertaking): ProgressView {
  return stream.isTTY === true ? barView(stream, undertaking) : lineView(stream, undertaking);
}

/** Shows nothing. */
export const QUIET: ProgressView = { show: () => {}, stop: () => {} };

function barView(stream: ProgressStream, { verb, total }: Undertaking): ProgressView {
  const bar = new SingleBar({
    stream,
    format: total === undefined ? `${verb}${WITHOUT_TOTAL}` : `${verb} ${WITH_TOTAL}`,
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
      bar.update(scanned, { said: `${sayReached(progress, total)}${sayPace(progress, total)}` });
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

function lineView(stream: ProgressStream, { verb, total }: Undertaking): ProgressView {
  let looks = 0;
  return {
    show: (progress) => {
      looks += 1;
      if (looks % LOOKS_PER_LINE === 0) stream.write(`${verb}: ${sayProgress(progress, total)}\n`);
    },
    stop: () => {},
  };
}

function sayProgress(progress: RescanProgress | undefined, total: number | undefined): string {
  if (progress === undefined) return 'not known yet how far it has come';
  return `${sayReached(progress, total)}${sayPace(progress, total)}`;
}

/** How quickly it goes on, and how long it may still take. */
function sayPace({ scanned, startedMs, atMs }: RescanProgress, total: number | undefined): string {
  const perSecond = (scanned * 1000) / (atMs - startedMs);
  if (!Number.isFinite(perSecond) || perSecond === 0) return '';
  const rate = `, ${perSecond >= 10 ? Math.round(perSecond) : perSecond.toFixed(1)} a second`;
  if (total === undefined || total <= scanned) return rate;
  return `${rate}, about ${Math.ceil((total - scanned) / perSecond)} s left`;
}

function sayReached({ scanned, violations }: Reached, total: number | undefined): string {
  const functions =
    total === undefined
      ? counted(scanned, 'function')
      : `${scanned} of about ${counted(Math.max(total, scanned), 'function')}`;
  return `${functions}, ${counted(violations, 'violation')}`;
}
