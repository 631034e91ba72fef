import type { Severity } from '../../../functions/core/policy.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import type { ProgressStream } from '../progress-view.ts';
import { statusOf } from '../report/report-status.ts';
import { checkShown, type Shown, showReport } from '../report/show-report.ts';
import { notLookedAt } from '../rescan/not-looked-at.ts';
import type { Terminal } from '../terminal.ts';
import { parseControls } from './keep-to-controls.ts';
import { makeReport } from './make-report.ts';
import { openScan, type ScanPlace } from './open-scan.ts';
import { readPolicy } from './read-policy.ts';
import { scanShown } from './scan-shown.ts';
import { tellPolicy } from './tell-policy.ts';
import { toRequest } from './to-request.ts';

/** How `scan` is run. */
export interface ScanOptions extends ScanPlace, Shown {
  readonly policy?: string;
  readonly function?: readonly string[];
  readonly control?: readonly string[];
  readonly allRegions?: boolean;
  readonly failOn?: Severity;
  readonly quiet?: boolean;
}

/** What a scan has of the terminal. */
export interface ScanTerminal {
  readonly terminal: Terminal;
  readonly stderr: ProgressStream;
}

/** Judges an account by a policy, whether or not a guardrail is deployed in it, and changes nothing. */
export async function runScan(
  options: ScanOptions,
  { terminal, stderr }: ScanTerminal,
): Promise<ExitStatus> {
  const { function: asked = [], allRegions = false, failOn, quiet } = options;
  checkShown(options, terminal);
  const control = parseControls(options.control ?? []);
  const named = readPolicy(options.policy, terminal);
  if (named === undefined) return EXIT.badInput;
  const open = await openScan(options, terminal.nowMs);
  const request = toRequest(asked, open.caller);
  tellPolicy(named, open.deployment, terminal);
  const report = await scanShown(
    (onProgress) => makeReport({ named, control, request, allRegions, onProgress }, open),
    { access: open.access, stderr, isQuiet: quiet === true, isAll: asked.length === 0 },
  );
  await showReport(report, options, terminal);
  const missed = notLookedAt(report, asked);
  if (missed !== undefined) terminal.tell(missed);
  return statusOf(report, { failOn, isAllLookedAt: missed === undefined });
}
