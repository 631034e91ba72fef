import { note } from '../journal.ts';
import { invocationsIn, LONGEST_CHAIN } from '../lineage.ts';
import { lambdaFault } from './faults.ts';
import type { LambdaContext } from './lambda-context.ts';
import type { StoredVersion } from './stored-function.ts';

/** One event for a function, and the chain that it came in. */
interface ChainedEvent {
  readonly version: Pick<StoredVersion, 'name' | 'arn'>;
  readonly traceHeader?: string | undefined;
  /** Where the event came from: the ARN of a queue, or `Invoke`. */
  readonly source: string;
}

/** Tells whether Lambda stops an event because its chain is too long, and notes where it does. */
export function isStopped({ core }: LambdaContext, event: ChainedEvent): boolean {
  const { version, traceHeader, source } = event;
  const length = invocationsIn(version.arn, traceHeader);
  if (length < LONGEST_CHAIN) return false;
  note(core.journal.cuts, {
    atMs: core.clock.nowMs(),
    functionName: version.name,
    source,
    length,
  });
  return true;
}

/** Refuses an invocation whose chain is too long. */
export function checkChain(context: LambdaContext, event: Omit<ChainedEvent, 'source'>): void {
  if (!isStopped(context, { ...event, source: 'Invoke' })) return;
  throw lambdaFault(
    'RecursiveInvocationException',
    400,
    "Lambda has detected your function being invoked in a recursive loop with other Amazon Web Services resources and stopped your function's invocation.",
  );
}
