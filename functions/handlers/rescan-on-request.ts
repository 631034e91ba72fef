import { fitReport, MOST_ANSWER_BYTES } from '../core/fit-report.ts';
import type { RescanReport } from '../core/rescan-report.ts';
import { parseRescanRequest } from '../core/rescan-request.ts';
import { composeRescan, type SweepComposition } from '../runtime/compose.ts';
import { malformedPayload } from '../runtime/fault.ts';
import { deploy, type Invocation } from '../runtime/middleware.ts';
import { rescanAccount } from '../workflows/rescan-account.ts';
import type { RescanProgress } from '../workflows/sweep-ports.ts';

/** It answers so long before Lambda would end it. */
const RESERVE_MS = 30_000;

/** Builds the handler of rescans, which answers with the report. */
export function createHandler(composed: SweepComposition) {
  const { ports, settings, log, countSentRequests } = composed;
  return async (payload: unknown, invocation: Invocation) => {
    const parsed = parseRescanRequest(payload, settings.deployment);
    if (!parsed.ok) throw malformedPayload(parsed.faults);
    const startedMs = ports.nowMs();
    const sentBefore = countSentRequests();
    const report = await rescanAccount(parsed.request, ports, settings, {
      rescanId: invocation.awsRequestId,
      untilMs: startedMs + invocation.getRemainingTimeInMillis() - RESERVE_MS,
      onProgress: (progress) => tellProgress(progress, composed),
    });
    const answer = await shorten(report, composed);
    const effort = {
      apiCalls: countSentRequests() - sentBefore,
      durationMs: ports.nowMs() - startedMs,
    };
    log.info('account rescanned', { ...effort, ...countsOf(report) });
    return { ...answer, ...effort };
  };
}

/** Judges the functions that are asked for, and enqueues what is to be done. */
export const handler = deploy(createHandler(composeRescan()));

async function tellProgress(
  progress: RescanProgress,
  { ports, log }: SweepComposition,
): Promise<void> {
  const { scanned, violations, isOver } = progress;
  log.info('rescan goes on', { scanned, violations, isOver });
  await ports.noteProgress(progress);
}

/** What the answer has no room for is kept first, so that nobody is told of a list that is not there. */
async function shorten(report: RescanReport, { ports }: SweepComposition): Promise<RescanReport> {
  const fitted = fitReport(report, MOST_ANSWER_BYTES);
  if (fitted.omitted !== undefined) await ports.keepReport(report.reportId, report.findings);
  return fitted;
}

function countsOf({ scanned, compliant, findings, idle, remediations, unknown }: RescanReport) {
  return {
    scanned,
    compliant,
    violations: findings.length,
    idle: idle.length,
    planned: remediations.length,
    unknown: unknown.length,
  };
}
