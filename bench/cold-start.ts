import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { bundlesIn, withAssembly } from './deployed.ts';

const RUNS = 9;
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
    const programs = bundlesIn(assembly).map((folder) => ({
      name: `${basename(folder).slice(0, 14)}… (${sizeOf(folder)} kB, first file ${sizeOf(folder, 'index.mjs')} kB)`,
      program: `await import(${JSON.stringify(join(folder, 'index.mjs'))});`,
    }));
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

function sizeOf(folder: string, only?: string): number {
  const names = readdirSync(folder).filter((name) => only === undefined || name === only);
  return Math.round(names.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0) / 1024);
}
