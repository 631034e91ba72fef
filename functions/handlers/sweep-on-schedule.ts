import type { Digest } from '../core/digest.ts';
import { composeSweep, type SweepComposition } from '../runtime/compose.ts';
import { deploy, type Invocation } from '../runtime/middleware.ts';
import { type SweepOutcome, sweepAccount } from '../workflows/sweep-account.ts';

/** What a tick answers; nobody waits for it but the log. */
type Answer = Omit<SweepOutcome, 'digest'>;

/** A run hands over so long before Lambda would end it. */
const RESERVE_MS = 60_000;

/** Builds the handler of ticks: it goes on with the sweep of the account, or begins one that is due. */
export function createHandler(composed: SweepComposition) {
  const { ports, settings, log, count, countSentRequests } = composed;
  return async (_: unknown, invocation: Invocation): Promise<Answer> => {
    const startedMs = ports.nowMs();
    const sentBefore = countSentRequests();
    const { digest, ...outcome } = await sweepAccount(ports, settings, {
      runId: invocation.awsRequestId,
      untilMs: startedMs + invocation.getRemainingTimeInMillis() - RESERVE_MS,
    });
    if (outcome.isHeartbeatMissing) count('HeartbeatMissing');
    if (digest !== undefined) measure(digest, composed);
    log.info('account swept', {
      ...outcome,
      apiCalls: countSentRequests() - sentBefore,
      durationMs: ports.nowMs() - startedMs,
    });
    return outcome;
  };
}

/** Sweeps the account, a run at a time. */
export const handler = deploy(createHandler(composeSweep()));

function measure({ totals, interfaces }: Digest, { gauge }: SweepComposition): void {
  const { scanned, violating, unknown, idle, quarantined } = totals;
  gauge('FunctionsScanned', scanned);
  gauge('FunctionsViolating', violating);
  gauge('FunctionsUnknown', unknown.functions);
  gauge('FunctionsIdle', idle.functions);
  gauge('FunctionsQuarantined', quarantined.functions);
  const used = interfaces.flatMap(({ interfaces: needed, quota }) =>
    quota === undefined ? [] : [(needed * 100) / quota],
  );
  if (used.length > 0) gauge('InterfaceQuotaUsedPercent', Math.max(...used));
  const free = interfaces.flatMap(({ subnets }) =>
    subnets.flatMap(({ freeAddresses }) => freeAddresses ?? []),
  );
  if (free.length > 0) gauge('FewestFreeAddresses', Math.min(...free));
}
