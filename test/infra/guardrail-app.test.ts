import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { createGuardrailApp } from '../../lib/infra/guardrail-app.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guardrail-app-'));
  vi.stubEnv('CDK_OUTDIR', folder);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

describe('createGuardrailApp', () => {
  it('makes one stack from the policy that its context names', () => {
    // Bundled, it takes seconds: the tests of `bin/app.ts` do that.
    const context = { policy: inject('assembly').policy, 'aws:cdk:bundling-stacks': [] };
    vi.stubEnv('CDK_CONTEXT_JSON', JSON.stringify(context));

    const created = createGuardrailApp();

    expect(created).toMatchObject({ ok: true, stack: { stackName: 'LambdaVpcGuardrail' } });
  });

  it('names the policy file that it does not find', () => {
    vi.stubEnv('CDK_CONTEXT_JSON', JSON.stringify({ policy: join(folder, 'missing.yaml') }));

    expect(createGuardrailApp()).toEqual({
      ok: false,
      faults: [expect.stringContaining('missing.yaml')],
    });
  });

  it('passes on what is wrong with its context', () => {
    vi.stubEnv('CDK_CONTEXT_JSON', JSON.stringify({ alertEmails: 'ops' }));

    expect(createGuardrailApp()).toMatchObject({ ok: false, faults: { length: 1 } });
  });

  it('says that a context which is not JSON cannot be read', () => {
    vi.stubEnv('CDK_CONTEXT_JSON', '{"policy":');

    expect(createGuardrailApp()).toEqual({
      ok: false,
      faults: [expect.stringMatching(/^could not read the CDK context: SyntaxError: .+$/)],
    });
  });
});
