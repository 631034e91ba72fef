import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
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

const CHECKS: readonly Step[] = [
  { name: 'lint', command: ['biome', 'ci', '--colors=off', '.'] },
  { name: 'types', command: ['tsc'] },
  { name: 'types of the page', command: ['tsc', '-p', 'lib/page'] },
  { name: 'dead code', command: ['knip'] },
];

const TESTS: Step = {
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
};

const startedMs = performance.now();
// The tests begin with what keeps one core busy: the checks have the other one.
const [checked, tested] = await Promise.all([runChecks(), runTests()]);
const ended = [...checked, tested];
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

/** Runs the checks one after the other; what one of them says appears in one piece. */
async function runChecks(): Promise<readonly Ended[]> {
  const done: Ended[] = [];
  for (const step of CHECKS) {
    const beganMs = performance.now();
    const child = start(step, ['ignore', 'pipe', 'pipe']);
    const said: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => said.push(chunk));
    }
    const [status] = await once(child, 'close');
    console.log(`${titleOf(step)}\n${Buffer.concat(said)}`);
    done.push(endOf(step, status, beganMs));
  }
  return done;
}

async function runTests(): Promise<Ended> {
  const beganMs = performance.now();
  console.log(titleOf(TESTS));
  const [status] = await once(start(TESTS, 'inherit'), 'close');
  return endOf(TESTS, status, beganMs);
}

function start({ command: [program, ...args] }: Step, stdio: StdioOptions): ChildProcess {
  // What tests leave in the temporary folder, the CDK's own output above all, goes with this run.
  const env = { ...process.env, TMPDIR: folder };
  return spawn(join('node_modules', '.bin', program), args, { stdio, env });
}

function titleOf({ name, command: [program, ...args] }: Step): string {
  return `--- ${name}: ${program} ${args.filter((arg) => !arg.includes(folder)).join(' ')}`;
}

function endOf(step: Step, status: unknown, beganMs: number): Ended {
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
