import { isRecord } from '../../../functions/core/json-value.ts';
import type { AwsAccess } from '../aws-access.ts';
import { RESCAN } from '../guardrail-functions.ts';
import { invokeGuardrail } from '../invoke-guardrail.ts';
import type { Report } from '../report/report.ts';
import type { RescanPayload } from './to-payload.ts';

const LISTS = ['findings', 'idle', 'interfaces', 'remediations', 'unknown'];

/** Rescans, and waits for the report. */
export async function invokeRescan(
  functionName: string,
  payload: RescanPayload,
  access: AwsAccess,
): Promise<Report> {
  const answer = await invokeGuardrail({ kind: RESCAN, functionName }, payload, access);
  if (isAnswer(answer)) return answer;
  throw new Error(
    `the function \`${functionName}\` answered with no report: it is not the one that rescans, or of another version`,
  );
}

function isAnswer(answer: unknown): answer is Report {
  if (!isRecord(answer)) return false;
  const { reportId, scanned, compliant } = answer;
  return (
    typeof reportId === 'string' &&
    typeof scanned === 'number' &&
    typeof compliant === 'number' &&
    LISTS.every((list) => Array.isArray(answer[list]))
  );
}
