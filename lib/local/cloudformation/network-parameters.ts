import { type AccountCore, callService } from '../account-core.ts';
import type { Caller } from '../identity/caller.ts';
import { AwsFault } from '../wire/aws-fault.ts';
import type { Target } from './stack.ts';
import { validationError } from './validation-error.ts';

/** How to find out whether a value exists, by the type of its parameter. */
const LOOKUPS: ReadonlyMap<string, readonly [operation: string, member: string]> = new Map([
  ['AWS::EC2::AvailabilityZone::Name', ['DescribeAvailabilityZones', 'ZoneNames']],
  ['AWS::EC2::SecurityGroup::Id', ['DescribeSecurityGroups', 'GroupIds']],
  ['AWS::EC2::Subnet::Id', ['DescribeSubnets', 'SubnetIds']],
  ['AWS::EC2::VPC::Id', ['DescribeVpcs', 'VpcIds']],
]);

/** Tells whether a parameter of this type has to name something in EC2. */
export function isNetworkType(type: string): boolean {
  return LOOKUPS.has(type);
}

/** Refuses a parameter that names something in EC2 which does not exist; asks for whoever wants the stack. */
export async function checkNetworkParameters(
  core: AccountCore,
  caller: Caller,
  { template, values }: Target,
): Promise<void> {
  for (const [name, { type }] of template.parameters) {
    const [, item = type] = /^List<(.+)>$/.exec(type) ?? [];
    const lookup = LOOKUPS.get(item);
    if (lookup === undefined) continue;
    const held = values.get(name);
    for (const value of Array.isArray(held) ? held : [held]) {
      await checkOne(core, caller, { name, value: String(value), lookup });
    }
  }
}

async function checkOne(
  core: AccountCore,
  caller: Caller,
  asked: {
    readonly name: string;
    readonly value: string;
    readonly lookup: readonly [operation: string, member: string];
  },
): Promise<void> {
  const { name, value, lookup } = asked;
  const [operation, member] = lookup;
  try {
    await callService(core, caller, { service: 'ec2', operation, input: { [member]: [value] } });
  } catch (cause) {
    const isMissing = cause instanceof AwsFault && /NotFound|Malformed|Invalid/.test(cause.code);
    if (!isMissing) throw cause;
    throw validationError(
      `Parameter validation failed: parameter value ${value} for parameter name ${name} does not exist`,
      { cause },
    );
  }
}
