import type { ScanReads } from '../scan/read-only-ports.ts';

/** Remembers every answer, and every refusal, by what was asked, so that an account can be judged again as it was seen. */
export function rememberReads({ nowMs, ...reads }: ScanReads): ScanReads {
  return {
    nowMs,
    listPage: once(reads.listPage),
    readSnapshot: once(reads.readSnapshot),
    readRecords: once(reads.readRecords),
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
