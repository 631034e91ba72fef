import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readAssembly } from '../support/assembly.ts';
import { runApp } from '../support/run-app.ts';

/** Synthesizes in two seconds where the code itself does not matter. */
const UNBUNDLED = { 'aws:cdk:bundling-stacks': [] };

const PLANTED = `
  import { Bucket } from 'aws-cdk-lib/aws-s3';
  import { createGuardrailApp } from './lib/infra/guardrail-app.ts';
  const { app, stack } = createGuardrailApp();
  new Bucket(stack, 'Planted');
  app.synth();
`;

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'guardrail-app-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('bin/app.ts', () => {
  it('synthesizes the same template and assets from the same input', async () => {
    const { policy } = inject('assembly');
    const props = { context: { policy }, isQuick: true };
    const run = await runApp({ folder: join(folder, 'again'), ...props });

    expect(run.exitCode).toBe(0);
    for (const file of ['template', 'assets']) {
      expect(read(join(folder, 'again'), file)).toBe(read(readAssembly(), file));
    }
  });

  it('passes cdk-nag with everything that can be asked for', async () => {
    const { policy } = inject('assembly');
    const context = {
      ...UNBUNDLED,
      policy,
      alertEmails: 'a@example.com',
      slackWorkspaceId: 'T0WORKSPACE',
      slackChannelId: 'C0CHANNEL',
    };
    const run = await runApp({ folder: join(folder, 'everything'), context });

    expect(run).toEqual({ exitCode: 0, stderr: '' });
  });

  it('fails with exit status 1 on a resource that cdk-nag objects to', async () => {
    const { policy } = inject('assembly');
    const context = { ...UNBUNDLED, policy };
    const props = { context, program: PLANTED, isQuick: true };
    const run = await runApp({ folder: join(folder, 'planted'), ...props });

    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain('AwsSolutions-S1');
    expect(run.stderr).not.toMatch(/^\s+at /m);
  });

  it('prints what is wrong with the policy, one fault a line, and exits with 2', async () => {
    const policy = join(folder, 'bad.yaml');
    writeFileSync(policy, 'version: 2\nmode: sometimes\naccess: []\n');
    const run = await runApp({ folder: join(folder, 'bad-policy'), context: { policy } });

    const lines = run.stderr.trimEnd().split('\n');
    expect(run.exitCode).toBe(2);
    expect(lines).toEqual([
      expect.stringMatching(/bad\.yaml.*version/),
      expect.stringMatching(/bad\.yaml.*mode/),
    ]);
  });

  it('prints what is wrong with its context and exits with 2', async () => {
    const context = { alertEmails: 'ops', slackChannelId: 'C0' };
    const run = await runApp({ folder: join(folder, 'bad-context'), context });

    expect(run).toEqual({
      exitCode: 2,
      stderr: [
        'context `alertEmails` is `ops`: expected mail addresses separated by commas\n',
        'context `slackWorkspaceId` is missing: `slackChannelId` needs it\n',
      ].join(''),
    });
  });
});

function read(assembly: string, file: string): string {
  return readFileSync(join(assembly, `LambdaVpcGuardrail.${file}.json`), 'utf8');
}
