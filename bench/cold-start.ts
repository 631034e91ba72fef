import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { HANDLERS } from '../lib/package/bundle-handlers.ts';
import { bundleIn, withAssembly } from './deployed.ts';

const RUNS = 9;
const STATIC_IMPORT = /\b(?:from|import)"(\.\/chunk-[^"]+)"/g;
const ENVIRONMENT = {
  AWS_REGION: 'us-east-1',
  TABLE_NAME: 'records',
  QUEUE_URL: 'http://127.0.0.1:1/1/q',
  DEAD_LETTER_QUEUE_URL: 'http://127.0.0.1:1/1/d',
  FINDINGS_TOPIC_ARN: 'arn:aws:sns:us-east-1:123456789012:findings',
  CHAT_TOPIC_ARN: 'arn:aws:sns:us-east-1:123456789012:chat',
  OWN_FUNCTION_ARNS: 'arn:aws:lambda:us-east-1:123456789012:function:enforce',
  OWN_ROLE_ARNS: 'arn:aws:iam::123456789012:role/enforce',
  SWEEP_FUNCTION_ARN: 'arn:aws:lambda:us-east-1:123456789012:function:sweep',
};
const SDK_CLIENTS =
  "const [{ LambdaClient }, { DynamoDBClient }] = await Promise.all([import('@aws-sdk/client-lambda'), import('@aws-sdk/client-dynamodb')]); new LambdaClient({ region: 'us-east-1' }); new DynamoDBClient({ region: 'us-east-1' });";

/** Measures the import of each deployed bundle beside the import of just the two SDK clients, in turn. */
export function benchColdStart(): Promise<readonly string[]> {
  return withAssembly(async (assembly) => {
    const programs = HANDLERS.map((handler) => {
      const file = bundleIn(assembly, handler);
      const program = `await import(${JSON.stringify(file)});`;
      return { name: `${handler}, ${describeFiles(filesOf(file))} at once`, program };
    });
    const all = [
      ...programs,
      { name: 'the Lambda and DynamoDB clients alone', program: SDK_CLIENTS },
    ];
    const times = all.map(() => [] as number[]);
    for (let run = 0; run < RUNS; run++) {
      for (const [index, { program }] of all.entries()) times[index]?.push(importMs(program));
    }
    const medians = times.map(median);
    const reference = medians.at(-1) ?? Number.NaN;
    return all.map(
      ({ name }, index) =>
        `${name}: ${medians[index]?.toFixed(0)} ms, ${((medians[index] ?? 0) / reference).toFixed(2)} × the clients`,
    );
  });
}

function importMs(program: string): number {
  const timed = `const t = performance.now(); ${program} console.log(performance.now() - t);`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', timed], {
    env: { ...process.env, ...ENVIRONMENT },
    encoding: 'utf8',
  });
  const ms = Number(stdout.trim().split('\n').at(-1));
  if (Number.isNaN(ms)) throw new Error(stderr);
  return ms;
}

function median(values: readonly number[]): number {
  return (
    values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN
  );
}

/** The file and the chunks that it always loads. */
function filesOf(file: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, chunk = ''] of readFileSync(file, 'utf8').matchAll(STATIC_IMPORT)) {
    filesOf(join(dirname(file), chunk), seen);
  }
  return seen;
}

function describeFiles(files: ReadonlySet<string>): string {
  const bytes = [...files].reduce((sum, file) => sum + statSync(file).size, 0);
  return `${files.size} files of ${Math.round(bytes / 1024)} kB`;
}
