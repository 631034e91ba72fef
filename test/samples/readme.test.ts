import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FullAccount, startFullAccount } from '../local/full-account.ts';
import { judgeNetwork } from './sample-network.ts';

const SAMPLES = join(import.meta.dirname, '../../samples');
const TOOLS = ['aws', 'bash', 'curl', 'zip'];
const hasTools = TOOLS.every((tool) => spawnSync('which', [tool]).status === 0);

describe.skipIf(!hasTools)(
  `the commands of samples/README.md (skipped where one of ${TOOLS.join(', ')} is missing)`,
  () => {
    let account: FullAccount;
    let folder: string;
    let sections: readonly string[];

    beforeAll(async () => {
      account = await startFullAccount();
      folder = await mkdtemp(join(tmpdir(), 'samples-'));
      await symlink(SAMPLES, join(folder, 'samples'));
      const page = await readFile(join(SAMPLES, 'README.md'), 'utf8');
      sections = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);
    });

    afterAll(async () => {
      await account.close();
      await rm(folder, { recursive: true, force: true });
    });

    const run = async (index: number) => {
      const env = {
        PATH: process.env['PATH'],
        HOME: folder,
        AWS_ENDPOINT_URL: account.endpoint,
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
        AWS_DEFAULT_REGION: 'us-east-1',
        AWS_PAGER: '',
      };
      const script = `set -eu\n${sections[index]}`;
      const { stdout } = await promisify(execFile)('bash', ['-c', script], { cwd: folder, env });
      return stdout;
    };

    it('make both networks', async () => {
      const output = await run(0);

      expect(output).toMatch(/^network\tCREATE_COMPLETE$/m);
      expect(output).toMatch(/^outbound\tCREATE_COMPLETE$/m);
      expect(output).toMatch(/^network-subnet-a\tsubnet-[0-9a-f]{17}$/m);
      expect(output).toMatch(/^outbound-private-subnet-b\tsubnet-[0-9a-f]{17}$/m);
    }, 120_000);

    it('attach a function that the controls find well', async () => {
      await run(1);
      await account.advance(120_000);

      expect(await judgeNetwork(account, 'in-network', { allow: 'none' })).toMatchObject({
        State: 'Active',
        'LVG.3': 'compliant',
        'LVG.4': 'compliant',
        'LVG.5': 'compliant',
        'LVG.6': 'compliant',
      });
    }, 120_000);

    it('lead to a VPC of dedicated tenancy and back', async () => {
      const output = await run(2);

      expect(output).toMatch(/^vpc-0dedd1ca7ed000003$/m);
      expect(output).toMatch(/^10\.77\.0\.0\/16\tactive$/m);
      expect(output).toMatch(/^10\.40\.0\.0\/16\tactive$/m);
      expect(output).toContain('network-vpc cannot be deleted as it is in use by peering');
    }, 120_000);

    it('let a private network call services of AWS', async () => {
      const output = await run(3);

      expect(output).toMatch(/^VPC Endpoint Interface vpce-[0-9a-f]{17}\t10\.40\.\d\.\d+$/m);
      expect(output).toContain(
        '"reaches":{"lambda":true,"sqs":true,"sns":true,"sts":true,"iam":false}',
      );
    }, 120_000);
  },
);
