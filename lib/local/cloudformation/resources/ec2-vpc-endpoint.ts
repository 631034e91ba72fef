import type { JsonObject } from '../json-value.ts';
import { documentAt, only, textsAt } from '../property-value.ts';
import type { ResourceType, ResourceWork } from '../resource-type.ts';
import { applyEc2Tags, TAGS, tagsOfNew } from './ec2-tags.ts';

/** Lists that can be changed in place, with the name that a change gives them. */
const LISTS = ['RouteTableIds', 'SecurityGroupIds', 'SubnetIds'];
const FIXED = ['ServiceName', 'VpcEndpointType', 'VpcId'];
const POLL_EVERY_MS = 5000;

/** AWS::EC2::VPCEndpoint, a gateway or an interface. */
export const ec2VpcEndpoint: ResourceType = {
  name: 'AWS::EC2::VPCEndpoint',
  properties: {
    PolicyDocument: true,
    PrivateDnsEnabled: true,
    RouteTableIds: true,
    SecurityGroupIds: true,
    ServiceName: true,
    SubnetIds: true,
    Tags: TAGS,
    VpcEndpointType: true,
    VpcId: true,
  },
  required: ['VpcId'],
  attributes: ['CreationTimestamp', 'Id', 'NetworkInterfaceIds'],
  replacedBy: FIXED,
  create: async (work, properties) => {
    const { VpcEndpoint } = await work.call<{ VpcEndpoint: { VpcEndpointId: string } }>(
      'ec2',
      'CreateVpcEndpoint',
      {
        ...only(properties, [...FIXED, ...LISTS]),
        PolicyDocument: documentAt(properties, 'PolicyDocument'),
        // AWS: the service's default is on, CloudFormation's is off.
        ...(properties['VpcEndpointType'] === 'Interface'
          ? { PrivateDnsEnabled: properties['PrivateDnsEnabled'] ?? false }
          : {}),
        ...tagsOfNew('vpc-endpoint', properties),
      },
    );
    const { VpcEndpointId: Id } = VpcEndpoint;
    work.exists({ physicalId: Id, attributes: { Id } });
    const made = await untilSettled(work, Id, 'pending');
    return {
      physicalId: Id,
      attributes: {
        Id,
        CreationTimestamp: made?.CreationTimestamp.toISOString() ?? '',
        NetworkInterfaceIds: made?.NetworkInterfaceIds ?? [],
      },
    };
  },
  update: async (work, properties, { physicalId, attributes, properties: before }) => {
    const PolicyDocument = documentAt(properties, 'PolicyDocument');
    await work.call('ec2', 'ModifyVpcEndpoint', {
      VpcEndpointId: physicalId,
      ...changesOf(before, properties),
      ...(PolicyDocument === undefined ? { ResetPolicy: true } : { PolicyDocument }),
      ...only(properties, ['PrivateDnsEnabled']),
    });
    await applyEc2Tags(work, physicalId, { now: properties, before });
    return { physicalId, attributes };
  },
  remove: async (work, { physicalId }) => {
    const { Unsuccessful } = await work.call<DeleteAnswer>('ec2', 'DeleteVpcEndpoints', {
      VpcEndpointIds: [physicalId],
    });
    const { Code = '', Message = '' } = Unsuccessful[0]?.Error ?? {};
    if (Code !== '' && !Code.endsWith('NotFound')) throw new Error(`${Message} (${Code})`);
    await untilSettled(work, physicalId, 'deleting');
  },
};

interface DeleteAnswer {
  readonly Unsuccessful: readonly {
    readonly Error?: { readonly Code?: string; readonly Message?: string };
  }[];
}

interface EndpointAnswer {
  readonly State: string;
  readonly CreationTimestamp: Date;
  readonly NetworkInterfaceIds: readonly string[];
}

function changesOf(before: JsonObject, now: JsonObject): JsonObject {
  const changes = LISTS.flatMap((name) => {
    const [old, wanted] = [textsAt(before, name), textsAt(now, name)];
    return [
      [`Add${name}`, wanted.filter((id) => !old.includes(id))] as const,
      [`Remove${name}`, old.filter((id) => !wanted.includes(id))] as const,
    ];
  });
  return Object.fromEntries(changes.filter(([, ids]) => ids.length > 0));
}

/** Waits in virtual time until an endpoint leaves a state; undefined once it is gone. */
async function untilSettled(
  work: ResourceWork,
  id: string,
  leaving: string,
): Promise<EndpointAnswer | undefined> {
  for (;;) {
    const Filters = [{ Name: 'vpc-endpoint-id', Values: [id] }];
    const { VpcEndpoints } = await work.call<{ VpcEndpoints: readonly EndpointAnswer[] }>(
      'ec2',
      'DescribeVpcEndpoints',
      { Filters },
    );
    if (VpcEndpoints[0]?.State !== leaving) return VpcEndpoints[0];
    await work.pause(POLL_EVERY_MS);
  }
}
