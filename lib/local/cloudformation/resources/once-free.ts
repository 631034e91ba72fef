import { AwsFault } from '../../wire/aws-fault.ts';
import type { ResourceWork } from '../resource-type.ts';

const TRY_EVERY_MS = 15_000;
/** AWS: the interfaces of functions may stay for twenty minutes after their last user left. */
const TRY_FOR_MS = 45 * 60_000;

/** Removes something in EC2, again and again in virtual time while something else still uses it. */
export async function onceFree(work: ResourceWork, remove: () => Promise<unknown>): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += TRY_EVERY_MS) {
    try {
      await remove();
      return;
    } catch (error) {
      const isInUse = error instanceof AwsFault && IN_USE.has(error.code);
      if (!isInUse || waitedMs >= TRY_FOR_MS) throw error;
    }
    await work.pause(TRY_EVERY_MS);
  }
}

const IN_USE: ReadonlySet<string> = new Set([
  'DependencyViolation',
  'InvalidCidrBlock.InUse',
  'InvalidIPAddress.InUse',
]);
