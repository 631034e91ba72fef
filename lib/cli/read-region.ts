import { LambdaClient } from '@aws-sdk/client-lambda';
import { type AwsAccess, callFailed, clientSettingsOf } from './aws-access.ts';

/** Answers the region that a command works in: the environment or the profile says it, and nobody is asked. */
export async function readRegion(access: AwsAccess): Promise<string> {
  const client = new LambdaClient(clientSettingsOf(access));
  try {
    return await client.config.region();
  } catch (error) {
    throw callFailed(error, 'could not tell the region');
  } finally {
    client.destroy();
  }
}
