import { resolve } from 'node:path';
import { compilePolicy } from '../../policy/compile-policy.ts';
import { writeOutput } from '../report/output-file.ts';
import { makeReport } from '../scan/make-report.ts';
import { openScan } from '../scan/open-scan.ts';
import { toRequest } from '../scan/to-request.ts';
import { UsageError } from '../usage-error.ts';
import { ADMINISTRATOR, type Place } from './people.ts';

/** What the report of the demonstration is judged by, and where it is written. */
export interface DemoReport {
  readonly policy: string;
  readonly file: string;
}

/** Scans the account of the demonstration as anybody would, and answers where the page about it is. */
export async function writeReport(
  place: Place,
  { policy: file, file: output }: DemoReport,
): Promise<string> {
  const account = { ...place, credentials: ADMINISTRATOR };
  const open = await openScan({ account }, Date.now());
  const compiled = compilePolicy(resolve(file), { nowMs: open.nowMs() });
  if (!compiled.ok) throw new UsageError(compiled.faults.join('\n'));
  const report = await makeReport(
    {
      named: { file, policy: compiled.policy },
      control: [],
      request: toRequest([], open.caller),
      allRegions: false,
      onProgress: () => {},
    },
    open,
  );
  const { renderHtml } = await import('../report/render-html.ts');
  writeOutput(output, await renderHtml(report));
  return resolve(output);
}
