import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTaskList, type Task } from '../../lib/local/task-list.ts';

const times = fc.array(fc.tuple(fc.nat(20), fc.boolean()), { maxLength: 60 });

describe('createTaskList', () => {
  it('gives tasks in order of time and then of scheduling, but for those that were taken out', () => {
    fc.assert(
      fc.property(times, (wanted) => {
        const list = createTaskList();
        const tasks: readonly Task[] = wanted.map(([timeMs], order) => {
          return { timeMs, order, run: () => {} };
        });
        for (const task of tasks) list.add(task);
        const isKept = ({ order }: Task) => wanted[order]?.[1] === true;
        for (const task of tasks.filter((one) => !isKept(one))) {
          list.remove(task);
          list.remove(task);
        }

        const given: Task[] = [];
        for (let next = list.first(); next !== undefined; next = list.first()) {
          given.push(next);
          list.remove(next);
        }

        expect(given).toEqual(tasks.filter(isKept).toSorted((a, b) => a.timeMs - b.timeMs));
      }),
    );
  });
});
