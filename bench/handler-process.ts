/** Loads one handler and works off batches of one message each; answers what each set of them cost this process. */
const [module = ''] = process.argv.slice(2);
const { handler } = await import(module);
const context = {
  functionName: 'measured',
  awsRequestId: 'measured',
  getRemainingTimeInMillis: () => 30_000,
};

process.on('message', async (bodies: readonly string[]) => {
  const before = process.cpuUsage();
  const failures: unknown[] = [];
  for (const body of bodies) {
    const answer = await handler({ Records: [{ messageId: 'measured', body }] }, context);
    failures.push(...(answer?.batchItemFailures ?? []));
  }
  const { user, system } = process.cpuUsage(before);
  process.send?.({ cpuMs: (user + system) / 1000 / bodies.length, failures: failures.length });
});
process.send?.('ready');
