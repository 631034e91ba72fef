import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  DynamoDBClient,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { GetFunctionCommand, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  adminOf,
  type DeployedAccount,
  NETWORK,
  startDeployedAccount,
} from '../support/deployed-account.ts';

const PAGE = join(import.meta.dirname, '../../docs/operations.md');
const MINUTE_MS = 60_000;

describe('the commands of docs/operations.md on the account item', () => {
  let deployed: DeployedAccount;
  let dynamodb: DynamoDBClient;

  beforeAll(async () => {
    deployed = await startDeployedAccount();
    dynamodb = new DynamoDBClient(adminOf(deployed.account));
  });

  afterAll(async () => {
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
    await type('The breaker', (command) => command.replace('"S":"closed"', '"S":"tripped"'));
    const detach = { FunctionName: 'good', VpcConfig: NETWORK.detached };
    await lambda.send(new UpdateFunctionConfigurationCommand(detach));
    await account.advance(5 * MINUTE_MS);
    expect(await subnetsOf('good')).toEqual([]);

    await type('The breaker');
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'good', Timeout: 9 }));
    await account.advance(5 * MINUTE_MS);

    expect(await subnetsOf('good')).toEqual(NETWORK.approved.SubnetIds);
  });
});

async function commandUnder(section: string): Promise<string> {
  const page = await readFile(PAGE, 'utf8');
  const [, text = ''] = page.split(`## ${section}\n`);
  const [, command = ''] = /```sh\n([\s\S]*?)```/.exec(text) ?? [];
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
