import type { RescanProgress } from '../../../functions/workflows/sweep-ports.ts';
import type { AwsAccess } from '../aws-access.ts';
import { countFunctions } from '../count-functions.ts';
import { exitOnSignals } from '../exit-on-signals.ts';
import { createProgressView, type ProgressStream, QUIET } from '../progress-view.ts';
import type { Report } from '../report/report.ts';
import { isOpenViolation } from '../report/report-status.ts';

/** Where the progress of a scan is shown. */
export interface ScanShowing {
  readonly access: AwsAccess;
  readonly stderr: ProgressStream;
  readonly isQuiet: boolean;
  /** Whether every function is looked at. */
  readonly isAll: boolean;
}

/** What a scan calls while it goes on. */
export type OnProgress = (progress: RescanProgress) => void;

/** Scans, and shows meanwhile how far it has come; who is interrupted leaves the terminal as it was. */
export async function scanShown<Answer extends Pick<Report, 'scanned' | 'findings'>>(
  scan: (onProgress: OnProgress) => Promise<Answer>,
  { access, stderr, isQuiet, isAll }: ScanShowing,
): Promise<Answer> {
  const total = isAll && !isQuiet ? await countFunctions(access) : undefined;
  const view = isQuiet ? QUIET : createProgressView(stderr, { verb: 'scanning', total });
  const leave = () => view.stop();
  process.once('exit', leave);
  const ignoreSignals = exitOnSignals();
  try {
    const startedMs = performance.now();
    const answer = await scan((progress) => {
      // The account's clock may be a faster one than that of whoever waits.
      view.show({ ...progress, startedMs, atMs: performance.now() });
    });
    const { scanned, findings } = answer;
    view.stop({ scanned, violations: findings.filter(isOpenViolation).length });
    return answer;
  } catch (error) {
    view.stop();
    throw error;
  } finally {
    ignoreSignals();
    process.off('exit', leave);
  }
}
