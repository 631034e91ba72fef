import type { SweepPorts } from '../../../functions/workflows/sweep-ports.ts';

/** What a scan asks of an account. */
export type ScanReads = Omit<SweepPorts, keyof typeof WRITES>;

const refuse = async (): Promise<never> => {
  throw new Error('a scan changes nothing');
};

/** What a sweep would write goes nowhere, and what it would do to a function is a fault of the program. */
const WRITES = {
  attach: refuse,
  reserveConcurrency: refuse,
  wake: refuse,
  takeToken: refuse,
  tripBreaker: refuse,
  noteTripTold: refuse,
  sendHeartbeat: refuse,
  noteHeartbeat: refuse,
  readHeartbeat: refuse,
  readSweep: refuse,
  writeSweep: refuse,
  keepSeen: refuse,
  readSeen: refuseAll,
  readRecord: refuse,
  listRecorded: refuseAll,
  // Tripped already: a plan has to show what a new policy would do, and nothing of it is held back.
  readBreaker: async () => ({ isTripped: true, isKilled: false }),
  claimEnd: async () => false,
  noteEndTold: ignore,
  approvePolicy: ignore,
  enqueue: ignore,
  publish: ignore,
  keepHistory: ignore,
  keepReport: ignore,
  noteProgress: ignore,
  writeRecord: async (record) => record,
} satisfies Partial<SweepPorts>;

/** Makes what only reads into all that a sweep asks for. */
export function withoutWrites(reads: ScanReads): SweepPorts {
  return { ...WRITES, ...reads };
}

async function ignore(): Promise<void> {}

async function* refuseAll(): AsyncGenerator<never> {
  yield await refuse();
}
