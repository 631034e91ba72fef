/** Something that happens at a moment. */
interface Entry {
  readonly dueMs: number;
  readonly order: number;
  readonly act: () => Promise<void> | void;
}

/** What is going to happen, on a clock that only it moves. */
export interface Agenda {
  readonly after: (delayMs: number, act: Entry['act']) => void;
  /** Moves the clock to what is due next, and lets it happen; false where nothing is left. */
  readonly next: () => Promise<boolean>;
}

/** Creates an empty agenda: of two things at the same moment, the one that was noted first happens first. */
export function createAgenda(clock: { nowMs: number }): Agenda {
  const heap: Entry[] = [];
  let noted = 0;
  return {
    after: (delayMs, act) => {
      noted += 1;
      heap.push({ dueMs: clock.nowMs + Math.max(0, Math.round(delayMs)), order: noted, act });
      rise(heap, heap.length - 1);
    },
    next: async () => {
      const first = heap[0];
      const last = heap.pop();
      if (first === undefined || last === undefined) return false;
      if (heap.length > 0) {
        heap[0] = last;
        sink(heap, 0);
      }
      clock.nowMs = Math.max(clock.nowMs, first.dueMs);
      await first.act();
      return true;
    },
  };
}

function rise(heap: Entry[], at: number): void {
  const parent = (at - 1) >> 1;
  if (at > 0 && swapped(heap, parent, at)) rise(heap, parent);
}

function sink(heap: Entry[], at: number): void {
  const [left, right] = [2 * at + 1, 2 * at + 2];
  const child = isBefore(heap[right], heap[left]) ? right : left;
  if (child < heap.length && swapped(heap, at, child)) sink(heap, child);
}

/** Exchanges two entries where the lower one comes first. */
function swapped(heap: Entry[], upper: number, lower: number): boolean {
  const [above, below] = [heap[upper], heap[lower]];
  if (above === undefined || below === undefined || !isBefore(below, above)) return false;
  heap[upper] = below;
  heap[lower] = above;
  return true;
}

function isBefore(left: Entry | undefined, right: Entry | undefined): boolean {
  if (left === undefined || right === undefined) return left !== undefined;
  return left.dueMs === right.dueMs ? left.order < right.order : left.dueMs < right.dueMs;
}
