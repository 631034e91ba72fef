import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import {
  CreateFunctionCommand,
  TagResourceCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { adminOf, type DeployedAccount, NETWORK } from './deployed-account.ts';

/** What nobody but the function may know. */
export const SECRET = 'hunter2hunter2';

const NAME = 'secretive';
const RELEASE = 'lambda-vpc-guardrail-release-on-request';
const MINUTE_MS = 60_000;

/** A function full of secrets is moved where it may not be, its revert refused, and its quarantine ended by force. */
export async function playSecretive(deployed: DeployedAccount): Promise<string> {
  const { account, lambda, invoke } = deployed;
  const functionArn = await createSecretive(deployed);
  await account.advance(5 * MINUTE_MS);
  refuseNextRevert(deployed);
  const move = { FunctionName: NAME, VpcConfig: NETWORK.forbidden };
  await lambda.send(new UpdateFunctionConfigurationCommand(move));
  await account.advance(5 * MINUTE_MS);
  await invoke(RELEASE, { function: NAME, reason: 'ticket 42', force: true });
  await account.advance(MINUTE_MS);
  return functionArn;
}

async function createSecretive({ lambda }: DeployedAccount): Promise<string> {
  const { FunctionArn = '' } = await lambda.send(
    new CreateFunctionCommand({
      FunctionName: NAME,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: 'arn:aws:iam::123456789012:role/lambda-role',
      Code: { ZipFile: Buffer.from(SECRET) },
      Description: SECRET,
      Environment: { Variables: { DB_PASSWORD: SECRET } },
      Tags: { team: 'shop', password: SECRET },
      VpcConfig: NETWORK.approved,
    }),
  );
  await lambda.send(new TagResourceCommand({ Resource: FunctionArn, Tags: { token: SECRET } }));
  return FunctionArn;
}

/** AWS refuses it, and says more than it should. */
function refuseNextRevert({ account }: DeployedAccount): void {
  account.faults.add({
    service: 'lambda',
    operation: 'UpdateFunctionConfiguration*',
    caller: '*enforce*',
    count: 1,
    kind: 'error',
    name: 'InvalidParameterValueException',
    status: 400,
    message: `no read of https://code.s3.amazonaws.com/${SECRET}?token=${SECRET}`,
  });
}

/** All that the guardrail has logged, written into its table and told people. */
export async function leftBehind({ account, outputs }: DeployedAccount): Promise<string> {
  const client = new DynamoDBClient(adminOf(account));
  const items: unknown[] = [];
  try {
    const pages = paginateScan({ client }, { TableName: outputs['TableName'] });
    for await (const { Items = [] } of pages) items.push(...Items);
  } finally {
    client.destroy();
  }
  const { invocations, messages } = account.journal;
  const own = invocations.filter(({ functionName }) => /^lambda-vpc-guardrail-/.test(functionName));
  return JSON.stringify([items, messages, own.flatMap(({ logLines }) => logLines)]);
}
