import { parseRescanRequest } from '../core/rescan-request.ts';
import { composeRescan, type RescanComposition } from '../runtime/compose.ts';
import { malformedPayload } from '../runtime/fault.ts';
import { deploy } from '../runtime/middleware.ts';
import { rescanAccount } from '../workflows/rescan-account.ts';

/** Builds the handler of rescans, which answers with the report. */
export function createHandler({ ports, settings, log, countSentRequests }: RescanComposition) {
  return async (payload: unknown) => {
    const parsed = parseRescanRequest(payload, settings.deployment);
    if (!parsed.ok) throw malformedPayload(parsed.faults);
    const startedMs = ports.nowMs();
    const sentBefore = countSentRequests();
    const report = await rescanAccount(parsed.request, ports, settings);
    const effort = {
      apiCalls: countSentRequests() - sentBefore,
      durationMs: ports.nowMs() - startedMs,
    };
    log.info('account rescanned', {
      ...effort,
      scanned: report.scanned,
      compliant: report.compliant,
      violations: report.findings.length,
      idle: report.idle.length,
      planned: report.remediations.length,
      unknown: report.unknown.length,
    });
    return { ...report, ...effort };
  };
}

/** Judges the functions that are asked for, and enqueues what is to be done. */
export const handler = deploy(createHandler(composeRescan()));
