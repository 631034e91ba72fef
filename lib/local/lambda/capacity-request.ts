import type {
  CapacityProviderConfig,
  CapacityProviderVpcConfig,
  CreateFunctionRequest,
  UpdateFunctionConfigurationRequest,
} from '@aws-sdk/client-lambda';
import type { Network } from '../ec2/network.ts';
import { checkLength, checkOneVpc, findSubnet } from './attachment-request.ts';
import { conflict, constraintBroken, invalidParameter, lambdaFault, notFound } from './faults.ts';
import type { LambdaContext } from './lambda-context.ts';
import type { StoredCapacityProvider } from './stored-capacity-provider.ts';
import type { Configuration } from './stored-function.ts';

const PATTERN =
  '(arn:aws[a-zA-Z-]*:lambda:[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:capacity-provider:[a-zA-Z0-9-_]+)|[a-zA-Z0-9-_]+';
const MIN_MEMORY = 2048;

/** Reads the name of a capacity provider, or its ARN. */
export function providerNameOf(
  { core }: LambdaContext,
  text = '',
): { readonly name: string; readonly arn: string } {
  if (!new RegExp(`^(?:${PATTERN})$`).test(text) || text.length > 140) {
    const constraint = `Member must satisfy regular expression pattern: ${PATTERN}`;
    throw constraintBroken({ member: 'capacityProviderName', value: text, constraint });
  }
  const name = text.slice(text.lastIndexOf(':') + 1);
  const arn = `arn:aws:lambda:${core.region}:${core.accountId}:capacity-provider:${name}`;
  return { name, arn: text.startsWith('arn:') ? text : arn };
}

/** The capacity provider that a caller names; the text of the refusal is not verified against AWS. */
export function findProvider(
  context: LambdaContext,
  text: string | undefined,
): StoredCapacityProvider {
  const { name, arn } = providerNameOf(context, text);
  const provider = context.capacityProviders.get(name);
  if (provider?.CapacityProviderArn === arn) return provider;
  throw notFound(`Capacity provider not found: ${arn}`);
}

/** Checks where a capacity provider is to run instances: what is refused there beside is not verified against AWS. */
export function checkProviderNetwork(
  network: Network,
  vpcConfig: Partial<CapacityProviderVpcConfig> | undefined,
): CapacityProviderVpcConfig {
  const { SubnetIds, SecurityGroupIds } = vpcConfig ?? {};
  if (SubnetIds === undefined || SecurityGroupIds === undefined) {
    const member = `vpcConfig.${SubnetIds === undefined ? 'subnetIds' : 'securityGroupIds'}`;
    throw constraintBroken({ member, value: 'null', constraint: 'Member must not be null' });
  }
  checkLength({ SubnetIds, SecurityGroupIds });
  const [first, ...others] = SubnetIds.map((id) => findSubnet(network, id));
  if (first === undefined) {
    const constraint = 'Member must have length greater than or equal to 1';
    throw constraintBroken({ member: 'vpcConfig.subnetIds', value: SubnetIds, constraint });
  }
  checkOneVpc(network, first.vpcId, { subnets: others, groupIds: SecurityGroupIds });
  return { SubnetIds, SecurityGroupIds };
}

/** The ARN of the capacity provider that a call puts a function on; undefined where it names none. */
export function requestedProvider(config: CapacityProviderConfig | undefined): string | undefined {
  return config?.LambdaManagedInstancesCapacityProviderConfig?.CapacityProviderArn;
}

/**
 * Refuses what a function on a capacity provider cannot have; `present` is the function that is changed.
 *
 * That `$LATEST` of such a function is invoked like any other, and the texts but two, are not verified against AWS.
 */
export function checkOnProvider(
  context: LambdaContext,
  request: CreateFunctionRequest | UpdateFunctionConfigurationRequest,
  present?: Configuration,
): void {
  const { CapacityProviderConfig: wanted } = request;
  if (wanted !== undefined) checkWanted(context, wanted, present);
  if (wanted === undefined && present?.CapacityProviderConfig === undefined) return;
  if ((request.VpcConfig?.SubnetIds ?? []).length > 0) {
    throw invalidParameter(
      'VpcConfig is not supported for functions on a capacity provider: its own VpcConfig applies.',
    );
  }
  const memory = request.MemorySize ?? MIN_MEMORY;
  if (memory >= MIN_MEMORY) return;
  throw lambdaFault(
    'ValidationException',
    400,
    `Lambda Managed Instance functions must have memory size greater than or equal to ${MIN_MEMORY}`,
  );
}

function checkWanted(
  context: LambdaContext,
  wanted: CapacityProviderConfig,
  present: Configuration | undefined,
): void {
  if (present !== undefined && present.CapacityProviderConfig === undefined) {
    throw invalidParameter("CapacityProviderConfig isn't supported for Lambda Default functions.");
  }
  const arn = requestedProvider(wanted);
  if (!arn?.startsWith('arn:')) {
    throw constraintBroken({
      member:
        'capacityProviderConfig.lambdaManagedInstancesCapacityProviderConfig.capacityProviderArn',
      value: arn ?? 'null',
      constraint: 'Member must be the ARN of a capacity provider',
    });
  }
  const { State, CapacityProviderArn } = findProvider(context, arn);
  if (State === 'Active') return;
  throw conflict(
    `The capacity provider is currently in the following state: ${State}: ${CapacityProviderArn}`,
  );
}

/** What a function on a capacity provider has where its creation names no size. */
export const PROVIDER_DEFAULTS = { MemorySize: MIN_MEMORY } as const;
