import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { readAssembly } from '../support/assembly.ts';

const ENVIRONMENT = {
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_LAMBDA_FUNCTION_NAME: 'lambda-vpc-guardrail-enforce-on-change',
  AWS_REGION: 'us-east-1',
  AWS_SECRET_ACCESS_KEY: 'secret',
  CHAT_TOPIC_ARN: 'arn:aws:sns:us-east-1:123456789012:chat',
  DEAD_LETTER_QUEUE_URL: 'http://127.0.0.1:9/123456789012/dead-letters',
  FINDINGS_TOPIC_ARN: 'arn:aws:sns:us-east-1:123456789012:findings',
  LOG_LEVEL: 'INFO',
  OWN_FUNCTION_ARNS: 'arn:aws:lambda:us-east-1:123456789012:function:own',
  OWN_ROLE_ARNS: 'arn:aws:iam::123456789012:role/own',
  POWERTOOLS_METRICS_NAMESPACE: 'LambdaVpcGuardrail',
  POWERTOOLS_SERVICE_NAME: 'lambda-vpc-guardrail',
  QUEUE_URL: 'http://127.0.0.1:9/123456789012/orders',
  SWEEP_FUNCTION_ARN: 'arn:aws:lambda:us-east-1:123456789012:function:own',
  TABLE_NAME: 'records',
};

const CONSTRUCTS = ['EnforceOnChange', 'RescanOnRequest', 'SweepOnSchedule', 'ReleaseOnRequest'];

describe('handlerCode', () => {
  it.each(CONSTRUCTS)('bundles %s into one folder that loads on its own', async (construct) => {
    const entry = pathToFileURL(join(assetOf(construct), 'index.mjs'));
    const program = `console.log(typeof (await import(${JSON.stringify(entry.href)})).handler)`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '--eval', program],
      { env: ENVIRONMENT },
    );

    expect(stdout).toBe('function\n');
  });

  it('bundles each function from its own entry', () => {
    const folders = CONSTRUCTS.map(assetOf);

    expect(new Set(folders).size).toBe(4);
  });
});

interface Assets {
  readonly files: Readonly<
    Record<string, { readonly displayName: string; readonly source: { readonly path: string } }>
  >;
}

function assetOf(construct: string): string {
  const manifest = readFileSync(join(readAssembly(), 'LambdaVpcGuardrail.assets.json'), 'utf8');
  const { files } = JSON.parse(manifest) as Assets;
  const asset = Object.values(files).find(({ displayName }) => displayName.includes(construct));
  return join(readAssembly(), asset?.source.path ?? 'missing');
}
