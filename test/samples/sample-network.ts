import { CreateFunctionCommand, GetFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { zipSync } from 'fflate';
import { createReadNetwork } from '../../functions/adapters/ec2.ts';
import { createControlContext } from '../../functions/core/controls/evaluate-controls.ts';
import { CONTROLS } from '../../functions/core/controls/registry.ts';
import type { FullAccount } from '../local/full-account.ts';
import { policyOf } from '../support/compiled-policy.ts';

/** What a policy says of each control that judges a network, where it says more than its default. */
const PARAMETERS: Readonly<Record<string, object>> = {
  'LVG.3': {},
  'LVG.4': {},
  'LVG.5': { services: ['s3', 'dynamodb'] },
  'LVG.6': { minimumZones: 2 },
  'LVG.9': {},
};

/** What is judged of a function: the way out that is wanted, and the services. */
export interface Wanted {
  readonly allow: 'nat' | 'none';
  readonly services?: readonly string[];
}

/** Creates a function in a network, and waits until it is there. */
export async function attachFunction(
  account: FullAccount,
  name: string,
  place: { readonly subnetIds: readonly string[]; readonly groupId: string },
): Promise<void> {
  const lambda = new LambdaClient(account.settings());
  const source = new TextEncoder().encode('exports.handler = async () => {};');
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: 'arn:aws:iam::123456789012:role/lambda-role',
      Code: { ZipFile: zipSync({ 'index.js': source }) },
      VpcConfig: { SubnetIds: [...place.subnetIds], SecurityGroupIds: [place.groupId] },
    }),
  );
  await account.advance(120_000);
  lambda.destroy();
}

/** What the controls say of the network that a function is attached to, as the guardrail reads it. */
export async function judgeNetwork(
  account: FullAccount,
  functionName: string,
  { allow, services }: Wanted,
): Promise<Readonly<Record<string, string>>> {
  const lambda = new LambdaClient(account.settings());
  const { Configuration = {} } = await lambda.send(
    new GetFunctionCommand({ FunctionName: functionName }),
  );
  lambda.destroy();
  const { FunctionArn: functionArn = '', VpcConfig = {}, State = '' } = Configuration;
  const { VpcId: vpcId = '', SubnetIds = [], SecurityGroupIds = [] } = VpcConfig;
  const network = await createReadNetwork(account.settings())([vpcId]);
  const inquiry = {
    subject: {
      functionArn,
      attachment: {
        vpcId,
        subnetIds: SubnetIds,
        securityGroupIds: SecurityGroupIds,
        ipv6AllowedForDualStack: false,
      },
      call: 'CreateFunction' as const,
      hasCapacityProvider: false,
    },
    facts: { network: { value: network } },
    context: createControlContext(policyOf()),
  };
  const verdicts = CONTROLS.filter(({ id }) => id in PARAMETERS).map((control) => {
    const given = {
      ...control.defaults.parameters,
      ...PARAMETERS[control.id],
      ...(control.id === 'LVG.4' ? { egress: [{ functions: ['*'], allow }] } : {}),
      ...(control.id === 'LVG.5' && services !== undefined ? { services } : {}),
    };
    return [control.id, control.judge(inquiry, given)?.status ?? 'not asked'] as const;
  });
  return { State, ...Object.fromEntries(verdicts) };
}
