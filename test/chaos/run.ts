import { parseArgs } from 'node:util';
import { type ChaosResult, runChaos, sumOf } from '../support/chaos.ts';

const DEFAULTS = { seed: '1', runs: '10', functions: '300', events: '3000' } as const;

/** The long run of chaos: seeds from `--seed` on, each on its own; 1 where a promise is broken. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: process.env['CHAOS_SEED'] ?? DEFAULTS.seed },
      runs: { type: 'string', default: process.env['CHAOS_SEED'] ? '1' : DEFAULTS.runs },
      functions: { type: 'string', default: DEFAULTS.functions },
      events: { type: 'string', default: DEFAULTS.events },
    },
  });
  const [seed, runs, functions, events] = [
    values.seed,
    values.runs,
    values.functions,
    values.events,
  ].map(Number);
  const isWhole = [seed, runs, functions, events].every((value) => Number.isSafeInteger(value));
  if (!isWhole || !seed || !runs || !functions || !events) {
    process.stderr.write('error: --seed, --runs, --functions and --events are whole numbers\n');
    return 2;
  }
  const results: ChaosResult[] = [];
  for (let run = 0; run < runs; run += 1) {
    const result = await runChaos({ seed: seed + run, functions, events });
    results.push(result);
    say(result, `--functions ${functions} --events ${events}`);
    if (result.failures.length > 0) return 1;
  }
  return sayCounts(results, runs > 1);
}

function say({ seed, steps, virtualMs, failures }: ChaosResult, size: string): void {
  const hours = (virtualMs / 3_600_000).toFixed(1);
  print(`seed ${seed}: ${steps} steps in ${hours} h of the virtual clock`);
  for (const { invariant, message, trace } of failures) {
    for (const line of trace) print(`  ${line}`);
    print(`broken: ${invariant}: ${message}`);
  }
  if (failures.length > 0) print(`again: CHAOS_SEED=${seed} npm run chaos -- ${size}`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** What never happened in many runs was not tried. */
function sayCounts(results: readonly ChaosResult[], isWhole: boolean): number {
  const counts = Object.entries(sumOf(results));
  for (const [happening, count] of counts) print(`${String(count).padStart(9)}  ${happening}`);
  const missing = counts.filter(([, count]) => count === 0).map(([happening]) => happening);
  if (missing.length > 0) print(`never happened: ${missing.join(', ')}`);
  return isWhole && missing.length > 0 ? 1 : 0;
}

process.exitCode = await main();
