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
  });
});
process.send?.({ peakMiB: rss() });

function rss(): number {
  return process.memoryUsage.rss() / 2 ** 20;
}
