import {
  type FunctionConfiguration,
  GetFunctionConfigurationCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { parseAwsError } from '../../../functions/adapters/aws-errors.ts';
import { attachmentOf } from '../../../functions/adapters/function-configuration.ts';
import type { Attachment } from '../../../functions/core/attachment.ts';
import { functionNameOf } from '../../../functions/core/function-name.ts';
import { type AwsAccess, callFailed, clientSettingsOf } from '../aws-access.ts';
import { printable } from '../printable.ts';
import { UsageError } from '../usage-error.ts';

/** States in which AWS runs the attachment that it names. */
const RUNNING: readonly (string | undefined)[] = ['Active', 'Inactive'];

/** Reads where a function is attached; refuses what AWS does not run, or not yet. */
export async function readAttachment(functionArn: string, access: AwsAccess): Promise<Attachment> {
  const configuration = await readConfiguration(functionArn, access);
  const { State, LastUpdateStatus = 'Successful' } = configuration;
  if (RUNNING.includes(State) && LastUpdateStatus === 'Successful') {
    return attachmentOf(configuration);
  }
  const status = RUNNING.includes(State)
    ? `its last update is ${LastUpdateStatus}`
    : `it is ${State}`;
  throw new Error(
    `AWS does not run the attachment that it names, for ${printable(status)}: ask again once it does, or name one with --subnets and --security-groups`,
  );
}

async function readConfiguration(
  functionArn: string,
  access: AwsAccess,
): Promise<FunctionConfiguration> {
  const client = new LambdaClient(clientSettingsOf(access));
  const name = functionNameOf(functionArn);
  try {
    return await client.send(new GetFunctionConfigurationCommand({ FunctionName: functionArn }));
  } catch (error) {
    if (parseAwsError(error).name !== 'ResourceNotFoundException') {
      throw callFailed(error, `could not read the function \`${name}\``);
    }
    throw new UsageError(`there is no function \`${name}\` in this account and region`, {
      cause: error,
    });
  } finally {
    client.destroy();
  }
}
