import type { VirtualClock } from '../clock.ts';

/** What was invoked. */
export interface InvokedVersion {
  readonly functionName: string;
  readonly version: string;
  /** The alias that was named, if one was. */
  readonly alias?: string;
}

/** What metrics are told apart by, such as `FunctionName`. */
export type Dimensions = Readonly<Record<string, string>>;

/** The metrics that the account keeps. */
export interface Metrics {
  readonly noteInvocation: (invoked: InvokedVersion) => void;
  /** Invocations by the minute in which they began, oldest first. */
  readonly invocationsOf: (dimensions: Dimensions) => ReadonlyMap<number, number>;
}

/** AWS: for so long hourly sums are kept. */
export const RETENTION_MS = 455 * 24 * 3_600_000;

const MINUTE_MS = 60_000;
const NONE: ReadonlyMap<number, number> = new Map();

/** Creates the metrics of an account in which nothing was invoked yet. */
export function createMetrics(clock: Pick<VirtualClock, 'nowMs'>): Metrics {
  const counts = new Map<string, Map<number, number>>();
  return {
    noteInvocation: (invoked) => {
      const nowMs = clock.nowMs();
      const minuteMs = nowMs - (nowMs % MINUTE_MS);
      for (const dimensions of dimensionsOf(invoked)) {
        const key = toKey(dimensions);
        const minutes = counts.get(key) ?? new Map<number, number>();
        minutes.set(minuteMs, (minutes.get(minuteMs) ?? 0) + 1);
        forget(minutes, nowMs - RETENTION_MS);
        counts.set(key, minutes);
      }
    },
    invocationsOf: (dimensions) => counts.get(toKey(dimensions)) ?? NONE,
  };
}

/**
 * The metrics that one invocation counts in: of the account, of the function and of what the caller named.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
function dimensionsOf({ functionName, version, alias }: InvokedVersion): readonly Dimensions[] {
  const named = alias ?? (version === '$LATEST' ? undefined : version);
  const resource = named === undefined ? functionName : `${functionName}:${named}`;
  return [
    {},
    { FunctionName: functionName },
    { FunctionName: functionName, Resource: resource },
    ...(alias === undefined
      ? []
      : [{ FunctionName: functionName, Resource: resource, ExecutedVersion: version }]),
  ];
}

function toKey(dimensions: Dimensions): string {
  return JSON.stringify(
    Object.entries(dimensions).sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}

function forget(minutes: Map<number, number>, beforeMs: number): void {
  for (const minuteMs of minutes.keys()) {
    if (minuteMs >= beforeMs) return;
    minutes.delete(minuteMs);
  }
}
