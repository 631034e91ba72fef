import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { parseFunctionName, toFunctionArn } from '../../functions/core/function-name.ts';
import { quote } from '../../functions/core/quote.ts';
import { type AwsAccess, callFailed, clientSettingsOf } from './aws-access.ts';
import { UsageError } from './usage-error.ts';

/** Answers the ARN of a function that may be named in any form; AWS is asked only for what that does not say. */
export async function findFunctionArn(asked: string, access: AwsAccess = {}): Promise<string> {
  const name = parseFunctionName(asked);
  if (name === undefined) {
    throw new UsageError(`expected the name or the ARN of a function, got ${quote(asked)}`);
  }
  const { account, region } = name;
  if (account !== undefined && region !== undefined) {
    return toFunctionArn(name, { account, region });
  }
  const client = new STSClient(clientSettingsOf(access));
  try {
    return toFunctionArn(name, {
      region: region ?? (await client.config.region()),
      account: account ?? (await readAccount(client)),
    });
  } catch (error) {
    throw callFailed(error, 'could not ask AWS which account this is');
  } finally {
    client.destroy();
  }
}

async function readAccount(client: STSClient): Promise<string> {
  const { Account = '' } = await client.send(new GetCallerIdentityCommand({}));
  return Account;
}
