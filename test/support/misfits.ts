import { CreateSubnetCommand, EC2Client } from '@aws-sdk/client-ec2';
import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  CreateAliasCommand,
  CreateCapacityProviderCommand,
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  type LambdaClient,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import type { LocalAccount } from '../../lib/local/start-local-account.ts';
import { adminOf, type DeployedAccount, NETWORK } from './deployed-account.ts';

/** Enables every control, and acts on two of them. */
export const MISFITS_POLICY = `
controls:
  LVG.3: { onChange: revert }
  LVG.4: { egress: [{ functions: ["closed-*"], allow: none }, { functions: ["*"], allow: nat }] }
  LVG.5: { services: [s3, dynamodb, sts] }
  LVG.6: { minimumZones: 2 }
  LVG.8: { enabled: true }
  LVG.9: { enabled: true }
  LVG.10: { minimumFreeAddresses: 16 }
  LVG.11: { maximumPercent: 90 }
`;

/** Whom the functions are made by, and where. */
export interface Makers {
  readonly account: LocalAccount;
  readonly lambda: LambdaClient;
  readonly iam: IAMClient;
  readonly ec2: EC2Client;
}

/** Opens what is missing of the administrator's clients. */
export function toMakers({ account, lambda }: DeployedAccount): Makers {
  const settings = adminOf(account);
  return { account, lambda, iam: new IAMClient(settings), ec2: new EC2Client(settings) };
}

const ACCOUNT_ID = '123456789012';
const APPROVED_VPC = 'vpc-0a1b2c3d4e5f60001';
const DEDICATED_VPC = 'vpc-0dedd1ca7ed000003';
const GROUPS = NETWORK.approved.SecurityGroupIds;
const [PRIVATE_A = '', PRIVATE_B = ''] = NETWORK.approved.SubnetIds;

/** In the approved VPC, where a default route leads to the internet gateway. */
export const PUBLIC = { SubnetIds: ['subnet-0a1b2c3d4e5f6a001'], SecurityGroupIds: GROUPS };

const TRUST_LAMBDA = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
  ],
});

/** Creates a function in the approved subnets, unless it is told otherwise. */
export async function makeFunction(
  { lambda }: Pick<Makers, 'lambda'>,
  FunctionName: string,
  input: Partial<CreateFunctionCommandInput> = {},
): Promise<string> {
  const { FunctionArn = '' } = await lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: roleArn('lambda-role'),
      Code: { ZipFile: Buffer.from('never run') },
      VpcConfig: NETWORK.approved,
      ...input,
    }),
  );
  return FunctionArn;
}

/** Creates functions each of which one control stands against, and `good`, which none does. */
export async function makeMisfits(makers: Makers): Promise<void> {
  const inSubnets = (...SubnetIds: string[]) => ({
    VpcConfig: { SubnetIds, SecurityGroupIds: GROUPS },
  });
  await makeFunction(makers, 'good');
  await makeFunction(makers, 'stray', { VpcConfig: NETWORK.forbidden });
  await makeDedicated(makers);
  await makeFunction(makers, 'open', { VpcConfig: PUBLIC });
  await makeFunction(makers, 'closed-vault');
  await makeFunction(makers, 'cut-off', { VpcConfig: NETWORK.lab });
  await makeFunction(makers, 'one-zone', inSubnets(PRIVATE_A));
  await makeWithRole(makers, 'rightless', 'AWSLambdaENIManagementAccess');
  await makeWithRole(makers, 'powerful', 'AWSLambdaVPCAccessExecutionRole');
  const [SubnetIds, SecurityGroupIds] = [[PRIVATE_A, PRIVATE_B], ['sg-0a1b2c3d4e5f6d001']];
  await makeFunction(makers, 'defaulted', { VpcConfig: { SubnetIds, SecurityGroupIds } });
  await makeFunction(makers, 'crowded', inSubnets(PRIVATE_A, await makeTinySubnet(makers)));
  await makeOnProvider(makers, 'well-hosted', NETWORK.approved);
  await makeOnProvider(makers, 'ill-hosted', NETWORK.forbidden);
  await makePublished(makers);
}

/** Lambda refuses such a VPC: the function has to be there before the VPC looks like one. */
async function makeDedicated(makers: Makers): Promise<void> {
  const { vpcs } = makers.account.network;
  const vpc = vpcs.get(DEDICATED_VPC);
  if (vpc === undefined) throw new Error('the seeded network has no dedicated VPC');
  vpcs.set(DEDICATED_VPC, { ...vpc, instanceTenancy: 'default' });
  const SecurityGroupIds = ['sg-0dedd1ca7ed00f0a1'];
  await makeFunction(makers, 'tenant', {
    VpcConfig: { SubnetIds: ['subnet-0dedd1ca7ed00f001'], SecurityGroupIds },
  });
  vpcs.set(DEDICATED_VPC, vpc);
}

async function makeWithRole(makers: Makers, name: string, managedPolicy: string): Promise<void> {
  const { iam } = makers;
  const RoleName = `${name}-role`;
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: TRUST_LAMBDA }));
  const PolicyArn = `arn:aws:iam::aws:policy/service-role/${managedPolicy}`;
  await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
  await makeFunction(makers, name, { Role: roleArn(RoleName) });
}

/** The smallest that AWS makes. */
async function makeTinySubnet({ ec2 }: Makers): Promise<string> {
  const { Subnet } = await ec2.send(
    new CreateSubnetCommand({
      VpcId: APPROVED_VPC,
      CidrBlock: '172.31.20.0/28',
      AvailabilityZone: 'us-east-1b',
    }),
  );
  return Subnet?.SubnetId ?? '';
}

async function makeOnProvider(
  makers: Makers,
  name: string,
  VpcConfig: (typeof NETWORK)['approved'],
): Promise<void> {
  const { lambda, account } = makers;
  const { CapacityProvider } = await lambda.send(
    new CreateCapacityProviderCommand({
      CapacityProviderName: `${name}-capacity`,
      VpcConfig,
      PermissionsConfig: { CapacityProviderOperatorRoleArn: roleArn('lambda-role') },
    }),
  );
  await account.advance(60_000);
  const { CapacityProviderArn } = CapacityProvider ?? {};
  await makeFunction(makers, name, {
    VpcConfig: undefined,
    CapacityProviderConfig: {
      LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn },
    },
  });
}

/** Both have a version; only one of them was somewhere else when it was published. */
async function makePublished(makers: Makers): Promise<void> {
  const { account, lambda } = makers;
  await makeFunction(makers, 'well-published');
  await makeFunction(makers, 'ill-published', { VpcConfig: NETWORK.lab });
  await account.advance(600_000);
  for (const FunctionName of ['well-published', 'ill-published']) {
    await lambda.send(new PublishVersionCommand({ FunctionName }));
  }
  await lambda.send(
    new CreateAliasCommand({ FunctionName: 'ill-published', Name: 'live', FunctionVersion: '1' }),
  );
  await account.advance(600_000);
  await lambda.send(
    new UpdateFunctionConfigurationCommand({
      FunctionName: 'ill-published',
      VpcConfig: NETWORK.approved,
    }),
  );
  await account.advance(600_000);
}

function roleArn(name: string): string {
  return `arn:aws:iam::${ACCOUNT_ID}:role/${name}`;
}
