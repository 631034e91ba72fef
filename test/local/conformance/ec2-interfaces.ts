import { IAM } from '@aws-sdk/client-iam';
import { Lambda } from '@aws-sdk/client-lambda';
import { MINIMAL } from '../lambda/small-account.ts';
import { type Ec2Scene, FUNCTIONS, given, PRIVATE_A } from './ec2-scene.ts';

const FunctionName = 'attached';

/** The network interface of a function, and what is left of it when its role is gone. */
export async function playInterfaces({ account, ec2 }: Ec2Scene): Promise<void> {
  const lambda = new Lambda(account.settings());
  const iam = new IAM(account.settings());
  const VpcConfig = { SubnetIds: [PRIVATE_A], SecurityGroupIds: [FUNCTIONS] };
  await lambda.createFunction({ FunctionName, ...MINIMAL, VpcConfig });
  await account.advance(180_000);
  const { NetworkInterfaces } = await ec2.describeNetworkInterfaces({
    Filters: [{ Name: 'interface-type', Values: ['lambda'] }],
  });
  const { NetworkInterfaceId } = given(NetworkInterfaces?.[0]);
  await ec2.createTags({
    Resources: [given(NetworkInterfaceId)],
    Tags: [{ Key: 'team', Value: 'net' }],
  });
  await ec2.describeNetworkInterfaces();
  await lambda.deleteFunction({ FunctionName });
  await forgetRole(iam, 'lambda-role');
  await account.advance(25 * 60_000);
  await ec2.deleteNetworkInterface({ NetworkInterfaceId });
  lambda.destroy();
  iam.destroy();
}

async function forgetRole(iam: IAM, RoleName: string): Promise<void> {
  const { PolicyNames = [] } = await iam.listRolePolicies({ RoleName });
  for (const PolicyName of PolicyNames) await iam.deleteRolePolicy({ RoleName, PolicyName });
  const { AttachedPolicies = [] } = await iam.listAttachedRolePolicies({ RoleName });
  for (const { PolicyArn } of AttachedPolicies) await iam.detachRolePolicy({ RoleName, PolicyArn });
  await iam.deleteRole({ RoleName });
}
