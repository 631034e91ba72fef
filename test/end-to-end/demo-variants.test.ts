import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endsOf, PROGRAM, ROOT, runDemo, runProgram, sceneOf } from '../support/demo-run.ts';

const LAB_SUBNET = 'subnet-0a1b2c3d4e5f6b001';
const MINUTE_MS = 60_000;

describe('the demonstration with another policy', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'policy-'));
    await cp(join(ROOT, 'policies/demo'), folder, { recursive: true });
    const document = join(folder, 'approved-network.json');
    const allowed = '"subnet-071f712345678e7c8"';
    const before = await readFile(document, 'utf8');
    await writeFile(document, before.replace(allowed, `"${LAB_SUBNET}", ${allowed}`));
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it(
    'lets a function stay in a subnet once the policy allows it',
    async () => {
      const demo = await runDemo('--json', '--policy', join(folder, 'guardrail.yaml'));

      const { judgements, remediations } = sceneOf(demo, 'moves `orders-api`');
      // The lab has no NAT gateway, of which the policy only tells.
      const violated = judgements.flatMap(({ findings = [] }) => findings);
      expect(new Set(violated.map(({ controlId }) => controlId))).toEqual(
        new Set(['LVG.4', 'LVG.5', 'LVG.6']),
      );
      expect(remediations).toEqual([]);
      expect(endsOf(demo)['orders-api']).toContain(LAB_SUBNET);
    },
    MINUTE_MS,
  );
});

describe('the demonstration without the guardrail', () => {
  it(
    'shows that the violations stand',
    async () => {
      const demo = await runDemo('--json', '--no-guardrail');

      expect(demo.status).toBe(0);
      expect(endsOf(demo)).toEqual({
        'orders-api': 'no VPC',
        'nightly-report': expect.stringContaining('subnet-071f712345678e7c8'),
        thumbnails: 'no VPC',
        'billing-export': expect.stringMatching(/vpc-0f0e0d0c0b0a00002: [^,]*$/),
        crossroads: expect.stringMatching(/subnet-0a1b2c3d4e5f6a001$/),
      });
      expect(demo.document.verdicts).toEqual({});
    },
    MINUTE_MS,
  );
});

describe('the demonstration that is kept', () => {
  it(
    'answers the AWS CLI at the endpoint that it names, until it is interrupted',
    async () => {
      const child = spawn(process.execPath, [PROGRAM, 'demo', '--keep'], {
        cwd: ROOT,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let said = '';
      for await (const chunk of child.stdout) {
        said += String(chunk);
        if (said.includes('stop it with Ctrl-C')) break;
      }
      const [, endpoint = ''] = /AWS_ENDPOINT_URL=(\S+)/.exec(said) ?? [];
      const clock = await fetch(`${endpoint}/_local/clock`);
      child.kill('SIGINT');
      const [status] = await once(child, 'close');

      expect(said).toContain(`aws sqs list-queues --endpoint-url ${endpoint}`);
      expect(clock.status).toBe(200);
      expect(status).toBe(0);
      await expect(fetch(`${endpoint}/_local/clock`)).rejects.toThrow();
    },
    MINUTE_MS,
  );
});

describe('the demonstration with bad input', () => {
  it('says in one line what is wrong with a policy file', async () => {
    const { status, errors, output } = await runProgram('demo', '--policy', 'no-such-file.yaml');

    expect(status).toBe(2);
    expect(errors.trim()).toMatch(/^error: .*no-such-file\.yaml.*$/);
    expect(output).toBe('');
  });

  it('suggests the right flag', async () => {
    const { status, errors } = await runProgram('demo', '--jsno');

    expect(status).toBe(2);
    expect(errors).toContain('--json');
  });
});
