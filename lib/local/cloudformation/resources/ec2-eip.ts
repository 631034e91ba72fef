import type { ResourceType } from '../resource-type.ts';
import { applyEc2Tags, TAGS, tagsOfNew } from './ec2-tags.ts';
import { onceFree } from './once-free.ts';

/** AWS::EC2::EIP; what refers to it gets the address, and its allocation by attribute. */
export const ec2Eip: ResourceType = {
  name: 'AWS::EC2::EIP',
  properties: { Domain: true, Tags: TAGS },
  required: [],
  attributes: ['AllocationId', 'PublicIp'],
  replacedBy: ['Domain'],
  create: async (work, properties) => {
    const { AllocationId, PublicIp } = await work.call<{ AllocationId: string; PublicIp: string }>(
      'ec2',
      'AllocateAddress',
      { Domain: properties['Domain'], ...tagsOfNew('elastic-ip', properties) },
    );
    return { physicalId: PublicIp, attributes: { AllocationId, PublicIp } };
  },
  update: async (work, properties, { physicalId, attributes, properties: before }) => {
    const id = String(attributes['AllocationId']);
    await applyEc2Tags(work, id, { now: properties, before });
    return { physicalId, attributes };
  },
  remove: (work, { attributes: { AllocationId } }) =>
    onceFree(work, () => work.call('ec2', 'ReleaseAddress', { AllocationId })),
};
