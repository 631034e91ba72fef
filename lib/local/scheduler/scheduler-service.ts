import type { AccountCore } from '../account-core.ts';
import { createRandom } from '../random.ts';
import type { Service } from '../wire/operation.ts';
import { createDueSchedules } from './due-schedules.ts';
import { groupOperations } from './group-operations.ts';
import { readScheduleOperations } from './read-schedules.ts';
import { scheduleOperations } from './schedule-operations.ts';
import { createSchedules } from './schedules.ts';
import { tagOperations } from './tag-operations.ts';

/** Creates the EventBridge Scheduler; the same seed puts schedules at the same places in their windows. */
export function createSchedulerService(
  core: AccountCore,
  { seed = 1 }: { readonly seed?: number } = {},
): Service {
  const all = createSchedules(core);
  const due = createDueSchedules(all, createRandom(seed));
  return {
    name: 'scheduler',
    protocol: 'rest-json',
    denied: { code: 'AccessDeniedException', status: 403 },
    operations: [
      ...scheduleOperations(all, due),
      ...groupOperations(all, due),
      ...readScheduleOperations(all),
      ...tagOperations(all),
    ],
  };
}
