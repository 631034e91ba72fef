import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { type AwsAccess, clientSettingsOf } from './aws-access.ts';

/** Counts the functions of an account in its region with one call; undefined where AWS does not say. */
export async function countFunctions(access: AwsAccess): Promise<number | undefined> {
  const client = new LambdaClient(clientSettingsOf(access));
  try {
    const { AccountUsage } = await client.send(new GetAccountSettingsCommand({}));
    return AccountUsage?.FunctionCount;
  } catch {
    return undefined;
  } finally {
    client.destroy();
  }
}
