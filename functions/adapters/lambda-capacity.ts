import { GetCapacityProviderCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { type Attachment, toAttachment } from '../core/attachment.ts';
import { observationFailed, parseAwsError } from './aws-errors.ts';

/** Builds the port that reads where a capacity provider runs functions; AWS does not name its VPC. */
export function createReadCapacityProvider(
  client: LambdaClient,
): (capacityProviderArn: string) => Promise<Attachment | undefined> {
  return async (capacityProviderArn) => {
    try {
      // AWS: takes the ARN in place of the name.
      const command = new GetCapacityProviderCommand({ CapacityProviderName: capacityProviderArn });
      const { CapacityProvider } = await client.send(command);
      const subnetIds = CapacityProvider?.VpcConfig?.SubnetIds;
      if (subnetIds === undefined) throw new Error('the answer has no VpcConfig');
      const securityGroupIds = CapacityProvider?.VpcConfig?.SecurityGroupIds;
      return toAttachment({ subnetIds, securityGroupIds });
    } catch (error) {
      if (parseAwsError(error).name === 'ResourceNotFoundException') return;
      throw observationFailed(error, `could not read capacity provider \`${capacityProviderArn}\``);
    }
  };
}
