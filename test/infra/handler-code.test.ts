import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { HANDLERS } from '../../lib/package/bundle-handlers.ts';
import { compilePolicy } from '../../lib/policy/compile-policy.ts';
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

describe('handlerCode', () => {
  it.each(HANDLERS)('bundles %s so that it loads on its own', async (handler) => {
    expect(await load(join(bundle(), `${handler}.mjs`))).toBe('function\n');
  });

  it('makes one asset for all functions, with the policy that was compiled', async () => {
    const assets = readdirSync(readAssembly()).filter((name) => name.startsWith('asset.'));
    const { policy } = await import(pathToFileURL(join(bundle(), 'policy.mjs')).href);

    expect(assets).toHaveLength(1);
    expect({ ok: true, policy }).toEqual(
      compilePolicy(inject('assembly').policy, { nowMs: Date.now() }),
    );
  });

  it('gives each function an entry of its own', () => {
    const entries = HANDLERS.map((name) => readFileSync(join(bundle(), `${name}.mjs`), 'utf8'));

    expect(new Set(entries).size).toBe(HANDLERS.length);
  });

  describe('without the policy beside it', () => {
    let folder: string;

    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'no-policy-'));
      cpSync(bundle(), folder, { recursive: true });
      rmSync(join(folder, 'policy.mjs'));
    });

    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it('fails at the cold start, and says why', async () => {
      const failed = load(join(folder, 'enforce-on-change.mjs'));

      await expect(failed).rejects.toMatchObject({
        stderr: expect.stringMatching(
          /GuardrailError.*no policy lies beside the code of this function[\s\S]*CONFIG_INVALID/,
        ),
      });
    });
  });
});

async function load(file: string): Promise<string> {
  const { href } = pathToFileURL(file);
  const program = `console.log(typeof (await import(${JSON.stringify(href)})).handler)`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', program],
    { env: ENVIRONMENT },
  );
  return stdout;
}

/** The folder that the deployed functions share. */
function bundle(): string {
  const [name = 'missing'] = readdirSync(readAssembly()).filter((file) =>
    file.startsWith('asset.'),
  );
  return join(readAssembly(), name);
}
