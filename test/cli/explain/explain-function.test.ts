import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HistoryEntry } from '../../../functions/core/history.ts';
import { explainFunction } from '../../../lib/cli/explain/explain-function.ts';
import { type FullAccount, startFullAccount } from '../../local/full-account.ts';
import { ARN, ATTACHMENTS, settledRecord, violationOf } from '../../support/builders.ts';
import { createDrill } from '../../support/drill.ts';
import { folderOf } from '../policy/fake-terminal.ts';
import { deployTable, writeDown, writeRecord } from './guardrail-table.ts';

const WHERE = { stack: 'Small' } as const;

let account: FullAccount;
let table: string;
let told: readonly HistoryEntry[];

beforeAll(async () => {
  account = await startFullAccount();
  table = await deployTable(account);
  const drill = createDrill();
  drill.create(ATTACHMENTS.approved);
  await drill.run();
  drill.update(ATTACHMENTS.forbidden);
  await drill.run();
  told = await writeDown(drill, account, table);
});

afterAll(() => account.close());

beforeEach(() => {
  vi.stubEnv('AWS_ENDPOINT_URL', account.endpoint);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_CONFIG_FILE', '/dev/null');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/dev/null');
  actAs({ accessKeyId: 'local', secretAccessKey: 'local' });
});

afterEach(() => {
  vi.unstubAllEnvs();
});

function actAs({ accessKeyId, secretAccessKey }: ReturnType<FullAccount['user']>): void {
  vi.stubEnv('AWS_ACCESS_KEY_ID', accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secretAccessKey);
}

async function explain(
  asked: string,
  given: Partial<Parameters<typeof explainFunction>[1]> = {},
): Promise<string> {
  const printed: string[] = [];
  const terminal = { print: (text: string) => printed.push(text), tell: () => {}, ...PLAIN };
  expect(await explainFunction(asked, { ...WHERE, format: 'table', ...given }, terminal)).toBe(0);
  return printed.join('');
}

/** The machine's clock is wrong. */
const PLAIN = { hasColors: false, nowMs: Date.UTC(2026, 8, 1) };

describe('explain by the table alone', () => {
  it.each([
    'orders-api',
    'orders-api:PROD',
    'function:orders-api',
    '123456789012:function:orders-api',
    `${ARN}:7`,
  ])('finds the function `%s`', async (asked) => {
    expect(await explain(asked)).toContain(`orders-api\n${ARN}\n`);
  });

  it('writes one document for programs: what is known, and all that was told in its order', async () => {
    const document = JSON.parse(await explain('orders-api', { format: 'json' }));

    expect(document).toMatchObject({
      functionArn: ARN,
      record: { generation: 1, baseline: { attachment: ATTACHMENTS.approved } },
    });
    expect(document.record).not.toHaveProperty('outbox');
    expect(document.record).not.toHaveProperty('unkept');
    expect(document.history).toHaveLength(told.length);
    expect(document.history).toMatchObject(told);
    expect(document.history[0].at).toBe(new Date(told[0]?.atMs ?? 0).toISOString());
  });

  it('says by the clock of the account how long a violation stands', async () => {
    const record = settledRecord({ functionArn: `${ARN}-2`, violation: violationOf() });
    await writeRecord(record, account, table);

    expect(await explain('orders-api-2')).toMatch(/violation {3}LVG.1 since .*, for 60 min/);
  });

  it('goes with a profile without a word of the SDK about other keys', async () => {
    using folder = folderOf({
      config: '[profile ops]\naws_access_key_id = local\naws_secret_access_key = local\n',
    });
    vi.stubEnv('AWS_CONFIG_FILE', folder.path('config'));
    const warn = vi.spyOn(console, 'warn').mockReturnValue();

    expect(await explain('orders-api', { profile: 'ops' })).toContain('history');
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });

  it('goes by the table alone where that is named', async () => {
    expect(await explain('orders-api', { stack: 'None', table })).toContain('violation');
  });

  it('needs no more than the docs say', async () => {
    actAs(account.user('operator', ...(await documentedStatements())));

    expect(await explain('orders-api')).toContain('history');
  });

  it.each([
    [
      'a function that nobody looked at',
      ['pay-api', {}],
      /^the guardrail knows no function `.*:pay-api`/,
    ],
    [
      'no name of a function',
      ['no/name', {}],
      /^expected the name or the ARN of a function, got `no\/name`$/,
    ],
    ['a stack that is not there', ['orders-api', { stack: 'None' }], /^there is no stack `None`/],
  ] as const)('blames the user for %s, in one line', async (_, [asked, given], message) => {
    await expect(explain(asked, given)).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringMatching(message),
    });
  });

  it('blames the user where the environment says neither region nor credentials', async () => {
    vi.stubEnv('AWS_REGION', undefined);
    await expect(explain('orders-api')).rejects.toMatchObject({
      name: 'UsageError',
      message: 'no region: set AWS_REGION, or `region` in the profile',
    });

    vi.stubEnv('AWS_DEFAULT_REGION', 'us-east-1');
    expect(await explain('orders-api')).toContain(ARN);

    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', undefined);
    await expect(explain('orders-api', { profile: 'nobody' })).rejects.toMatchObject({
      name: 'UsageError',
      message: 'there is no profile `nobody` in `/dev/null` or `/dev/null`',
    });
    using folder = folderOf({ config: '[profile empty]\n' });
    vi.stubEnv('AWS_CONFIG_FILE', folder.path('config'));
    await expect(explain('orders-api', { profile: 'empty' })).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringMatching(/^no credentials: Could not/),
    });
  });

  it('refuses a table that is not there, and could not finish where the stack may not be read', async () => {
    await expect(explain(ARN, { table: 'None' })).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringMatching(/^there is no table `None` in this account and region/),
    });

    actAs(account.user('nobody', { Effect: 'Allow', Action: 'sqs:ListQueues', Resource: '*' }));
    await expect(explain(ARN)).rejects.toMatchObject({
      name: 'Error',
      message: expect.stringMatching(
        /^could not read the outputs of the stack `Small`: AccessDenied/,
      ),
    });
  });

  it('could not finish where nothing answers', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:9');
    vi.stubEnv('AWS_MAX_ATTEMPTS', '1');

    await expect(explain('orders-api')).rejects.toThrow(
      'could not ask AWS which account this is: no answer (ECONNREFUSED)',
    );
  });
});

describe('a stack that is not the guardrail', () => {
  it('has no output that names the table', async () => {
    const other = await startFullAccount();
    try {
      await deployTable(other, 'Other');
      vi.stubEnv('AWS_ENDPOINT_URL', other.endpoint);

      await expect(explain('orders-api')).rejects.toMatchObject({
        name: 'UsageError',
        message: expect.stringMatching(/^the stack `Small` has no output `TableName`/),
      });
    } finally {
      await other.close();
    }
  });
});

/** What the docs let an operator do who goes by the table alone, for the stack of this test. */
async function documentedStatements(): Promise<readonly object[]> {
  const page = await readFile(join(import.meta.dirname, '../../../docs/cli-explain.md'), 'utf8');
  const [, policy = ''] = /```json\n([\s\S]*?)```/.exec(page) ?? [];
  return JSON.parse(policy.replaceAll('LambdaVpcGuardrail', 'Small')).Statement.slice(0, 2);
}
