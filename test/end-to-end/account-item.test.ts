import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  DynamoDBClient,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import {
  GetFunctionCommand,
  InvokeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createBudgetPorts } from '../../functions/adapters/dynamodb-budget.ts';
import { runApprove, runReset } from '../../lib/cli/operator/breaker-command.ts';
import { fakeTerminal, folderOf } from '../cli/policy/fake-terminal.ts';
import {
  adminOf,
  type DeployedAccount,
  NETWORK,
  startDeployedAccount,
} from '../support/deployed-account.ts';

const PAGE = join(import.meta.dirname, '../../docs/operations.md');
const MINUTE_MS = 60_000;
const APPROVED = 'a'.repeat(64);

describe('the commands of docs/operations.md on the account item', () => {
  let deployed: DeployedAccount;
  let dynamodb: DynamoDBClient;

  beforeAll(async () => {
    deployed = await startDeployedAccount();
    vi.stubEnv('AWS_ENDPOINT_URL', deployed.account.endpoint);
    vi.stubEnv('AWS_REGION', 'us-east-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
    dynamodb = new DynamoDBClient(adminOf(deployed.account));
  });

  afterAll(async () => {
    vi.unstubAllEnvs();
    dynamodb.destroy();
    await deployed.close();
  });

  const type = async (section: string, change = (values: string) => values): Promise<void> => {
    const command = await commandUnder(section);
    const input = parseCommand(change(command));
    await dynamodb.send(
      new UpdateItemCommand({ ...input, TableName: deployed.outputs['TableName'] }),
    );
  };
  const reservedOf = async (FunctionName: string) => {
    const answer = await deployed.lambda.send(new GetFunctionCommand({ FunctionName }));
    return answer.Concurrency?.ReservedConcurrentExecutions;
  };

  const subnetsOf = async (FunctionName: string) => {
    const answer = await deployed.lambda.send(new GetFunctionCommand({ FunctionName }));
    return answer.Configuration?.VpcConfig?.SubnetIds;
  };

  it('stop the next write, tell people that it was withheld, and switch it on again', async () => {
    const { account, create, invoke } = deployed;
    await type('Stop it, now');
    await create('stray');
    await account.advance(MINUTE_MS);
    expect(await reservedOf('stray')).toBeUndefined();
    expect(account.journal.messages.map(({ subject }) => subject)).toEqual(
      expect.arrayContaining([expect.stringMatching(/stray.*withheld/)]),
    );

    await type('Stop it, now', (command) => command.replace('"S":"audit"', '"S":"enforce"'));
    await invoke('lambda-vpc-guardrail-rescan-on-request', { functions: ['stray'] });
    await account.advance(MINUTE_MS);
    expect(await reservedOf('stray')).toBe(0);
  });

  it('close a breaker that is tripped, so that a revert may be done again', async () => {
    const { account, create, lambda } = deployed;
    await create('good', NETWORK.approved);
    await account.advance(5 * MINUTE_MS);
    const budget = budgetOf(deployed, dynamodb);
    await budget.approvePolicy(APPROVED);
    await type('The breaker', (command) => command.replace('"S":"closed"', '"S":"tripped"'));
    const detach = { FunctionName: 'good', VpcConfig: NETWORK.detached };
    await lambda.send(new UpdateFunctionConfigurationCommand(detach));
    await account.advance(5 * MINUTE_MS);
    expect(await subnetsOf('good')).toEqual([]);

    await type('The breaker');
    expect(await budget.readBreaker()).toEqual({
      isTripped: false,
      isKilled: false,
      approvedPolicy: APPROVED,
    });
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'good', Timeout: 9 }));
    await account.advance(5 * MINUTE_MS);

    expect(await subnetsOf('good')).toEqual(NETWORK.approved.SubnetIds);
  });

  it('trip once for many, let a plan through, and reset for the rest', async () => {
    const { account, create, lambda, outputs } = deployed;
    const detach = (FunctionName: string) =>
      lambda.send(
        new UpdateFunctionConfigurationCommand({ FunctionName, VpcConfig: NETWORK.detached }),
      );
    const say = () => fakeTerminal({ nowMs: account.clock.nowMs() });
    /** Types the call that a command printed. */
    const rescan = async ({ printed }: ReturnType<typeof say>) => {
      const { rescan: call } = JSON.parse(printed());
      const [, FunctionName] = /--function-name (\S+)/.exec(call) ?? [];
      await lambda.send(new InvokeCommand({ FunctionName }));
      await account.advance(5 * MINUTE_MS);
    };
    const options = { stack: 'LambdaVpcGuardrail', format: 'json' } as const;
    await create('one', NETWORK.approved);
    await create('two', NETWORK.approved);
    await account.advance(5 * MINUTE_MS);
    await type('The breaker');
    await fillWindow(deployed, dynamodb);

    await Promise.all(['one', 'two'].map(detach));
    await account.advance(5 * MINUTE_MS);

    expect([await subnetsOf('one'), await subnetsOf('two')]).toEqual([[], []]);
    const told = account.journal.messages.filter(({ subject = '' }) => /breaker/.test(subject));
    expect(told).toMatchObject([{ attributes: { severity: 'critical' } }]);

    using folder = folderOf({
      'plan.json': {
        policyHash: outputs['PolicyHash'],
        functions: ['one'],
        max: 1,
        expires: new Date(account.clock.nowMs() + 60 * MINUTE_MS).toISOString(),
      },
    });
    const approved = say();
    await runApprove({ ...options, plan: folder.path('plan.json') }, approved.terminal);
    await rescan(approved);

    expect(await subnetsOf('one')).toEqual(NETWORK.approved.SubnetIds);
    expect(await subnetsOf('two')).toEqual([]);

    const reset = say();
    await runReset({ ...options, reason: 'the flood is understood' }, reset.terminal);
    await rescan(reset);

    expect(await subnetsOf('two')).toEqual(NETWORK.approved.SubnetIds);
  });
});

/** As if so many remediations had just been done: the next one is too many. */
async function fillWindow(deployed: DeployedAccount, client: DynamoDBClient): Promise<void> {
  const { takeToken } = budgetOf(deployed, client);
  const asked = { functionArn: 'any', policyHash: 'any', isCounted: true };
  for (let index = 0; index < 25; index += 1) {
    await takeToken({ ...asked, remediationId: `r-${index}` }, { max: 25, perMinutes: 15 });
  }
}

/** The budget as a handler of the guardrail sees it. */
function budgetOf({ account, outputs }: DeployedAccount, client: DynamoDBClient) {
  return createBudgetPorts({
    client,
    tableName: `${outputs['TableName']}`,
    deployment: { account: '123456789012', region: 'us-east-1' },
    nowMs: account.clock.nowMs,
  });
}

async function commandUnder(section: string): Promise<string> {
  const page = await readFile(PAGE, 'utf8');
  const [, text = ''] = page.split(`## ${section}\n`);
  const [, command = ''] = /```sh\n(aws [\s\S]*?)```/.exec(text) ?? [];
  return command;
}

/** Reads the options of an `aws dynamodb update-item` command. */
function parseCommand(command: string): Omit<UpdateItemCommandInput, 'TableName'> {
  const option = (name: string) => new RegExp(`--${name} '([^']*)'`).exec(command)?.[1];
  const names = option('expression-attribute-names');
  return {
    Key: JSON.parse(option('key') ?? ''),
    UpdateExpression: option('update-expression'),
    ExpressionAttributeValues: JSON.parse(option('expression-attribute-values') ?? ''),
    ...(names === undefined ? {} : { ExpressionAttributeNames: JSON.parse(names) }),
  };
}
