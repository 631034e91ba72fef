import type { PropertyShape } from '../property-shape.ts';
import { textAt } from '../property-value.ts';
import type { ResourceType } from '../resource-type.ts';
import { type Direction, ruleShape, toPermission } from './ec2-group-rules.ts';

/** AWS::EC2::SecurityGroupIngress. */
export const ec2SecurityGroupIngress = toRuleType('Ingress');

/** AWS::EC2::SecurityGroupEgress. */
export const ec2SecurityGroupEgress = toRuleType('Egress');

interface AuthorizeAnswer {
  readonly SecurityGroupRules: readonly { readonly SecurityGroupRuleId: string }[];
}

/** A rule by itself, so that groups can refer to each other. */
function toRuleType(direction: Direction): ResourceType {
  const shape: PropertyShape = { ...ruleShape(direction), GroupId: true };
  return {
    name: `AWS::EC2::SecurityGroup${direction}`,
    properties: shape,
    required: direction === 'Egress' ? ['GroupId', 'IpProtocol'] : ['IpProtocol'],
    attributes: ['Id'],
    replacedBy: Object.keys(shape).filter((name) => name !== 'Description'),
    create: async (work, properties) => {
      const { SecurityGroupRules } = await work.call<AuthorizeAnswer>(
        'ec2',
        `AuthorizeSecurityGroup${direction}`,
        { GroupId: properties['GroupId'], IpPermissions: [toPermission(direction, properties)] },
      );
      const [{ SecurityGroupRuleId: Id = '' } = {}] = SecurityGroupRules;
      return { physicalId: Id, attributes: { Id } };
    },
    update: async (work, properties, { physicalId, attributes }) => {
      await work.call('ec2', `UpdateSecurityGroupRuleDescriptions${direction}`, {
        GroupId: properties['GroupId'],
        SecurityGroupRuleDescriptions: [
          { SecurityGroupRuleId: physicalId, Description: textAt(properties, 'Description') },
        ],
      });
      return { physicalId, attributes };
    },
    remove: async (work, { physicalId, properties }) => {
      await work.call('ec2', `RevokeSecurityGroup${direction}`, {
        GroupId: properties['GroupId'],
        SecurityGroupRuleIds: [physicalId],
      });
    },
  };
}
