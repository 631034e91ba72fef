import { constants, PerformanceObserver } from 'node:perf_hooks';

/** Loads the handler of sweeps and has it sweep once; answers what that cost this process. */
const [module = ''] = process.argv.slice(2);
const { handler } = await import(module);
const SAMPLED_MS = 50;

// What a process once had at most it has from its parent: that of this one is asked for again and again.
let peak = rss();
const sampling = setInterval(() => {
  peak = Math.max(peak, rss());
}, SAMPLED_MS);
sampling.unref();

// What is still in use is only known right after garbage was collected.
let live = 0;
new PerformanceObserver((list) => {
  if (!list.getEntries().some(isMajor)) return;
  live = Math.max(live, process.memoryUsage().heapUsed / 2 ** 20);
}).observe({ entryTypes: ['gc'] });

process.on('message', async () => {
  const before = process.cpuUsage();
  const answer = await handler(
    {},
    {
      functionName: 'measured',
      awsRequestId: `measured-${process.pid}`,
      getRemainingTimeInMillis: () => 900_000,
    },
  );
  const { user, system } = process.cpuUsage(before);
  process.send?.({
    status: answer.status,
    scanned: answer.totals?.scanned,
    cpuMs: (user + system) / 1000,
    peakMiB: peak,
    liveMiB: live,
  });
});
process.send?.({ peakMiB: rss() });

function isMajor(entry: object): boolean {
  const { kind } = ('detail' in entry ? entry.detail : {}) as { readonly kind?: number };
  return kind === constants.NODE_PERFORMANCE_GC_MAJOR;
}

function rss(): number {
  return process.memoryUsage.rss() / 2 ** 20;
}
