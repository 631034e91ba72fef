import { textAt } from '../property-value.ts';
import type { ResourceType } from '../resource-type.ts';
import { applyChangedRules, applyFirstRules, ruleShape } from './ec2-group-rules.ts';
import { applyEc2Tags, TAGS, tagsOfNew } from './ec2-tags.ts';
import { onceFree } from './once-free.ts';

/** AWS::EC2::SecurityGroup. */
export const ec2SecurityGroup: ResourceType = {
  name: 'AWS::EC2::SecurityGroup',
  properties: {
    GroupDescription: true,
    GroupName: true,
    SecurityGroupEgress: ruleShape('Egress'),
    SecurityGroupIngress: ruleShape('Ingress'),
    Tags: TAGS,
    VpcId: true,
  },
  required: ['GroupDescription'],
  attributes: ['GroupId', 'Id', 'VpcId'],
  replacedBy: ['GroupDescription', 'GroupName', 'VpcId'],
  nameProperty: 'GroupName',
  create: async (work, properties) => {
    const VpcId = textAt(properties, 'VpcId') ?? '';
    const { GroupId } = await work.call<{ GroupId: string }>('ec2', 'CreateSecurityGroup', {
      GroupName: textAt(properties, 'GroupName') ?? work.newName(255),
      Description: textAt(properties, 'GroupDescription'),
      VpcId: properties['VpcId'],
      ...tagsOfNew('security-group', properties),
    });
    const made = { physicalId: GroupId, attributes: { GroupId, Id: GroupId, VpcId } };
    work.exists(made);
    await applyFirstRules(work, GroupId, properties);
    return made;
  },
  update: async (work, properties, { physicalId, attributes, properties: before }) => {
    await applyChangedRules(work, physicalId, { now: properties, before });
    await applyEc2Tags(work, physicalId, { now: properties, before });
    return { physicalId, attributes };
  },
  remove: (work, { physicalId: GroupId }) =>
    onceFree(work, () => work.call('ec2', 'DeleteSecurityGroup', { GroupId })),
};
