import { only } from '../property-value.ts';
import type { ResourceType, ResourceWork } from '../resource-type.ts';
import { applyEc2Tags, TAGS, tagsOfNew } from './ec2-tags.ts';

const CREATED_WITH = ['AllocationId', 'ConnectivityType', 'SubnetId'];
const POLL_EVERY_MS = 5000;

/** AWS::EC2::NatGateway. */
export const ec2NatGateway: ResourceType = {
  name: 'AWS::EC2::NatGateway',
  properties: { AllocationId: true, ConnectivityType: true, SubnetId: true, Tags: TAGS },
  required: ['SubnetId'],
  attributes: ['EniId', 'NatGatewayId'],
  replacedBy: CREATED_WITH,
  create: async (work, properties) => {
    const { NatGateway } = await work.call<{ NatGateway: GatewayAnswer }>(
      'ec2',
      'CreateNatGateway',
      { ...only(properties, CREATED_WITH), ...tagsOfNew('natgateway', properties) },
    );
    const { NatGatewayId, NatGatewayAddresses: [address] = [] } = NatGateway;
    const attributes = { NatGatewayId, EniId: address?.NetworkInterfaceId ?? '' };
    const made = { physicalId: NatGatewayId, attributes };
    work.exists(made);
    const { State, FailureMessage = '' } = await untilSettled(work, NatGatewayId, 'pending');
    if (State === 'available') return made;
    throw new Error(
      `NatGateway ${NatGatewayId} is in state ${State} and hence failed to stabilize. Detailed failure message: ${FailureMessage}`,
    );
  },
  update: async (work, properties, { physicalId, attributes, properties: before }) => {
    await applyEc2Tags(work, physicalId, { now: properties, before });
    return { physicalId, attributes };
  },
  remove: async (work, { physicalId: NatGatewayId }) => {
    await work.call('ec2', 'DeleteNatGateway', { NatGatewayId });
    await untilSettled(work, NatGatewayId, 'deleting');
  },
};

interface GatewayAnswer {
  readonly NatGatewayId: string;
  readonly NatGatewayAddresses?: readonly { readonly NetworkInterfaceId?: string }[];
  readonly State: string;
  readonly FailureMessage?: string;
}

/** Waits in virtual time until a gateway leaves a state. */
async function untilSettled(
  work: ResourceWork,
  id: string,
  leaving: string,
): Promise<Pick<GatewayAnswer, 'State' | 'FailureMessage'>> {
  for (;;) {
    const { NatGateways } = await work.call<{ NatGateways: readonly GatewayAnswer[] }>(
      'ec2',
      'DescribeNatGateways',
      { NatGatewayIds: [id] },
    );
    const { State = 'deleted', FailureMessage = '' } = NatGateways[0] ?? {};
    if (State !== leaving) return { State, FailureMessage };
    await work.pause(POLL_EVERY_MS);
  }
}
