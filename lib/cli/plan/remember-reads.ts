import type { FunctionRecord } from '../../../functions/core/record.ts';
import type { FunctionSnapshot } from '../../../functions/core/snapshot.ts';
import type { ScanReads } from '../scan/read-only-ports.ts';

/** Reads that ask the same only once, so that an account can be judged again as it was seen. */
export interface RememberedReads {
  readonly reads: ScanReads;
  /** What was read of functions so far. */
  readonly snapshots: ReadonlyMap<string, FunctionSnapshot>;
  /** What a table says of functions, as far as it was asked. */
  readonly records: ReadonlyMap<string, FunctionRecord>;
}

/** Remembers every answer, and every refusal, by what was asked. */
export function rememberReads(reads: ScanReads): RememberedReads {
  const snapshots = new Map<string, FunctionSnapshot>();
  const records = new Map<string, FunctionRecord>();
  return {
    snapshots,
    records,
    reads: {
      nowMs: reads.nowMs,
      listPage: once(reads.listPage),
      readSnapshot: once(async (functionArn) => {
        const snapshot = await reads.readSnapshot(functionArn);
        if (snapshot !== undefined) snapshots.set(functionArn, snapshot);
        return snapshot;
      }),
      readRecords: once(async (functionArns) => {
        const read = await reads.readRecords(functionArns);
        for (const [functionArn, record] of read) records.set(functionArn, record);
        return read;
      }),
      readNetwork: once(reads.readNetwork),
      readRole: once(reads.readRole),
      readFunctionCode: once(reads.readFunctionCode),
      readVersions: once(reads.readVersions),
      readAliases: once(reads.readAliases),
      readCapacityProvider: once(reads.readCapacityProvider),
      readEventPaths: once(reads.readEventPaths),
      readInterfaceQuota: once(reads.readInterfaceQuota),
      readLastInvocations: once(reads.readLastInvocations),
      meetExemptions: once(reads.meetExemptions),
    },
  };
}

/** Who asks while an answer is on its way waits for the same one. */
function once<Asked extends readonly unknown[], Answer>(
  read: (...asked: Asked) => Promise<Answer>,
): (...asked: Asked) => Promise<Answer> {
  const answers = new Map<string, Promise<Answer>>();
  return (...asked) => {
    const key = JSON.stringify(asked);
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = read(...asked);
    answers.set(key, answer);
    return answer;
  };
}
