import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { readReport } from '../../../functions/adapters/dynamodb-parts.ts';
import type { Severity } from '../../../functions/core/policy.ts';
import { clientSettingsOf } from '../aws-access.ts';
import type { ExitStatus } from '../exit-status.ts';
import type { ProgressStream } from '../progress-view.ts';
import { readRegion } from '../read-region.ts';
import type { Report } from '../report/report.ts';
import { statusOf } from '../report/report-status.ts';
import { checkShown, type Shown, showReport } from '../report/show-report.ts';
import type { Terminal } from '../terminal.ts';
import { withAllFindings } from './complete-report.ts';
import {
  checkRescanFunction,
  type FoundRescan,
  findRescan,
  type RescanPlace,
} from './find-rescan.ts';
import { invokeRescan } from './invoke-rescan.ts';
import { notLookedAt } from './not-looked-at.ts';
import { type RequestOptions, toPayload } from './to-payload.ts';
import { whileShown } from './while-shown.ts';

/** How `rescan` is run. */
export interface RescanOptions extends RequestOptions, RescanPlace, Shown {
  readonly failOn?: Severity;
  readonly quiet?: boolean;
}

/** What a rescan has of the terminal. */
export interface RescanTerminal {
  readonly terminal: Terminal;
  readonly stderr: ProgressStream;
}

/** Has the deployed guardrail rescan, shows how far it comes, and then the report. */
export async function runRescan(
  functions: readonly string[],
  options: RescanOptions,
  { terminal, stderr }: RescanTerminal,
): Promise<ExitStatus> {
  checkShown(options, terminal);
  checkRescanFunction(options.rescanFunction);
  const payload = toPayload(functions, options, await readRegion(options));
  const found = await findRescan(options);
  const answer = await whileShown(() => invokeRescan(found.functionName, payload, options), {
    found,
    access: options,
    stderr,
    isQuiet: options.quiet === true,
    isAll: functions.length === 0,
  });
  const report = await complete(answer, { found, options, terminal });
  await showReport(report, options, terminal);
  const missed = notLookedAt(report, functions);
  if (missed !== undefined) terminal.tell(missed);
  return statusOf(report, { failOn: options.failOn, isAllLookedAt: missed === undefined });
}

interface Completion {
  readonly found: FoundRescan;
  readonly options: RescanOptions;
  readonly terminal: Terminal;
}

/** The answer has no room for everything: the table has all findings. */
async function complete(answer: Report, { found, options, terminal }: Completion): Promise<Report> {
  const { omitted, reportId } = answer;
  const { tableName } = found;
  if (omitted === undefined || omitted.findings === 0) return answer;
  if (tableName === undefined) {
    terminal.tell('findings are left out: name the table that has them with --table');
    return answer;
  }
  const client = new DynamoDBClient(clientSettingsOf(options));
  try {
    return withAllFindings(answer, await readReport(client, tableName, reportId));
  } catch (error) {
    terminal.tell(`findings are left out: ${error instanceof Error ? error.message : error}`);
    return answer;
  } finally {
    client.destroy();
  }
}
