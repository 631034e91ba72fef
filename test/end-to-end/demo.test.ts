import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONTROLS } from '../../functions/core/controls/registry.ts';
import type { Closing } from '../../lib/cli/demo/closing.ts';
import type { Told } from '../../lib/cli/demo/story.ts';

const ROOT = join(import.meta.dirname, '../..');
const PROGRAM = 'bin/lambda-vpc-guardrail.js';
const LAB_SUBNET = 'subnet-0a1b2c3d4e5f6b001';
const MINUTE_MS = 60_000;

describe('the demonstration', () => {
  let demo: Demo;

  beforeAll(async () => {
    demo = await runDemo('--json');
  }, MINUTE_MS);

  it('ends with status 0 and says how long it took', () => {
    expect(demo.status).toBe(0);
    expect(demo.document.tookSeconds).toBeGreaterThan(0);
  });

  it.each([
    { scene: 'creates `orders-api`', verdict: 'compliant', remediation: 'none' },
    {
      scene: 'creates `thumbnails` without',
      verdict: 'violation',
      remediation: 'quarantine',
      statement: 'RequireVpc',
    },
    {
      scene: 'creates `billing-export`',
      verdict: 'violation',
      remediation: 'quarantine',
      statement: 'ApprovedVpc',
    },
    {
      scene: 'moves `orders-api`',
      verdict: 'violation',
      remediation: 'revert',
      statement: 'ApprovedSubnets',
    },
    {
      scene: 'detaches `orders-api`',
      verdict: 'violation',
      remediation: 'revert',
      statement: 'RequireVpc',
    },
    { scene: 'changes the timeout', verdict: 'compliant', remediation: 'none' },
    {
      scene: 'creates `crossroads`',
      verdict: 'violation',
      remediation: 'quarantine',
      statement: 'ApprovedSubnets',
    },
    { scene: 'an operator rescans', verdict: 'violation', remediation: 'wake' },
  ])(
    'judges “$scene” as $verdict and does $remediation',
    ({ scene, verdict, remediation, statement }) => {
      const { judgements, notices } = sceneOf(demo, scene);

      const decided = judgements.find((judgement) => judgement.remediation === remediation);
      expect(decided).toMatchObject({ verdict });
      if (statement !== undefined) {
        expect(decided?.findings?.[0]?.statement).toContain(statement);
        expect(notices.length).toBeGreaterThan(0);
      }
    },
  );

  it('ties each judgement to the CloudTrail event of what people did', () => {
    const { events, judgements } = sceneOf(demo, 'moves `orders-api`');

    expect(events).toEqual([
      { eventName: 'UpdateFunctionConfiguration20150331v2', eventId: expect.any(String) },
    ]);
    expect(judgements.map(({ eventId }) => eventId)).toContain(events[0]?.eventId);
  });

  it('never judges a call that IAM denied', () => {
    const { events, judgements } = sceneOf(demo, 'IAM denies');

    expect(events).toEqual([
      {
        eventName: 'CreateFunction20150331',
        eventId: expect.any(String),
        errorCode: 'AccessDenied',
      },
    ]);
    expect(judgements).toEqual([]);
  });

  it('leaves every function contained', () => {
    expect(endsOf(demo)).toEqual({
      'orders-api': expect.stringContaining('subnet-071f712345678e7c8'),
      'nightly-report': expect.stringContaining('subnet-071f712345678e7c8'),
      thumbnails: 'no VPC, reserved 0',
      'billing-export': expect.stringMatching(/vpc-0f0e0d0c0b0a00002.*reserved 0/),
      crossroads: expect.stringMatching(/subnet-0a1b2c3d4e5f6a001.*reserved 0/),
    });
  });

  it('shows what each of the sixteen controls says of one function', () => {
    const { verdicts = [] } = sceneOf(demo, 'what each of 16 controls says');

    expect(verdicts.map(({ controlId }) => controlId)).toEqual(CONTROLS.map(({ id }) => id));
    const violated = verdicts.filter(({ verdict }) => verdict === 'violation');
    expect(violated.map(({ controlId }) => controlId)).toEqual([
      'LVG.1',
      'LVG.3',
      'LVG.4',
      'LVG.5',
      'LVG.6',
      'LVG.9',
    ]);
  });

  it('counts the calls and connections of the guardrail', () => {
    expect(demo.document.callsByService).toMatchObject({
      dynamodb: expect.any(Number),
      lambda: expect.any(Number),
      sns: expect.any(Number),
    });
    expect(demo.document.connections).toBeGreaterThan(0);
  });
});

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
    const { status, errors } = await run('demo', '--policy', 'no-such-file.yaml');

    expect(status).toBe(2);
    expect(errors.trim().split('\n').at(-1)).toMatch(/^error: .*no-such-file\.yaml/);
    expect(errors).not.toContain('    at ');
  });

  it('suggests the right flag', async () => {
    const { status, errors } = await run('demo', '--jsno');

    expect(status).toBe(2);
    expect(errors).toContain('--json');
  });
});

interface Demo {
  readonly status: number | null;
  readonly document: Closing & { readonly scenes: readonly Told[]; readonly tookSeconds: number };
}

async function runDemo(...args: readonly string[]): Promise<Demo> {
  const { status, output, errors } = await run('demo', ...args);
  if (status !== 0) throw new Error(errors);
  return { status, document: JSON.parse(output) };
}

async function run(...args: readonly string[]) {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [output, errors, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { output, errors, status: status as number | null };
}

function sceneOf({ document }: Demo, title: string): Told {
  const scene = document.scenes.find((candidate) => candidate.title.includes(title));
  if (scene === undefined) throw new Error(`no scene \`${title}\``);
  return scene;
}

function endsOf({ document }: Demo): Readonly<Record<string, string>> {
  return Object.fromEntries(
    document.functions.map(({ name, attachment, reservedConcurrency }) => [
      name,
      reservedConcurrency === undefined
        ? attachment
        : `${attachment}, reserved ${reservedConcurrency}`,
    ]),
  );
}
