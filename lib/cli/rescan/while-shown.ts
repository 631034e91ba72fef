import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { parseAwsError } from '../../../functions/adapters/aws-errors.ts';
import { readProgress } from '../../../functions/adapters/dynamodb-sweep.ts';
import { type AwsAccess, clientSettingsOf } from '../aws-access.ts';
import { countFunctions } from '../count-functions.ts';
import { exitOnSignals } from '../exit-on-signals.ts';
import { printable } from '../printable.ts';
import {
  createProgressView,
  type ProgressStream,
  type ProgressView,
  QUIET,
} from '../progress-view.ts';
import type { Report } from '../report/report.ts';
import { isOpenViolation } from '../report/report-status.ts';
import type { FoundRescan } from './find-rescan.ts';
import { watchProgress } from './watch-progress.ts';

/** What there is to show of a rescan, and where. */
export interface Showing {
  readonly found: FoundRescan;
  readonly access: AwsAccess;
  readonly stderr: ProgressStream;
  readonly isQuiet: boolean;
  /** Whether every function is looked at. */
  readonly isAll: boolean;
}

const GOES_ON = 'nobody waits for the answer any more; the rescan itself goes on in Lambda';

/** Rescans, and shows meanwhile how far it has come. */
export async function whileShown(rescan: () => Promise<Report>, showing: Showing): Promise<Report> {
  const { found, access, stderr, isQuiet, isAll } = showing;
  if (isQuiet || found.tableName === undefined) return untilAnswered(rescan, QUIET, stderr);
  const { tableName } = found;
  const client = new DynamoDBClient(clientSettingsOf(access));
  const read = () => readProgress(client, tableName);
  const over = new AbortController();
  try {
    const [total, earlier] = await Promise.all([
      isAll ? countFunctions(access) : undefined,
      read().catch((error: unknown) => warnOfNoTable(error, tableName, stderr)),
    ]);
    const view = createProgressView(stderr, { verb: 'rescanning', total });
    const watching = watchProgress({ read, view, earlierId: earlier?.rescanId }, over.signal);
    const answer = await untilAnswered(rescan, view, stderr).finally(() => over.abort());
    await watching;
    return answer;
  } finally {
    client.destroy();
  }
}

/** Who may not read the table knows; who mistyped its name does not. */
function warnOfNoTable(error: unknown, tableName: string, stderr: ProgressStream): undefined {
  const { cause } = error instanceof Error ? error : {};
  if (parseAwsError(cause).name !== 'ResourceNotFoundException') return;
  stderr.write(
    `there is no table \`${printable(tableName)}\`: no progress is shown, and a long answer cannot be made whole\n`,
  );
}

/** Who is interrupted leaves the terminal as it was. */
async function untilAnswered(
  rescan: () => Promise<Report>,
  view: ProgressView,
  stderr: ProgressStream,
): Promise<Report> {
  const leave = () => {
    view.stop();
    stderr.write(`${GOES_ON}\n`);
  };
  process.once('exit', leave);
  const ignoreSignals = exitOnSignals();
  try {
    const answer = await rescan();
    const { scanned, findings, omitted } = answer;
    const { length: violations } = findings.filter(isOpenViolation);
    // What is left out is counted by nobody.
    view.stop(omitted === undefined ? { scanned, violations } : undefined);
    return answer;
  } catch (error) {
    view.stop();
    throw error;
  } finally {
    ignoreSignals();
    process.off('exit', leave);
  }
}
