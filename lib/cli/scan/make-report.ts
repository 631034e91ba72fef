import { basename, isAbsolute } from 'node:path';
import type { RescanRequest } from '../../../functions/core/rescan-request.ts';
import type { RescanProgress } from '../../../functions/workflows/sweep-ports.ts';
import type { Report } from '../report/report.ts';
import { countRegions } from './count-regions.ts';
import { keepToControls } from './keep-to-controls.ts';
import type { OpenScan } from './open-scan.ts';
import type { NamedPolicy } from './read-policy.ts';
import { readTimeline } from './read-timeline.ts';
import { scanAccount } from './scan-account.ts';

/** What a report is to be about. */
export interface ReportAsked {
  readonly named: NamedPolicy;
  /** Only these controls; empty: those of the policy. */
  readonly control: readonly string[];
  readonly request: RescanRequest;
  /** Whether the functions of other regions are counted. */
  readonly allRegions: boolean;
  readonly onProgress: (progress: RescanProgress) => void;
}

/** Scans an account, and puts everything that was seen into one report. */
export async function makeReport(
  { named: { file, policy }, control, request, allRegions, onProgress }: ReportAsked,
  open: OpenScan,
): Promise<Report> {
  const { caller, deployment, nowMs } = open;
  const startedMs = performance.now();
  const regions = allRegions ? await countRegions(open.access, open.blindSpots) : undefined;
  const { report, details } = await scanAccount(
    {
      request,
      policy: keepToControls(policy, control),
      home: caller,
      ownFunctionArns: deployment.ownFunctionArns,
      onProgress,
    },
    open.openReads(policy),
  );
  const timeline = await readTimeline(open.table, request.functions, nowMs());
  return {
    ...report,
    apiCalls: open.countCalls(),
    durationMs: Math.round(performance.now() - startedMs),
    scan: {
      account: caller.account,
      region: caller.region,
      ...details,
      // Whoever gets the report is not to learn how a machine's folders are called.
      policy: {
        file: isAbsolute(file) ? basename(file) : file,
        hash: policy.hash,
        mode: policy.mode,
      },
      notSeen: open.blindSpots.list(),
      ...(timeline === undefined ? {} : { timeline }),
      ...(regions === undefined ? {} : { regions }),
    },
  };
}
