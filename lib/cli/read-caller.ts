import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Home } from '../../functions/core/function-name.ts';
import { type AwsAccess, callFailed, clientSettingsOf } from './aws-access.ts';

/** Who calls AWS, and where. */
export interface Caller extends Home {
  readonly callerArn: string;
}

/** Asks AWS whose credentials these are, which takes no permission. */
export async function readCaller(access: AwsAccess): Promise<Caller> {
  const client = new STSClient(clientSettingsOf(access));
  try {
    const region = await client.config.region();
    const { Account = '', Arn = '' } = await client.send(new GetCallerIdentityCommand({}));
    return { account: Account, region, callerArn: Arn };
  } catch (error) {
    throw callFailed(error, 'could not ask AWS which account this is');
  } finally {
    client.destroy();
  }
}
