import type { RescanReport } from './rescan-report.ts';
import type { RescanRequest } from './rescan-request.ts';
import type { SweptFunction } from './swept-function.ts';

/** Puts what was found of each function into the lists of a report. */
export function collectSwept(
  swept: readonly SweptFunction[],
  { verdicts }: RescanRequest,
): Omit<RescanReport, 'reportId' | 'interfaces'> {
  const waiting = swept.flatMap(({ functionArn, isWaiting }) => (isWaiting ? [functionArn] : []));
  return {
    scanned: swept.filter(({ isGone }) => !isGone).length,
    compliant: swept.filter(({ isGone, isCompliant }) => !isGone && isCompliant).length,
    findings: swept.flatMap(({ findings }) => findings),
    idle: swept.flatMap(({ idle }) => idle),
    remediations: swept.flatMap(({ functionArn, planned }) => {
      if (planned === undefined) return [];
      const { id, kind, ...where } = planned;
      return [{ id, functionArn, planned: kind, ...where }];
    }),
    ...(waiting.length === 0 ? {} : { waiting }),
    unknown: swept.flatMap(({ functionArn, unknown = [] }) =>
      unknown.map((reason) => ({ functionArn, reason })),
    ),
    ...(verdicts
      ? {
          verdicts: swept.flatMap(({ functionArn, verdicts: answers = [] }) =>
            answers.map((answer) => ({ functionArn, ...answer })),
          ),
        }
      : {}),
  };
}
