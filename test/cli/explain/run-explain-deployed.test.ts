import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteFunctionCommand, PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stepAccount } from '../../../functions/adapters/dynamodb-budget.ts';
import { createKeepHistory } from '../../../functions/adapters/dynamodb-history.ts';
import type { AccountItem } from '../../../functions/core/account-item.ts';
import { type Attachment, DETACHED, toAttachment } from '../../../functions/core/attachment.ts';
import type { FunctionRecord } from '../../../functions/core/record.ts';
import type { Live, LiveFunction } from '../../../lib/cli/explain/live.ts';
import { START_MS } from '../../local/full-account.ts';
import { DEPLOYER, recordOf } from '../../support/builders.ts';
import { NETWORK } from '../../support/deployed-account.ts';
import { entryOf } from '../../support/history-contract.ts';
import {
  APPROVED_VPC,
  allow,
  arnOf,
  type Credentials,
  policyFolder,
  startExplainedAccount,
} from './explained-account.ts';
import { deployTable, writeRecord } from './guardrail-table.ts';

const ROLE = 'arn:aws:iam::123456789012:role/lambda-role';
const BASELINE: Attachment = toAttachment({
  vpcId: APPROVED_VPC,
  subnetIds: NETWORK.approved.SubnetIds,
  securityGroupIds: NETWORK.approved.SecurityGroupIds,
});
const FORBIDDEN: Attachment = toAttachment({
  vpcId: 'vpc-0f0e0d0c0b0a00002',
  subnetIds: NETWORK.forbidden.SubnetIds,
  securityGroupIds: NETWORK.forbidden.SecurityGroupIds,
});

let account: Awaited<ReturnType<typeof startExplainedAccount>>;
let folder: ReturnType<typeof policyFolder>;
let table: string;

beforeAll(async () => {
  account = await startExplainedAccount();
  folder = policyFolder();
  const outputs = { PolicyHash: 'another', EnforceFunctionName: 'beside' };
  table = await deployTable(account, 'TableName', outputs);
  await writeRecord(recordIn('strayed', { baseline: originIn(BASELINE) }), account, table);
});

afterAll(async () => {
  folder[Symbol.dispose]();
  await account.close();
});

const CALL = 'UpdateFunctionConfiguration';

function originIn(attachment: Attachment) {
  return { attachment, call: CALL, principalArn: DEPLOYER } as const;
}

function recordIn(name: string, given: Partial<FunctionRecord> = {}): FunctionRecord {
  const current = { ...originIn(FORBIDDEN), role: ROLE };
  return recordOf({ functionArn: arnOf(name), current, changedAtMs: START_MS, ...given });
}

function explain(asked: string, given: object = {}, by?: Credentials) {
  const options = { policy: folder.path('guardrail.yaml'), stack: 'Small', ...given };
  return account.explain(asked, options, by);
}

function seenIn(live: Live): LiveFunction {
  if (live.function === undefined) throw new Error(`nothing was read: ${live.unread}`);
  return live.function;
}

async function setAccount(given: Partial<AccountItem>): Promise<void> {
  const client = new DynamoDBClient(account.settings());
  const deployment = { account: '123456789012', region: 'us-east-1' };
  await stepAccount({ client, tableName: table, deployment, nowMs: () => START_MS }, (item) => ({
    answer: undefined,
    item: { ...item, ...given },
  }));
  client.destroy();
}

describe('a function that a guardrail knows', () => {
  it('is told with its baseline, its drift from it, and who moved it', async () => {
    const { live } = await explain('strayed');

    expect(seenIn(live())).toMatchObject({
      unseen: [],
      attachedBy: { principalArn: DEPLOYER, call: CALL },
      baseline: BASELINE,
      drift: {
        added: [...FORBIDDEN.subnetIds, ...FORBIDDEN.securityGroupIds],
        removed: [...BASELINE.subnetIds, ...BASELINE.securityGroupIds],
      },
    });
    expect(live().policy.deployedHash).toBe('another');
    expect(live().notSeen).toEqual([]);
  });

  it('would be reverted to its baseline, by the network that is there now', async () => {
    const { live } = await explain('strayed');

    expect(seenIn(live()).remediation).toEqual({
      mode: 'audit',
      inMode: { kind: 'withheld', wanted: 'revert', reason: 'the mode is audit' },
      inEnforce: {
        kind: 'revert',
        reason: 'its last good attachment is known',
        target: BASELINE,
      },
      runTime: { isKilled: false, isTripped: false },
    });
  });

  it('would be left alone where an operator or the breaker says so', async () => {
    await setAccount({ mode: 'audit', breaker: 'tripped' });
    const { live } = await explain('strayed');
    const { text } = await explain('strayed', { format: 'table' });
    await setAccount({ mode: 'enforce', breaker: 'closed' });

    expect(seenIn(live()).remediation?.runTime).toEqual({ isKilled: true, isTripped: true });
    expect(text).toContain('\nrun time    an operator set the mode to audit');
  });

  it('is told for people with what is recorded, and the history behind it', async () => {
    const client = new DynamoDBClient(account.settings());
    const entry = entryOf({
      functionArn: arnOf('strayed'),
      event: 'baseline',
      atMs: START_MS,
      after: { attachment: DETACHED },
    });
    await createKeepHistory(client, table)([entry]);
    client.destroy();
    const { text, calls } = await explain('strayed', { format: 'table' });

    expect(text).toContain('\nwhat the guardrail would do now if it had this policy\n');
    expect(text).toContain(`\ndrift       added: ${FORBIDDEN.subnetIds.join()}, `);
    expect(text).toMatch(/\nrecorded\nviolation {3}none\n/);
    expect(text).toMatch(/\nhistory\n2026-11-22 10:00:00 UTC {2}good in /);
    expect(calls.filter((call) => !/^(Get|List|Describe|Simulate|Query)/.test(call))).toEqual([]);
  });

  it('is the same document with more in it for programs', async () => {
    const { text } = await explain('strayed');
    const { text: recorded, calls } = await explain('strayed', { recorded: true });

    const { live, ...document } = JSON.parse(text);
    expect(document).toEqual(JSON.parse(recorded));
    expect(calls.toSorted()).toEqual(['DescribeStacks', 'GetCallerIdentity', 'GetItem', 'Query']);
  });

  it('is not judged where it is one of the guardrail’s own', async () => {
    await writeRecord(recordIn('beside'), account, table);
    const { live, text } = await explain('beside');

    expect(seenIn(live())).toMatchObject({ isOwn: true, verdicts: [], state: 'Active' });
    expect(seenIn(live()).sharing?.subnets[0]?.names).toEqual(['good']);
    expect(text).not.toContain('"remediation":');
  });

  it('is told where it stopped, and that it would not be quarantined again', async () => {
    await account.lambda.send(
      new PutFunctionConcurrencyCommand({
        FunctionName: 'nowhere',
        ReservedConcurrentExecutions: 0,
      }),
    );
    const { live } = await explain('nowhere');

    expect(seenIn(live()).reservedConcurrency).toBe(0);
    expect(seenIn(live()).remediation?.inEnforce).toEqual({
      kind: 'none',
      reason: 'its reserved concurrency is 0 already, so it does not run',
    });
  });
});

describe('a function that is gone', () => {
  it('is told by what is recorded', async () => {
    await account.create('brief', 'approved');
    await account.advance(600_000);
    await account.lambda.send(new DeleteFunctionCommand({ FunctionName: 'brief' }));
    await writeRecord(recordIn('brief'), account, table);
    const { status, live, text } = await explain('brief');

    expect(status).toBe(0);
    expect(live()).toMatchObject({ isGone: true, notSeen: [] });
    expect(live()).not.toHaveProperty('function');
    expect(JSON.parse(text).record).toMatchObject({ current: { attachment: FORBIDDEN } });
    const { text: said } = await explain('brief', { format: 'table' });
    expect(said).toContain('\nit is gone: there is no such function any more\n\nrecorded\n');
  });
});

describe('who may not see everything', () => {
  it('sees no record without the table, and nothing is guessed of it', async () => {
    const user = account.user(
      'no-table',
      allow('lambda:*', 'ec2:*', 'iam:*', 'servicequotas:*', 'cloudformation:DescribeStacks'),
    );
    const { live, text } = await explain('strayed', {}, user);

    expect(live().notSeen.map(({ what }) => what)).toEqual([
      'dynamodb:GetItem, dynamodb:Query',
      'dynamodb:GetItem',
    ]);
    expect(seenIn(live())).toMatchObject({ unseen: ['attachedBy', 'baseline', 'drift'] });
    expect(text).not.toContain('"remediation":');
    const { text: said } = await explain('strayed', { format: 'table' }, user);
    expect(said).toContain('\nbaseline    not seen\n');
    expect(said).toMatch(/\nhistory: not seen\n$/);
  });

  it('hears all that is recorded of a function that cannot be read', async () => {
    const user = account.user('table-only', allow('dynamodb:*', 'cloudformation:*', 'ec2:*'));
    const { status, live, text } = await explain('strayed', {}, user);

    expect(status).toBe(0);
    expect(live()).toMatchObject({
      isGone: false,
      unread: expect.stringMatching(/^could not read function `strayed`: AccessDenied/),
    });
    expect(JSON.parse(text).record.baseline.attachment).toEqual(BASELINE);
  });

  it('refuses a table that is not there', async () => {
    await expect(explain('strayed', { table: 'None' })).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringMatching(/^there is no table `None` in this account and region/),
    });
  });

  it('needs no more than the docs say, and no less', async () => {
    const statements = await documentedStatements();
    const all = account.user('documented', ...statements);
    const { live } = await explain('strayed', {}, all);
    expect(live().notSeen).toEqual([]);

    for (const [index, { Sid }] of statements.entries()) {
      const user = account.user(`without-${Sid}`, ...statements.toSpliced(index, 1));
      const needed = explain('strayed', {}, user).then(({ live: seen }) => {
        return seen().notSeen.length > 0 || seen().unread !== undefined;
      });
      expect(await needed.catch(() => true), Sid).toBe(true);
    }
  });
});

/** What the docs let an operator do, for the stack of this test. */
async function documentedStatements(): Promise<readonly { readonly Sid: string }[]> {
  const page = await readFile(join(import.meta.dirname, '../../../docs/cli-explain.md'), 'utf8');
  const [, policy = ''] = /```json\n([\s\S]*?)```/.exec(page) ?? [];
  return JSON.parse(policy.replaceAll('LambdaVpcGuardrail', 'Small')).Statement;
}
