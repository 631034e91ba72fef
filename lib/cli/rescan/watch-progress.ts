import { setTimeout as after } from 'node:timers/promises';
import type { RescanProgress } from '../../../functions/workflows/sweep-ports.ts';
import type { ProgressView } from '../progress-view.ts';

/** Whose progress is shown, and how. */
export interface Watch {
  readonly read: () => Promise<RescanProgress | undefined>;
  readonly view: ProgressView;
  /** The rescan that was noted before this one began: it is not this one. */
  readonly earlierId: string | undefined;
  /** Waits for a second, or rejects when it is over. Replaced by tests alone. */
  readonly pause?: (signal: AbortSignal) => Promise<unknown>;
}

const LOOK_EVERY_MS = 1_000;

const second = (signal: AbortSignal) => after(LOOK_EVERY_MS, undefined, { signal });

/** Shows how far a rescan has come, once a second until the signal; gives up where it cannot be read. */
export async function watchProgress(
  { read, view, earlierId, pause = second }: Watch,
  signal: AbortSignal,
): Promise<void> {
  let ours: RescanProgress | undefined;
  try {
    for (;;) {
      await pause(signal);
      const progress = await read();
      if (signal.aborted) return;
      // Of two rescans at once only the one that appeared first is shown: the other one is somebody else's.
      const rescanId = ours?.rescanId ?? progress?.rescanId;
      if (progress?.rescanId === rescanId && rescanId !== earlierId) ours = progress;
      view.show(ours);
    }
  } catch {
    // It is over, or who asks may not read it: the report comes all the same.
  }
}
