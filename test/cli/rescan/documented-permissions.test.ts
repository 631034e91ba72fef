import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { readReport } from '../../../functions/adapters/dynamodb-parts.ts';
import { DEFAULT_RESCAN_FUNCTION } from '../../../lib/cli/operator/operator-account.ts';
import { type RescanOptions, runRescan } from '../../../lib/cli/rescan/run-rescan.ts';
import { type FullAccount, startFullAccount } from '../../local/full-account.ts';
import { deployTable } from '../explain/guardrail-table.ts';
import { fakeTerminal } from '../policy/fake-terminal.ts';

let account: FullAccount;
let tableName: string;

beforeAll(async () => {
  account = await startFullAccount();
  tableName = await deployTable(account);
  const lambda = new LambdaClient(account.settings());
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: DEFAULT_RESCAN_FUNCTION,
      Role: 'arn:aws:iam::123456789012:role/lambda-role',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Code: { ZipFile: Buffer.from('none') },
    }),
  );
  lambda.destroy();
  await account.advance(60_000);
});

afterAll(() => account.close());

afterEach(() => {
  vi.unstubAllEnvs();
});

/** Rescans as somebody; the function is not the guardrail's, so its answer is no report. */
async function rescanAs(
  { accessKeyId, secretAccessKey }: ReturnType<FullAccount['user']>,
  given: Partial<RescanOptions> = {},
) {
  vi.stubEnv('AWS_ENDPOINT_URL', account.endpoint);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secretAccessKey);
  const { terminal } = fakeTerminal();
  const { stderr } = process;
  const rescanFunction = DEFAULT_RESCAN_FUNCTION;
  const options = { stack: 'Small', format: 'json', rescanFunction, ...given } as const;
  await expect(runRescan([], options, { terminal, stderr })).rejects.toThrow(/no report/);
  return account.journal.calls
    .filter((call) => call.accessKeyId === accessKeyId)
    .map(({ operation, errorCode = 'none' }) => `${operation}: ${errorCode}`)
    .sort();
}

describe('what an operator has to be allowed', () => {
  it('is no more than the docs say', async () => {
    const user = account.user('operator', ...(await documentedStatements()));

    expect(await rescanAs(user)).toEqual([
      'DescribeStacks: none',
      'GetAccountSettings: none',
      'GetItem: none',
      'Invoke: none',
    ]);
    const client = new DynamoDBClient(account.settings(user));
    await expect(readReport(client, tableName, 'r')).rejects.toThrow('it is not there');
    client.destroy();
  });

  it('is the invocation alone where the function is named', async () => {
    const [, invoke = {}] = await documentedStatements();
    const user = account.user('caller', invoke);

    expect(await rescanAs(user)).toEqual(['DescribeStacks: AccessDenied', 'Invoke: none']);
  });
});

/** The statements of the page, for the stack of this test. */
async function documentedStatements(): Promise<readonly object[]> {
  const page = await readFile(join(import.meta.dirname, '../../../docs/cli-rescan.md'), 'utf8');
  const [, policy = ''] = /```json\n([\s\S]*?)```/.exec(page) ?? [];
  return JSON.parse(policy.replaceAll('LambdaVpcGuardrail', 'Small')).Statement;
}
