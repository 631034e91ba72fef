import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { JournaledCall } from '../lib/local/journal.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What is still in use, in MiB, once garbage is collected. */
export function heapMiB(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

/** Names each operation with how often it was called. */
export function countByOperation(calls: readonly JournaledCall[]): string {
  const groups = Map.groupBy(calls, ({ operation }) => operation);
  return [...groups].map(([name, made]) => `${name} ${made.length}`).join(', ');
}
