import type { Quotas } from '../service-quotas/quotas.ts';
import { lambdaFault } from './faults.ts';
import { type StoredFunction, versionsOf } from './stored-function.ts';

/** The room that an account has for the code of its functions. */
export interface CodeStorage {
  readonly limitBytes: () => number;
  readonly usedBytes: () => number;
  /** Refuses code that there is no room for. */
  readonly checkRoom: (bytes: number) => void;
}

/** How AWS names the quota. */
const STORAGE_QUOTA = 'Function and layer storage';
const BYTES_PER_GIGABYTE = 1_073_741_824;

/** Creates the room for the code of these functions: every version counts. */
export function createCodeStorage(
  functions: ReadonlyMap<string, StoredFunction>,
  quotas: Quotas,
): CodeStorage {
  const limitBytes = () => {
    const quota = quotas.list('lambda').find(({ name }) => name === STORAGE_QUOTA);
    return (quota?.value ?? 0) * BYTES_PER_GIGABYTE;
  };
  const usedBytes = () => {
    let bytes = 0;
    for (const stored of functions.values()) {
      for (const { code } of versionsOf(stored)) bytes += code.bytes.length;
    }
    return bytes;
  };
  // Code that goes only makes more room: so it is counted anew when the room that was known is used up.
  let known = { limit: 0, room: 0 };
  return {
    limitBytes,
    usedBytes,
    checkRoom: (bytes) => {
      const limit = limitBytes();
      if (known.limit !== limit || known.room < bytes) known = { limit, room: limit - usedBytes() };
      if (known.room < bytes) {
        throw lambdaFault('CodeStorageExceededException', 400, 'Code storage limit exceeded.');
      }
      known = { limit, room: known.room - bytes };
    },
  };
}
