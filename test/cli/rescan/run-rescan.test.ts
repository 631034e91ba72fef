import { readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import {
  GetAccountSettingsCommand,
  InvokeCommand,
  type InvokeCommandOutput,
  LambdaClient,
  ResourceNotFoundException,
} from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPartPorts } from '../../../functions/adapters/dynamodb-parts.ts';
import type { ReportedFinding } from '../../../functions/core/finding.ts';
import { main } from '../../../lib/cli/main.ts';
import { type RescanOptions, runRescan } from '../../../lib/cli/rescan/run-rescan.ts';
import { ARN } from '../../support/builders.ts';
import { fakeTerminal, folderOf } from '../policy/fake-terminal.ts';
import { answerOf, COVERAGE, findingOf } from '../report/answers.ts';
import { faultsOfSarif } from '../report/schema-faults.ts';

const cloudFormation = mockClient(CloudFormationClient);
const dynamodb = mockClient(DynamoDBClient);
const lambda = mockClient(LambdaClient);

beforeEach(() => {
  for (const mock of [cloudFormation, dynamodb, lambda]) mock.reset();
  vi.stubEnv('AWS_REGION', 'us-east-1');
  stackSays({ TableName: 'one', RescanFunctionName: 'shop-rescan-on-request' });
  lambda.on(GetAccountSettingsCommand).resolves({ AccountUsage: { FunctionCount: 9 } });
  dynamodb.on(GetItemCommand).resolves({});
  answers(answerOf());
});

afterEach(() => {
  vi.unstubAllEnvs();
});

afterAll(() => {
  for (const mock of [cloudFormation, dynamodb, lambda]) mock.restore();
});

function stackSays(outputs: Readonly<Record<string, string>>): void {
  const Outputs = Object.entries(outputs).map(([OutputKey, OutputValue]) => {
    return { OutputKey, OutputValue };
  });
  cloudFormation.on(DescribeStacksCommand).resolves({
    Stacks: [{ StackName: 'S', CreationTime: new Date(0), StackStatus: undefined, Outputs }],
  });
}

function answers(answer: unknown, functionError?: string): void {
  const bytes = new TextEncoder().encode(JSON.stringify(answer));
  const Payload = Object.assign(bytes, {
    transformToString: () => new TextDecoder().decode(bytes),
  }) as NonNullable<InvokeCommandOutput['Payload']>;
  lambda.on(InvokeCommand).resolves({
    Payload,
    ...(functionError === undefined ? {} : { FunctionError: functionError }),
  });
}

async function rescan(
  functions: readonly string[] = [],
  given: Partial<RescanOptions> = {},
  isTTY = false,
) {
  const { terminal, told, printed } = fakeTerminal({ isTTY });
  const stderr = Object.assign(new PassThrough(), { isTTY, columns: 100 });
  const options: RescanOptions = { stack: 'Shop', format: 'json', ...given };
  const status = await runRescan(functions, options, { terminal, stderr });
  const shown = String(stderr.read() ?? '');
  return { status, told, shown, text: printed(), json: () => JSON.parse(printed()) };
}

const invoked = () =>
  lambda.commandCalls(InvokeCommand).map(({ args: [{ input }] }) => {
    return [input.FunctionName, JSON.parse(new TextDecoder().decode(input.Payload as Uint8Array))];
  });

describe('rescan', () => {
  it('asks the function that the stack names, and writes its report and nothing else', async () => {
    const answer = answerOf({ findings: [findingOf()] });
    answers(answer);

    const { status, json, told, shown } = await rescan(['orders-api'], {
      mode: 'audit',
      wake: false,
    });

    expect(invoked()).toEqual([
      ['shop-rescan-on-request', { functions: ['orders-api'], mode: 'audit', wake: false }],
    ]);
    expect([status, json(), told, shown]).toEqual([0, answer, [], '']);
  });

  it.each([
    [{ table: 'two' }, 'lambda-vpc-guardrail-rescan-on-request', 0],
    [{ table: 'two', rescanFunction: 'own' }, 'own', 0],
    [{ rescanFunction: 'own' }, 'own', 1],
  ])('goes by what is named: %j', async (given, functionName, asked) => {
    await rescan([], given);

    expect(invoked()).toEqual([[functionName, {}]]);
    expect(cloudFormation.commandCalls(DescribeStacksCommand)).toHaveLength(asked);
  });

  it('needs no table where the function is named', async () => {
    cloudFormation.on(DescribeStacksCommand).rejects(new Error('denied'));
    answers(answerOf({ omitted: { findings: 2, idle: 0, remediations: 0, unknown: 0 } }));

    const { status, told } = await rescan([], { rescanFunction: 'own' });

    expect(dynamodb.calls()).toEqual([]);
    expect([status, told]).toEqual([
      3,
      ['findings are left out: name the table that has them with --table'],
    ]);
  });

  it('shows a bar on a terminal that ends full, of all functions where all are looked at', async () => {
    const all = await rescan([], {}, true);
    const some = await rescan(['a'], {}, true);

    expect(all.shown).toContain('█ 9 functions');
    expect(some.shown).toContain('rescanning: 9 functions');
  });

  it('shows its progress although nobody may count the functions or read the table', async () => {
    lambda.on(GetAccountSettingsCommand).rejects(new Error('denied'));
    dynamodb.on(GetItemCommand).rejects(new Error('denied'));

    const { status, shown } = await rescan([], {}, true);

    expect(status).toBe(0);
    expect(shown).toContain('rescanning: 9 functions');
  });

  it('shows and asks nothing besides where nobody wants progress', async () => {
    const { shown } = await rescan([], { quiet: true }, true);

    expect([shown, dynamodb.calls()]).toEqual(['', []]);
  });

  it('tells people in a table', async () => {
    const { text } = await rescan([], { format: 'table' });

    expect(text).toMatch(/^scanned 9 functions in 3\.4 s/);
  });

  it('tells code scanning, and whoever opens a page', async () => {
    answers(answerOf({ findings: [findingOf()] }));

    const { json } = await rescan([], { format: 'sarif' });
    const { text } = await rescan([], { format: 'html' });

    expect(faultsOfSarif(json())).toEqual([]);
    expect(json().runs[0].results).toHaveLength(1);
    expect(text).toMatch(/^<!doctype html>/i);
  });

  it('writes to a file, without colors', async () => {
    using folder = folderOf({});
    const output = folder.path('report.json');

    const { text, told } = await rescan([], { output });

    expect(JSON.parse(readFileSync(output, 'utf8'))).toEqual(answerOf());
    expect([text, told]).toEqual(['', [`wrote \`${output}\``]]);
    expect((await rescan([], { output: '-' })).json()).toEqual(answerOf());
  });
});

describe('a table that is not there', () => {
  it('is said in one line, and nothing is shown of the progress', async () => {
    const missing = Object.assign(new Error('no'), { name: 'ResourceNotFoundException' });
    dynamodb.on(GetItemCommand).rejects(missing);

    const { status, shown } = await rescan([], { table: 'Nope' });

    expect([status, shown]).toEqual([
      0,
      'there is no table `Nope`: no progress is shown, and a long answer cannot be made whole\n',
    ]);
  });
});

describe('what nobody looked at', () => {
  const missing = { functionArn: ARN.replace('orders-api', 'nope'), reason: 'there is none' };
  const denied = { functionArn: ARN, reason: 'denied' };

  it.each([
    [
      'a function',
      [],
      { unknown: [denied, denied] },
      'not looked at: 1 function (orders-api: denied)',
    ],
    [
      'names and patterns',
      ['nope', 'orders-api', 'a-*'],
      { unknown: [missing, denied], unmatched: ['a-*'] },
      'not looked at: 2 functions (nope: there is none; orders-api: denied), 1 pattern that no function matches (a-*)',
    ],
    [
      'everything',
      ['*'],
      { unmatched: ['*'] },
      'not looked at: 1 pattern that no function matches (*)',
    ],
  ])('is said, and ends with 3: %s', async (_, functions, given, line) => {
    answers(answerOf({ ...given, findings: [findingOf({ functionArn: `${ARN}-2` })] }));

    const { status, told } = await rescan(functions, { failOn: 'low' });

    expect([status, told]).toEqual([3, [line]]);
  });

  it.each([
    [
      'a control could not tell',
      { unknown: [denied], findings: [findingOf({ verdict: 'unknown' })] },
    ],
    ['the account is empty', { scanned: 0, unmatched: ['*'] }],
  ] as const)('is nothing where %s', async (_, given) => {
    answers(answerOf(given));

    const { status, told } = await rescan();

    expect([status, told]).toEqual([0, []]);
  });
});

describe('a report that had no room for everything', () => {
  const omitted = { findings: 2, idle: 0, remediations: 0, unknown: 0 };
  const all = ['1', '2', '3'].map((id) => findingOf({ id }));

  /** Keeps findings as the guardrail does, and lets the table answer with them. */
  async function keep(findings: readonly ReportedFinding[]) {
    const client = new DynamoDBClient({});
    await createPartPorts({ client, tableName: 'one', nowMs: () => 0 }).keepReport('r', findings);
    const Items = dynamodb
      .commandCalls(PutItemCommand)
      .flatMap(({ args: [{ input }] }) => (input.Item === undefined ? [] : [input.Item]));
    dynamodb.on(QueryCommand).resolves({ Items });
  }

  it('is made whole from the table', async () => {
    await keep(all);
    answers(answerOf({ findings: all.slice(0, 1), omitted }));

    const { status, json } = await rescan();

    expect([status, json()]).toEqual([0, answerOf({ findings: all })]);
  });

  it('says what is missing still', async () => {
    await keep(all);
    answers(answerOf({ findings: all.slice(0, 1), omitted: { ...omitted, findings: 3, idle: 7 } }));

    const { status, json } = await rescan();

    expect([status, json()]).toEqual([
      3,
      answerOf({ findings: all, omitted: { ...omitted, findings: 1, idle: 7 } }),
    ]);
  });

  it('stays as it is where the table has no more, or only something else was cut', async () => {
    await keep(all.slice(0, 1));
    answers(answerOf({ findings: all.slice(0, 1), omitted }));
    expect((await rescan()).json()).toMatchObject({ omitted });

    answers(answerOf({ omitted: { ...omitted, findings: 0, idle: 1 } }));
    expect((await rescan()).status).toBe(0);
  });

  it('says why where the table cannot be read', async () => {
    dynamodb.on(QueryCommand).rejects(new Error('no'));
    answers(answerOf({ omitted }));

    const { status, told } = await rescan();

    expect([status, told]).toEqual([
      3,
      ['findings are left out: could not read report `report-1`: Error: no'],
    ]);
  });
});

describe('the exit status', () => {
  it.each([
    ['findings, and nobody asks to fail', {}, undefined, 0],
    ['a violation over the severity', {}, 'medium', 1],
    ['a violation at the severity', {}, 'high', 1],
    ['a violation under the severity', {}, 'critical', 0],
    ['what is exempt', { exemption: COVERAGE }, 'low', 0],
    ['what is unknown', { verdict: 'unknown' }, 'low', 0],
  ] as const)('judges %s', async (_, given, failOn, expected) => {
    answers(answerOf({ findings: [findingOf(given)] }));

    expect((await rescan([], failOn === undefined ? {} : { failOn })).status).toBe(expected);
  });

  it('is 3 where the rescan is not finished, whatever it found', async () => {
    answers(answerOf({ findings: [findingOf()], unfinished: { reason: 'no time' } }));

    expect((await rescan([], { failOn: 'low' })).status).toBe(3);
  });
});

describe('a rescan that cannot be', () => {
  it.each([
    ['no function', ['no/name'], {}, 'expected the name or ARN of a function'],
    ['no name of a function', [], { rescanFunction: 'a b' }, '`--rescan-function`: expected'],
    ['a folder to write to', [], { output: '/' }, 'could not write `/`: it is a folder'],
    ['no folder to write to', [], { output: '/none/a' }, 'could not write `/none/a`: ENOENT'],
  ])('is refused before anybody is asked: %s', async (_, functions, given, message) => {
    await expect(rescan(functions, given)).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringContaining(message),
    });
    expect([cloudFormation, dynamodb, lambda].flatMap((mock) => mock.calls())).toEqual([]);
  });

  it('is refused before anybody is asked: a page on a terminal', async () => {
    await expect(rescan([], { format: 'html' }, true)).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringContaining('--output'),
    });
    expect([cloudFormation, dynamodb, lambda].flatMap((mock) => mock.calls())).toEqual([]);
  });

  it('is a fault of usage without a region, or with a stack that is not the guardrail', async () => {
    stackSays({ TableName: 'one' });
    await expect(rescan()).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringMatching(/^the stack `Shop` has no output `RescanFunctionName`/),
    });

    vi.stubEnv('AWS_REGION', undefined);
    vi.stubEnv('AWS_CONFIG_FILE', '/dev/null');
    await expect(rescan()).rejects.toMatchObject({ message: expect.stringMatching(/^no region/) });
  });

  it.each([
    [
      'payload is malformed: `functions[0]`: expected b',
      'UsageError',
      '`functions[0]`: expected b',
    ],
    ['Task timed out after 900.00 seconds', 'Error', 'the rescan failed: Task timed out after'],
    ['two\nlines', 'Error', 'the rescan failed: two lines'],
    [undefined, 'Error', 'the rescan failed: it ended Unhandled'],
  ])('says in one line that the function failed: %s', async (errorMessage, name, message) => {
    answers({ errorType: 'GuardrailError', errorMessage, trace: [] }, 'Unhandled');

    await expect(rescan()).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
    });
  });

  it.each([[null], [{}], [{ ...answerOf(), findings: 7 }], ['text']])(
    'does not take %j for a report',
    async (answer) => {
      answers(answer);

      await expect(rescan()).rejects.toThrow(
        'the function `shop-rescan-on-request` answered with no report',
      );
    },
  );

  it('does not take broken JSON for a report', async () => {
    lambda.on(InvokeCommand).resolves({});

    await expect(rescan()).rejects.toThrow('answered with no report');
  });

  it('tells a function that is not there from one that may not be invoked', async () => {
    const missing = new ResourceNotFoundException({ message: 'Function not found', $metadata: {} });
    lambda.on(InvokeCommand).rejects(missing);
    await expect(rescan()).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringMatching(/^there is no function `shop-rescan-on-request`/),
    });

    lambda
      .on(InvokeCommand)
      .rejects(Object.assign(new Error('no'), { name: 'AccessDeniedException' }));
    await expect(rescan()).rejects.toMatchObject({
      name: 'Error',
      message: 'could not invoke the function `shop-rescan-on-request`: AccessDeniedException: no',
    });
  });

  it('leaves the terminal in order when somebody interrupts it, and says that it goes on', async () => {
    const before = process.listenerCount('SIGINT');
    const begun = Promise.withResolvers<void>();
    const answered = Promise.withResolvers<InvokeCommandOutput>();
    lambda.on(InvokeCommand).callsFake(() => {
      begun.resolve();
      return answered.promise;
    });
    const stderr = Object.assign(new PassThrough(), { isTTY: true, columns: 100 });
    const { terminal } = fakeTerminal();
    const options = { stack: 'Shop', format: 'json' } as const;
    const run = runRescan([], options, { terminal, stderr });
    await begun.promise;
    const exit = vi.spyOn(process, 'exit').mockImplementation(() => {
      process.listeners('exit').at(-1)?.(130);
      return undefined as never;
    });

    process.listeners('SIGINT').at(-1)?.('SIGINT');

    expect(exit).toHaveBeenCalledWith(130);
    expect(String(stderr.read())).toMatch(/\n.*the rescan itself goes on in Lambda\n$/);
    answered.reject(new Error('cut'));
    await expect(run).rejects.toThrow('could not invoke');
    expect(process.listenerCount('SIGINT')).toBe(before);
  });
});

describe('the command line', () => {
  async function type(...args: readonly string[]) {
    const said = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      vi.spyOn(process[name], 'write').mockImplementation((chunk) => {
        said[name] += chunk;
        return true;
      });
    }
    vi.spyOn(process.stdout, 'on').mockReturnThis();
    const status = await main(['node', 'lambda-vpc-guardrail', 'rescan', ...args]);
    vi.restoreAllMocks();
    return { status, ...said };
  }

  it('rescans', async () => {
    const flags = ['--mode', 'audit', '--no-wake', '--verdicts', '--format', 'json', '--quiet'];

    const { status, stdout } = await type('orders-api', ...flags);

    expect([status, JSON.parse(stdout)]).toEqual([0, answerOf()]);
    expect(invoked()).toEqual([
      [
        'shop-rescan-on-request',
        { functions: ['orders-api'], mode: 'audit', wake: false, verdicts: true },
      ],
    ]);
  });

  it.each([
    [['--mode', 'loud'], 'Allowed choices are audit, enforce'],
    [['--fail-on', 'none'], 'Allowed choices are low, medium, high, critical'],
    [['--format', 'xml'], 'Allowed choices are table, json, html, sarif'],
    [['--verdicts'], '`verdicts`: expected `functions` with at most 50'],
  ])('refuses %j with 2', async (args, expected) => {
    const { status, stderr } = await type(...args);

    expect([status, stderr]).toEqual([2, expect.stringContaining(expected)]);
  });

  it('leaves waking to the function unless somebody says so', async () => {
    await type('--quiet');
    await type('--quiet', '--wake');

    expect(invoked().map(([, payload]) => payload)).toEqual([{}, { wake: true }]);
  });
});
