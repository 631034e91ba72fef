import { Lambda } from '@aws-sdk/client-lambda';
import { Command, CommanderError } from 'commander';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { addDoctor } from '../../../lib/cli/doctor/commands.ts';
import { runDoctor } from '../../../lib/cli/doctor/run-doctor.ts';
import { UsageError } from '../../../lib/cli/usage-error.ts';
import { type FullAccount, startFullAccount } from '../../local/full-account.ts';
import { deployTable } from '../explain/guardrail-table.ts';
import { fakeTerminal } from '../policy/fake-terminal.ts';
import { visit } from './doctored-account.ts';

let account: FullAccount;

beforeAll(async () => {
  account = await startFullAccount();
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

afterAll(() => account.close());

describe('an account without the guardrail', () => {
  it('is well where it has no functions: the trail is looked at all the same', async () => {
    const { status, diagnosis, of } = await visit(account.endpoint);

    expect(status).toBe(0);
    expect(diagnosis().checks.map(({ topic, answer }) => `${topic}: ${answer}`)).toEqual([
      'endpoint: good',
      'clock: good',
      'trail: good',
      'stack: off',
      'region: off',
      'region: off',
      'permission: good',
    ]);
    expect(of('stack')).toMatchObject([
      {
        subject: 'LambdaVpcGuardrail',
        seen: 'no guardrail is deployed in this account and region',
        fix: 'deploy it: npx cdk deploy -c policy=guardrail.yaml',
      },
    ]);
  });

  it('is not well where somebody named a stack that is not there, or is another one', async () => {
    await deployTable(account);

    const none = await visit(account.endpoint, { stack: 'Typo', isStackNamed: true });
    const other = await visit(account.endpoint, { stack: 'Small' });

    expect([none.status, other.status]).toEqual([1, 1]);
    expect(none.of('stack')).toMatchObject([{ answer: 'bad', subject: 'Typo' }]);
    expect(other.of('stack')[0]?.seen).toContain('it has no outputs DeployedMode, PolicyHash');
  });

  it('is refused where a table is named that is not there', async () => {
    await expect(visit(account.endpoint, { table: 'none' })).rejects.toThrow(
      'there is no table `none` in this account and region',
    );
  });

  it('is not well where it has functions', async () => {
    const lambda = new Lambda(account.settings());
    await lambda.createFunction({
      FunctionName: 'orders-api',
      Role: 'arn:aws:iam::123456789012:role/lambda-role',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Code: { ZipFile: Buffer.from('none') },
    });
    lambda.destroy();

    const { status, of } = await visit(account.endpoint, { allRegions: true });

    expect(status).toBe(1);
    expect(of('region')).toMatchObject([
      {
        subject: 'us-east-1',
        answer: 'bad',
        seen: '1 function and no guardrail',
        fix: expect.stringContaining('AWS_REGION=us-east-1 npx cdk deploy') as string,
      },
    ]);
  });
});

describe('a caller', () => {
  const nobody = { Effect: 'Deny', Action: '*', Resource: '*' };
  const lister = { Effect: 'Allow', Action: ['lambda:List*', 'cloudformation:*'], Resource: '*' };

  it('who may see nothing is told so, and that the command could not finish', async () => {
    const { status, diagnosis, of } = await visit(
      account.endpoint,
      { allRegions: true },
      account.user('nobody', nobody),
    );

    expect(status).toBe(3);
    expect(diagnosis().answers).toMatchObject({ bad: 0, good: 2, unknown: 5 });
    expect(of('permission')[0]?.seen).toBe(
      'this caller may not see everything: cloudformation:DescribeStacks, cloudtrail:DescribeTrails, ec2:DescribeRegions',
    );
    expect(of('trail')[0]?.seen).toContain('with an explicit deny');
  });

  it('who may not count functions has them listed', async () => {
    const { of } = await visit(account.endpoint, {}, account.user('lister', lister));

    expect(of('region')[0]).toMatchObject({ answer: 'bad', seen: '1 function and no guardrail' });
  });
});

describe('a check that fails', () => {
  it('stops no other one', async () => {
    const fault = {
      service: 'cloudtrail',
      operation: '*',
      kind: 'error',
      name: 'Odd',
      status: 400,
    };
    await fetch(`${account.endpoint}/_local/faults`, {
      method: 'POST',
      body: JSON.stringify({ ...fault, message: 'strange' }),
    });

    const { of } = await visit(account.endpoint);
    await fetch(`${account.endpoint}/_local/faults`, { method: 'DELETE' });

    expect(of('trail')).toEqual([
      { topic: 'trail', answer: 'unknown', seen: 'Odd: strange', isEssential: true },
    ]);
    expect(of('region')[0]?.answer).toBe('bad');
  });

  it('is all of them where AWS cannot be reached', async () => {
    await expect(visit('http://127.0.0.1:1')).rejects.toThrow(/no answer \(ECONNREFUSED\)/);
  });

  it("is told of the clock where this machine's is wrong", async () => {
    vi.stubEnv('AWS_ENDPOINT_URL', account.endpoint);
    vi.stubEnv('AWS_REGION', 'us-east-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
    const { terminal, printed } = fakeTerminal();

    const early = () => Date.now() - 600_000;
    const status = await runDoctor({ stack: 'S', format: 'table' }, terminal, early);

    expect(status).toBe(1);
    expect(printed()).toMatch(
      /^bad {6}clock: this machine's clock is (9|10) minutes behind AWS's/m,
    );
  });
});

describe('the command', () => {
  /** Types a command as a program of its own. */
  async function type(...words: readonly string[]) {
    vi.stubEnv('AWS_ENDPOINT_URL', account.endpoint);
    vi.stubEnv('AWS_REGION', 'us-east-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
    const written = { out: '', err: '' };
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      written.out += text;
      return true;
    });
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      written.err += text;
      return true;
    });
    const program = new Command('lambda-vpc-guardrail').exitOverride();
    let status: number | undefined;
    addDoctor(program, (ended) => {
      status = ended;
    });
    await program.parseAsync(['node', 'cli', 'doctor', ...words]);
    return { status, ...written };
  }

  it('writes one document to standard output and the rest to standard error', async () => {
    const { status, out, err } = await type('--format', 'json', '--all-regions');

    expect(status).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ account: '123456789012' });
    expect(err).toBe('looking at account 123456789012, every enabled region\n');
  });

  it('is quiet where it is told to be, and minds a stack that is named', async () => {
    const { out, err } = await type('--quiet', '--stack', 'LambdaVpcGuardrail');

    expect(err).toBe('');
    expect(out).toContain('bad      stack LambdaVpcGuardrail: there is no such stack');
  });

  it('refuses what it does not know', async () => {
    await expect(type('--format', 'html')).rejects.toThrow(CommanderError);
    await expect(type('--stack', '')).rejects.toThrow(UsageError);
    await expect(type('--profile', 'nobody-has-this')).rejects.toThrow(UsageError);
  });
});
