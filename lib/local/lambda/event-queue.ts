import type { InvocationOutcome } from '../execution/execution.ts';
import type { AwsFault } from '../wire/aws-fault.ts';
import type { AcceptedEvent } from './accepted-event.ts';
import { admit } from './admission.ts';
import { type EventEnd, tellEnd } from './event-ends.ts';
import { presentVersion } from './find-version.ts';
import type { LambdaContext } from './lambda-context.ts';
import { isStopped } from './recursion.ts';
import { runFunction } from './run-function.ts';
import { type EventSettings, eventKey } from './stored-event-config.ts';
import type { Deployment } from './stored-function.ts';

/** AWS: a minute after the first failure of a function, two after the second. */
const RETRY_WAITS_MS = [60_000, 120_000];
/** AWS: what is throttled or not ready is tried again after a second, and so on up to five minutes. */
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 5 * 60_000;
const DEFAULT_AGE_SECONDS = 6 * 3600;
const DEFAULT_RETRIES = 2;

/** What has become of an event so far. */
interface Progress {
  readonly runs: number;
  /** How often in a row the function did not take it. */
  readonly delays: number;
  readonly outcome?: InvocationOutcome;
  readonly fault?: AwsFault;
}

/**
 * Runs an event as soon as its function takes it, and tells its destinations what came of it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export function acceptEvent(context: LambdaContext, event: AcceptedEvent): void {
  const begun = { runs: 0, delays: 0 };
  if (isStopped(context, { ...event, source: 'Invoke' })) end(context, event, { ...begun, ...CUT });
  else attempt(context, event, begun);
}

/** How AWS names this condition is not known. */
const CUT = { condition: 'RecursiveInvocationDetected' } as const;

/** An event whose version is deleted meanwhile is lost. */
function attempt(context: LambdaContext, accepted: AcceptedEvent, progress: Progress): void {
  const version = presentVersion(context, accepted.version);
  if (version === undefined) return;
  const event = { ...accepted, version };
  if (context.functions.get(version.name)?.reservedConcurrency === 0) {
    end(context, event, { ...progress, condition: 'ZeroReservedConcurrency' });
    return;
  }
  const admission = admit(context, version);
  if (admission.kind === 'admitted') {
    void context.core.clock.track(run(context, event, { progress, serving: admission.serving }));
    return;
  }
  const waitMs = Math.min(FIRST_WAIT_MS * 2 ** progress.delays, LONGEST_WAIT_MS);
  const { fault } = admission;
  again(context, event, {
    progress: { ...progress, delays: progress.delays + 1, fault },
    waitMs,
  });
}

async function run(
  context: LambdaContext,
  event: AcceptedEvent,
  { progress, serving }: { readonly progress: Progress; readonly serving: Deployment },
): Promise<void> {
  const outcome = await runFunction(context, { ...event, serving });
  const ran = { runs: progress.runs + 1, delays: 0, outcome };
  const { maximumRetryAttempts = DEFAULT_RETRIES } = settingsOf(context, event);
  const waitMs = RETRY_WAITS_MS[progress.runs];
  if (!outcome.isError) end(context, event, { ...ran, condition: 'Success' });
  else if (waitMs === undefined || progress.runs >= maximumRetryAttempts) {
    end(context, event, { ...ran, condition: 'RetriesExhausted' });
  } else again(context, event, { progress: ran, waitMs });
}

function again(
  context: LambdaContext,
  event: AcceptedEvent,
  { progress, waitMs }: { readonly progress: Progress; readonly waitMs: number },
): void {
  const { clock } = context.core;
  const { maximumEventAgeSeconds = DEFAULT_AGE_SECONDS } = settingsOf(context, event);
  if (clock.nowMs() + waitMs > event.acceptedAtMs + maximumEventAgeSeconds * 1000) {
    end(context, event, { ...progress, condition: 'EventAgeExceeded' });
    return;
  }
  clock.after(waitMs, () => attempt(context, event, progress));
}

function end(context: LambdaContext, event: AcceptedEvent, ended: EventEnd): void {
  const told = tellEnd(context, event, { ended, settings: settingsOf(context, event) });
  void context.core.clock.track(told);
}

/** What holds now for what the event was sent to: an alias, a version or the function. */
function settingsOf({ eventConfigs }: LambdaContext, event: AcceptedEvent): EventSettings {
  const { name: functionName, configuration } = event.version;
  const qualifier = event.alias ?? configuration.Version;
  return eventConfigs.get(eventKey({ functionName, qualifier }))?.settings ?? {};
}
