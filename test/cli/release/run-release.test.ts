import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  InvokeCommand,
  type InvokeCommandOutput,
  LambdaClient,
  ResourceNotFoundException,
} from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ReleaseOptions, runRelease } from '../../../lib/cli/release/run-release.ts';
import { ARN } from '../../support/builders.ts';
import { fakeTerminal } from '../policy/fake-terminal.ts';
import { typeCommand } from '../typed-command.ts';

const cloudFormation = mockClient(CloudFormationClient);
const lambda = mockClient(LambdaClient);

beforeEach(() => {
  for (const mock of [cloudFormation, lambda]) mock.reset();
  vi.stubEnv('AWS_REGION', 'us-east-1');
  stackSays('ReleaseFunctionName');
  answers({ functionArn: ARN, status: 'released', reason: 'an operator asked for it: so' });
});

afterEach(() => {
  vi.unstubAllEnvs();
});

afterAll(() => {
  for (const mock of [cloudFormation, lambda]) mock.restore();
});

function stackSays(OutputKey: string): void {
  const Outputs = [{ OutputKey, OutputValue: 'shop-release-on-request' }];
  cloudFormation.on(DescribeStacksCommand).resolves({
    Stacks: [{ StackName: 'S', CreationTime: new Date(0), StackStatus: undefined, Outputs }],
  });
}

function answers(answer: unknown, FunctionError?: string): void {
  const bytes = new TextEncoder().encode(JSON.stringify(answer));
  const Payload = Object.assign(bytes, {
    transformToString: () => new TextDecoder().decode(bytes),
  }) as NonNullable<InvokeCommandOutput['Payload']>;
  lambda.on(InvokeCommand).resolves({ Payload, ...(FunctionError && { FunctionError }) });
}

async function release(asked: string, given: Partial<ReleaseOptions> = {}) {
  const { terminal, told, printed } = fakeTerminal();
  const options: ReleaseOptions = { stack: 'Shop', format: 'table', reason: 'so', ...given };
  const status = await runRelease(asked, options, terminal);
  return { status, told, text: printed() };
}

const invoked = () =>
  lambda.commandCalls(InvokeCommand).map(({ args: [{ input }] }) => {
    return [input.FunctionName, JSON.parse(new TextDecoder().decode(input.Payload as Uint8Array))];
  });

describe('release', () => {
  it('asks the function that the stack names, and says what it answers', async () => {
    const { status, text, told } = await release('orders-api');

    expect(invoked()).toEqual([
      ['shop-release-on-request', { function: 'orders-api', reason: 'so' }],
    ]);
    expect([status, told]).toEqual([0, []]);
    expect(text.split('\n')).toEqual([
      'function    orders-api',
      'release     done',
      'because     an operator asked for it: so',
      '',
    ]);
  });

  it('asks the function that is named, and no stack', async () => {
    await release(ARN, { releaseFunction: 'own', force: true, holdHours: 4 });

    expect(invoked()).toEqual([
      ['own', { function: ARN, reason: 'so', force: true, holdHours: 4 }],
    ]);
    expect(cloudFormation.calls()).toEqual([]);
  });

  it.each([
    [{ force: true }, 24],
    [{ force: true, holdHours: 1 }, 1],
  ])('says for how long a violation is left alone: %j', async (given, hours) => {
    const { text } = await release('orders-api', given);

    expect(text).toContain(`left alone  for ${hours} h, or until its attachment changes\n`);
  });

  it('says what stands against it, and nothing that steers the terminal', async () => {
    const findings = [{ controlId: 'LVG.1', verdict: 'violation', reason: 'no\u001b[2J' }];
    answers({ functionArn: ARN, status: 'refused', reason: 'it still violates', findings });

    const { status, text } = await release('orders-api', { force: true });

    expect(status).toBe(1);
    expect(text.split('\n').slice(1)).toEqual([
      'release     refused',
      'because     it still violates',
      'LVG.1       violation: no [2J',
      '',
    ]);
  });

  it('writes one document for programs, a refusal too', async () => {
    const answer = { functionArn: ARN, status: 'refused', reason: 'it still violates' };
    answers(answer);

    const { status, text, told } = await release('orders-api', { format: 'json' });

    expect([status, JSON.parse(text), told]).toEqual([1, answer, []]);
  });
});

describe('a refusal', () => {
  it.each([
    ['the guardrail has not quarantined it', 2],
    ['there is no such function', 2],
    ['something is being done about it right now: ask again in a minute', 3],
    ['AWS does not run the attachment that it names', 3],
    ['AWS did not take it: ', 3],
    ['it still violates the policy', 1],
    ['its reserved concurrency is no longer 0', 1],
  ])('«%s» ends with %i, in the words of the function', async (reason, expected) => {
    const workflow = join(import.meta.dirname, '../../../functions/workflows/release-function.ts');
    answers({ functionArn: ARN, status: 'refused', reason });

    expect(await readFile(workflow, 'utf8')).toContain(reason);
    expect((await release('orders-api')).status).toBe(expected);
  });
});

describe('what cannot be asked for', () => {
  it.each([
    [['a b'], 'FUNCTION: expected a function in us-east-1 by name or ARN, got `a b`'],
    [['orders-api:7'], 'FUNCTION: expected a function without version or alias'],
    [[ARN.replace('us-east-1', 'eu-west-1')], 'expected a function of account 123456789012 in us-'],
    [['f', '--hold-hours', '4'], '`--hold-hours`: expected only beside `--force`'],
    [['f', '--force', '--hold-hours', '169'], 'from 1 to 168, got `169`'],
    [['f', '--force', '--hold-hours', '1.5'], 'expected a whole number from 1 to 168'],
    [['f', '--stack', ''], '`--stack`: expected a name'],
    [['f', '--release-function', 'a b'], '`--release-function`: expected the name or the ARN'],
  ])('is refused with 2 before anybody is asked: %j', async (args, expected) => {
    const { status, stdout, stderr } = await typeCommand('release', ...args, '--reason', 'so');

    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(expected);
    expect([...cloudFormation.calls(), ...lambda.calls()]).toEqual([]);
  });

  it('is a reason that says nothing', async () => {
    const { status, stderr } = await typeCommand('release', 'f', '--reason', ' ');

    expect([status, stderr]).toEqual([
      2,
      'error: `--reason`: expected 1 to 500 characters, got ` `\n',
    ]);
  });
});

describe('what goes wrong', () => {
  const missing = new ResourceNotFoundException({ message: 'no', $metadata: {} });

  it.each([
    ['a stack of another version', () => stackSays('Other'), 2, 'no output `ReleaseFunctionName`'],
    ['no such function', () => lambda.on(InvokeCommand).rejects(missing), 2, '--release-function'],
    ['no answer', () => lambda.on(InvokeCommand).rejects(new Error('late')), 3, 'could not invoke'],
    ['another function', () => answers({ scanned: 1 }), 3, 'it is not the one that releases'],
    ['no document', () => answers(undefined), 3, 'it is not the one that releases'],
    [
      'a payload that it refuses',
      () => answers({ errorMessage: 'payload is malformed: no' }, 'Unhandled'),
      2,
      'error: no\n',
    ],
    [
      'a fault',
      () => answers({ errorMessage: 'no table' }, 'Unhandled'),
      3,
      'the release failed: no table',
    ],
    ['a fault without words', () => answers('x', 'Unhandled'), 3, 'it ended Unhandled'],
  ])('is told in one line: %s', async (_, arrange, status, expected) => {
    arrange();

    const ended = await typeCommand('release', 'orders-api', '--reason', 'so');

    expect(ended).toMatchObject({ status, stdout: '' });
    expect(ended.stderr).toContain(expected);
    expect(ended.stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});
