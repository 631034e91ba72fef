import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One kind of check, and how it ended. */
interface Step {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
}

interface Ended extends Step {
  readonly isGreen: boolean;
  readonly seconds: number;
}

const folder = await mkdtemp(join(tmpdir(), 'test-run-'));
const report = join(folder, 'vitest.json');

const STEPS: readonly Step[] = [
  { name: 'lint', command: ['biome', 'ci', '--colors=off', '.'] },
  { name: 'types', command: ['tsc'] },
  { name: 'dead code', command: ['knip'] },
  {
    name: 'tests',
    command: [
      'vitest',
      'run',
      '--coverage',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...process.argv.slice(2),
    ],
  },
];

const startedMs = performance.now();
const ended: Ended[] = [];
for (const step of STEPS) ended.push(await run(step));
const counts = await readCounts();
await rm(folder, { recursive: true, force: true });

console.log('\n--- summary');
for (const { name, isGreen, seconds } of ended) {
  console.log(`${isGreen ? 'green' : 'RED  '}  ${name} (${seconds.toFixed(1)} s)`);
}
for (const reason of counts.skipReasons) console.log(`skipped: ${reason}`);
console.log(`all of it took ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
const red = ended.filter(({ isGreen }) => !isGreen);
const checks = ended.length - 1;
const redChecks = red.filter(({ name }) => name !== 'tests').length;
console.log(
  `${counts.passed + checks - redChecks} passed, ${counts.failed + redChecks} failed, ${counts.skipped} skipped`,
);
process.exitCode = red.length === 0 ? 0 : 1;

async function run(step: Step): Promise<Ended> {
  const [program, ...args] = step.command;
  const beganMs = performance.now();
  console.log(
    `--- ${step.name}: ${program} ${args.filter((arg) => !arg.includes(folder)).join(' ')}`,
  );
  // What tests leave in the temporary folder, the CDK's own output above all, goes with this run.
  const child = spawn(join('node_modules', '.bin', program), args, {
    stdio: 'inherit',
    env: { ...process.env, TMPDIR: folder },
  });
  const [status] = await once(child, 'close');
  return { ...step, isGreen: status === 0, seconds: (performance.now() - beganMs) / 1000 };
}

async function readCounts() {
  const none = { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0, testResults: [] };
  const found: VitestReport = await readFile(report, 'utf8')
    .then(JSON.parse)
    .catch(() => none);
  return {
    passed: found.numPassedTests,
    failed: found.numFailedTests,
    skipped: found.numPendingTests,
    skipReasons: found.testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .filter(({ status }) => status === 'skipped' || status === 'pending')
      .map(({ fullName }) => fullName),
  };
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}
