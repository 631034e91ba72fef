import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalAccount, startLocalAccount } from '../../lib/local/start-local-account.ts';

const hasAwsCli = spawnSync('aws', ['--version']).status === 0;
const APPROVED =
  'SubnetIds=subnet-071f712345678e7c8,subnet-07fd123456788a036,SecurityGroupIds=sg-085912345678492fb';
const create = (name: string) =>
  [
    ['create-function', '--function-name', name, '--runtime', 'nodejs16.x'],
    ['--handler', 'index.js', '--zip-file', 'fileb://function.zip'],
    ['--role', 'arn:aws:iam::123456789012:role/lambda-role', '--vpc-config', APPROVED],
  ].flat();
const update = (name: string) => ['update-function-configuration', '--function-name', name];

describe.skipIf(!hasAwsCli)(
  'the AWS CLI against the local account (skipped where there is no `aws`)',
  () => {
    let account: LocalAccount;
    let folder: string;

    beforeAll(async () => {
      account = await startLocalAccount({ startMs: Date.UTC(2026, 10, 22, 9) });
      folder = await mkdtemp(join(tmpdir(), 'aws-cli-'));
      await writeFile(
        join(folder, 'function.zip'),
        zipSync({ 'index.js': new TextEncoder().encode('exports.js = () => {};') }),
      );
      const { stderr } = await aws(create('existing'));
      expect(stderr).toBe('');
      await account.advance(90_000);
    });

    afterAll(async () => {
      await account.close();
      await rm(folder, { recursive: true, force: true });
    });

    const aws = (args: readonly string[]): Promise<CliAnswer> =>
      runAws(account.endpoint, folder, args);

    it('creates, updates and detaches a function with the commands of the AWS guide', async () => {
      const created = await aws(create('my-function'));
      expect(created.answer).toMatchObject({
        State: 'Pending',
        StateReasonCode: 'Creating',
        RevisionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        VpcConfig: { VpcId: 'vpc-0a1b2c3d4e5f60001' },
      });
      await account.advance(90_000);

      const updated = await aws([...update('my-function'), '--vpc-config', APPROVED]);
      expect(updated.answer).toMatchObject({ State: 'Active', LastUpdateStatus: 'InProgress' });
      await account.advance(90_000);

      const detached = await aws([
        ...update('my-function'),
        '--vpc-config',
        'SubnetIds=[],SecurityGroupIds=[]',
      ]);
      expect(detached.answer).toMatchObject({
        LastUpdateStatus: 'InProgress',
        VpcConfig: { SubnetIds: [], SecurityGroupIds: [], VpcId: '' },
      });
      expect(detached.answer['RevisionId']).not.toBe(updated.answer['RevisionId']);
      await account.advance(90_000);

      const read = await aws(['get-function-configuration', '--function-name', 'my-function']);
      expect(read.answer).toMatchObject({ State: 'Active', LastUpdateStatus: 'Successful' });
    }, 60_000);

    it.each([
      {
        what: 'a function that exists',
        args: create('existing'),
        error: 'ResourceConflictException',
      },
      {
        what: 'a subnet that does not exist',
        args: [
          ...update('existing'),
          '--vpc-config',
          'SubnetIds=subnet-00000000000000000,SecurityGroupIds=sg-085912345678492fb',
        ],
        error: 'InvalidParameterValueException',
      },
      {
        what: 'groups of another VPC',
        args: [
          ...update('existing'),
          '--vpc-config',
          'SubnetIds=subnet-071f712345678e7c8,SecurityGroupIds=sg-0f0e0d0c0b0a0f0a1',
        ],
        error: 'InvalidParameterValueException',
      },
      {
        what: 'a stale revision',
        args: [
          ...update('existing'),
          '--timeout',
          '5',
          '--revision-id',
          '00000000-0000-4000-8000-000000000000',
        ],
        error: 'PreconditionFailedException',
      },
    ])("answers $what with AWS's own error", async ({ args, error }) => {
      const { stderr } = await aws(args);

      expect(stderr).toContain(`An error occurred (${error})`);
    });
  },
);

interface CliAnswer {
  readonly answer: Readonly<Record<string, unknown>>;
  readonly stderr: string;
}

/** Without blocking this thread: the account answers from it. */
async function runAws(endpoint: string, cwd: string, args: readonly string[]): Promise<CliAnswer> {
  const env = {
    PATH: process.env['PATH'],
    HOME: cwd,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_PAGER: '',
  };
  const run = promisify(execFile)('aws', ['lambda', ...args], { cwd, env });
  const { stdout, stderr } = await run.catch((error: { stdout: string; stderr: string }) => error);
  return { answer: stdout === '' ? {} : JSON.parse(stdout), stderr };
}
