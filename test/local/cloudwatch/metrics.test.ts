import { describe, expect, it } from 'vitest';
import { createMetrics } from '../../../lib/local/cloudwatch/metrics.ts';

const START_MS = Date.UTC(2026, 10, 22, 10);
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 3_600_000;

describe('createMetrics', () => {
  it('counts by the minute, in every metric that the invocation belongs to', () => {
    let nowMs = START_MS;
    const metrics = createMetrics({ nowMs: () => nowMs });
    metrics.noteInvocation({ functionName: 'f', version: '$LATEST' });
    nowMs += MINUTE_MS - 1;
    metrics.noteInvocation({ functionName: 'f', version: '2', alias: 'live' });
    nowMs += 1;
    metrics.noteInvocation({ functionName: 'f', version: '2' });
    metrics.noteInvocation({ functionName: 'g', version: '$LATEST' });

    const counts = (dimensions: Readonly<Record<string, string>>) => [
      ...metrics.invocationsOf(dimensions),
    ];
    const [first, second] = [START_MS, START_MS + MINUTE_MS];
    const live = { Resource: 'f:live', FunctionName: 'f' };

    expect(counts({})).toEqual([
      [first, 2],
      [second, 2],
    ]);
    expect(counts({ FunctionName: 'f' })).toEqual([
      [first, 2],
      [second, 1],
    ]);
    expect(counts({ FunctionName: 'f', Resource: 'f' })).toEqual([[first, 1]]);
    expect(counts({ FunctionName: 'f', Resource: 'f:2' })).toEqual([[second, 1]]);
    expect(counts(live)).toEqual([[first, 1]]);
    expect(counts({ ...live, ExecutedVersion: '2' })).toEqual([[first, 1]]);
    expect(counts({ ...live, ExecutedVersion: '1' })).toEqual([]);
    expect(counts({ Resource: 'f' })).toEqual([]);
  });

  it('forgets what is older than 455 days when more comes', () => {
    let nowMs = START_MS;
    const metrics = createMetrics({ nowMs: () => nowMs });
    metrics.noteInvocation({ functionName: 'f', version: '1' });
    nowMs += 455 * DAY_MS;
    metrics.noteInvocation({ functionName: 'f', version: '1' });
    expect(metrics.invocationsOf({}).size).toBe(2);
    nowMs += MINUTE_MS;
    metrics.noteInvocation({ functionName: 'f', version: '1' });

    expect([...metrics.invocationsOf({}).keys()]).toEqual([nowMs - MINUTE_MS, nowMs]);
  });
});
