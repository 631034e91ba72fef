import {
  DescribeVpcAttribute$,
  type DescribeVpcAttributeRequest,
  type DescribeVpcAttributeResult,
  ModifyVpcAttribute$,
  type ModifyVpcAttributeRequest,
} from '@aws-sdk/client-ec2';
import type { AccountCore } from '../account-core.ts';
import type { Given } from '../wire/given.ts';
import { type Operation, operation } from '../wire/operation.ts';
import { checkDryRun, defineChange } from './define-change.ts';
import { ec2Fault, findById, invalidValue, missingParameter } from './ec2-faults.ts';
import type { RoutedNetwork, Vpc } from './network.ts';
import { findOwnVpc } from './ownership.ts';
import { ec2Arn } from './views.ts';

type ModifyInput = Given<ModifyVpcAttributeRequest, 'VpcId'>;
type DescribeInput = Given<DescribeVpcAttributeRequest, 'VpcId' | 'Attribute'>;

/** The operations on the attributes of VPCs: whether AWS resolves names, and gives some. */
export function vpcAttributeOperations(
  core: AccountCore,
  network: RoutedNetwork,
): readonly Operation[] {
  const needs =
    (action: string) =>
    ({ VpcId }: { readonly VpcId: string }) => [{ action, resource: ec2Arn(core, 'vpc', VpcId) }];
  return [
    defineChange<ModifyInput, void>(ModifyVpcAttribute$, {
      needs: needs('ec2:ModifyVpcAttribute'),
      handle: (input) => {
        const vpc = findOwnVpc(network, input.VpcId);
        network.vpcs.set(vpc.vpcId, { ...vpc, ...readAttribute(input) });
      },
    }),
    operation<DescribeInput, DescribeVpcAttributeResult>(DescribeVpcAttribute$, {
      needs: needs('ec2:DescribeVpcAttribute'),
      handle: (input) => {
        checkDryRun(input);
        return describeAttribute(findById(network.vpcs, 'vpc', input.VpcId), input.Attribute);
      },
    }),
  ];
}

/** AWS: a call changes one attribute. */
function readAttribute(input: ModifyInput): Partial<Vpc> {
  const { VpcId: _vpc, ...attributes } = input;
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined);
  if (given.length === 0) throw missingParameter('enableDnsSupport or enableDnsHostnames');
  if (given.length > 1) {
    const message = 'Only one VPC attribute can be modified at a time';
    throw ec2Fault('InvalidParameterCombination', message);
  }
  const { EnableDnsSupport: support, EnableDnsHostnames: hostnames } = input;
  if (support !== undefined) return { hasDnsSupport: support.Value === true };
  if (hostnames !== undefined) return { hasDnsHostnames: hostnames.Value === true };
  return { hasAddressUsageMetrics: input.EnableNetworkAddressUsageMetrics?.Value === true };
}

/** AWS: a new VPC resolves names, and gives none. */
function describeAttribute(vpc: Vpc, attribute: string): DescribeVpcAttributeResult {
  const { vpcId: VpcId, hasDnsSupport = true, hasDnsHostnames = false } = vpc;
  if (attribute === 'enableDnsSupport') {
    return { VpcId, EnableDnsSupport: { Value: hasDnsSupport } };
  }
  if (attribute === 'enableDnsHostnames') {
    return { VpcId, EnableDnsHostnames: { Value: hasDnsHostnames } };
  }
  if (attribute === 'enableNetworkAddressUsageMetrics') {
    const { hasAddressUsageMetrics = false } = vpc;
    return { VpcId, EnableNetworkAddressUsageMetrics: { Value: hasAddressUsageMetrics } };
  }
  throw invalidValue('attribute', attribute, 'The local account does not know this attribute.');
}
