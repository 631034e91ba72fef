/** Something that is to be done at a moment. */
export interface Task {
  readonly timeMs: number;
  /** Of two at the same moment, the one that was scheduled first comes first. */
  readonly order: number;
  readonly run: () => void;
}

/** Tasks in order of time: cheap to add to and to take from, also with tens of thousands in it. */
export interface TaskList {
  readonly add: (task: Task) => void;
  /** Takes a task out, if it is still there. */
  readonly remove: (task: Task) => void;
  readonly first: () => Task | undefined;
}

/** Creates an empty list. */
export function createTaskList(): TaskList {
  const tasks: Task[] = [];
  return {
    add: (task) => {
      tasks.splice(placeOf(tasks, task), 0, task);
    },
    remove: (task) => {
      const place = placeOf(tasks, task);
      if (tasks[place] === task) tasks.splice(place, 1);
    },
    first: () => tasks[0],
  };
}

/** Where a task is, or would be. */
function placeOf(tasks: readonly Task[], task: Task): number {
  let [low, high] = [0, tasks.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = tasks[middle];
    if (other !== undefined && isBefore(other, task)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isBefore(one: Task, other: Task): boolean {
  return one.timeMs < other.timeMs || (one.timeMs === other.timeMs && one.order < other.order);
}
