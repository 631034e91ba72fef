import { DeleteItemCommand, DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { vi } from 'vitest';
import { createRecordPorts } from '../../../functions/adapters/dynamodb.ts';
import { createBudgetPorts } from '../../../functions/adapters/dynamodb-budget.ts';
import type { Limit } from '../../../functions/core/policy.ts';
import { deployAssembly } from '../../../lib/cli/deploy-assembly.ts';
import { runApprove } from '../../../lib/cli/operator/breaker-command.ts';
import type { OperatorOptions } from '../../../lib/cli/operator/operator-account.ts';
import type { Terminal } from '../../../lib/cli/terminal.ts';
import { startFullAccount } from '../../local/full-account.ts';
import { ATTACHMENTS } from '../../support/builders.ts';
import { createDrill } from '../../support/drill.ts';
import { fakeTerminal, folderOf } from '../policy/fake-terminal.ts';
import { createSmallAssembly } from '../small-assembly.ts';

/** What the deployed policy says. */
export const POLICY_HASH = 'a'.repeat(64);

/** When an operator types a command, in the account; the guardrail's handlers are a minute behind. */
export const NOW_MS = Date.UTC(2026, 10, 22, 12);

/** The operator's machine believes that it is another month. */
const WRONG_MS = Date.UTC(2026, 8, 1);

/** The function that asks for remediations. */
export const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:orders-api';

/** Whoever calls is an administrator of the local account. */
export const ADMIN = /^arn:aws:iam::123456789012:/;

/** What trips the breaker. */
export const NEW_POLICY = {
  reason: 'new-policy',
  policyHash: POLICY_HASH,
  limit: { max: 25, perMinutes: 15 },
  count: 26,
} as const;

/** A plan for that function. */
export const PLAN = {
  policyHash: POLICY_HASH,
  functions: ['orders-api'],
  max: 1,
  expires: '2026-11-22T13:00:00Z',
};

/** The call that the commands print. */
export const RESCAN = 'aws lambda invoke --function-name shop-rescan-on-request /dev/stdout';

const KEYS = ['pk', 'sk'];
const KEY = { pk: { S: 'account#123456789012#us-east-1' }, sk: { S: 'state' } };

type OperatorCommand = (options: OperatorOptions, terminal: Terminal) => Promise<number>;

/** A local account with a table that a stack's outputs name, as those of the guardrail's stack do. */
export async function startOperatorStack() {
  const account = await startFullAccount();
  const { endpoint, region, credentials } = account.settings();
  vi.stubEnv('AWS_ENDPOINT_URL', endpoint);
  vi.stubEnv('AWS_REGION', region);
  vi.stubEnv('AWS_ACCESS_KEY_ID', credentials.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', credentials.secretAccessKey);
  const assembly = await createSmallAssembly();
  await assembly.writeTemplate({
    Resources: { One: tableOf('one') },
    Outputs,
  });
  const { stackName } = await deployAssembly({
    endpoint,
    region,
    credentials,
    account: '123456789012',
    assemblyDir: assembly.dir,
    wait: () => account.advance(1000),
  });
  await assembly.remove();
  await account.clock.reach(NOW_MS);
  const client = new DynamoDBClient(account.settings());
  const options: OperatorOptions = { stack: stackName, format: 'json' };
  const deployment = { account: '123456789012', region };
  const nowMs = () => NOW_MS - 60_000;
  const handler = createBudgetPorts({ client, tableName: 'one', deployment, nowMs });
  const run = async (command: OperatorCommand, given: Partial<OperatorOptions> = {}) => {
    const { terminal, told, printed } = fakeTerminal({ nowMs: WRONG_MS });
    const status = await command({ ...options, ...given }, terminal);
    return { status, told, text: printed(), json: () => JSON.parse(printed()) };
  };
  return {
    options,
    /** The ports of a handler of the guardrail. */
    handler,
    /** One remediation that asks for budget. */
    ask: (remediationId: string, limit: Limit = NEW_POLICY.limit) => {
      const request = { remediationId, functionArn: FUNCTION, policyHash: POLICY_HASH };
      return handler.takeToken({ ...request, isCounted: true }, limit);
    },
    /** Runs a command and answers what it printed. */
    run,
    approve: async (plan: unknown) => {
      using folder = folderOf({ 'plan.json': plan });
      const file = folder.path('plan.json');
      const answer = await run((asked, terminal) => runApprove({ ...asked, plan: file }, terminal));
      return { ...answer, file };
    },
    /** Lets so much time pass in the account. */
    advance: account.advance,
    /** The guardrail looks at the function for the first time. */
    look: async () => {
      const drill = createDrill();
      drill.create(ATTACHMENTS.approved);
      await drill.run();
      await createRecordPorts(client, 'one').writeRecord({ ...drill.record(), version: 0 });
    },
    setByHand: async (name: string, value: string) => {
      await client.send(
        new UpdateItemCommand({
          TableName: 'one',
          Key: KEY,
          UpdateExpression: 'SET #name = :value',
          ExpressionAttributeNames: { '#name': name },
          ExpressionAttributeValues: { ':value': { S: value } },
        }),
      );
    },
    /** Forgets all that was written. */
    clear: () => client.send(new DeleteItemCommand({ TableName: 'one', Key: KEY })),
    close: async () => {
      client.destroy();
      await account.close();
      vi.unstubAllEnvs();
    },
  };
}

const Outputs = {
  TableName: { Value: { Ref: 'One' } },
  DeployedMode: { Value: 'audit' },
  PolicyHash: { Value: POLICY_HASH },
  RescanFunctionName: { Value: 'shop-rescan-on-request' },
};

function tableOf(TableName: string) {
  return {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: KEYS.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: KEYS.map((AttributeName, index) => ({
        AttributeName,
        KeyType: index === 0 ? 'HASH' : 'RANGE',
      })),
    },
  };
}
