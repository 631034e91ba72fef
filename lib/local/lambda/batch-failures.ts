/**
 * The messages of a batch that failed, by what the function answered.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export function failedMessages(
  messageIds: readonly string[],
  outcome: {
    readonly payload: string;
    readonly isError: boolean;
    /** Whether the mapping wants `ReportBatchItemFailures`. */
    readonly reportsItemFailures: boolean;
  },
): ReadonlySet<string> {
  if (outcome.isError) return new Set(messageIds);
  if (!outcome.reportsItemFailures) return new Set();
  const failed = parseFailures(outcome.payload);
  const isTrusted = failed?.every((id) => messageIds.includes(id)) ?? false;
  return new Set(isTrusted ? failed : messageIds);
}

/** Undefined where the answer is not of the form that Lambda knows: then everything failed. */
function parseFailures(payload: string): readonly string[] | undefined {
  const answer = parseJson(payload);
  if (answer === null) return [];
  if (typeof answer !== 'object') return undefined;
  const failures: unknown = 'batchItemFailures' in answer ? answer.batchItemFailures : null;
  if (failures === null) return [];
  if (!Array.isArray(failures)) return undefined;
  const ids = failures.map(parseIdentifier);
  return ids.some((id) => id === '') ? undefined : ids;
}

function parseIdentifier(failure: unknown): string {
  if (typeof failure !== 'object' || failure === null) return '';
  const id: unknown = 'itemIdentifier' in failure ? failure.itemIdentifier : '';
  return typeof id === 'string' ? id : '';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
