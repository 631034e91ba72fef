import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  findNetworkIds,
  isIdList,
  kindOfId,
  NETWORK_ID_KINDS,
} from '../../functions/core/network-ids.ts';

const CASES: readonly {
  readonly call: string;
  readonly request: unknown;
  readonly response: unknown;
  readonly ids: readonly string[];
}[] = [
  {
    call: 'CreateRoute, whose target says less than its table',
    request: { routeTableId: 'rtb-0a', destinationCidrBlock: '0.0.0.0/0', natGatewayId: 'nat-0a' },
    response: { _return: true },
    ids: ['rtb-0a'],
  },
  {
    call: 'ReplaceRouteTableAssociation',
    request: { associationId: 'rtbassoc-0a', routeTableId: 'rtb-0b' },
    response: { newAssociationId: 'rtbassoc-0c', associationState: { state: 'associated' } },
    ids: ['rtb-0b'],
  },
  {
    call: 'DisassociateRouteTable',
    request: { associationId: 'rtbassoc-0a' },
    response: { _return: true },
    ids: ['rtbassoc-0a'],
  },
  {
    call: 'CreateNatGateway, wrapped',
    request: { CreateNatGatewayRequest: { SubnetId: 'subnet-0a', ConnectivityType: 'public' } },
    response: {
      CreateNatGatewayResponse: {
        natGateway: { natGatewayId: 'nat-0a', subnetId: 'subnet-0a', vpcId: 'vpc-0a' },
      },
    },
    ids: ['vpc-0a'],
  },
  {
    call: 'DeleteNatGateway, wrapped',
    request: { DeleteNatGatewayRequest: { NatGatewayId: 'nat-0a' } },
    response: { DeleteNatGatewayResponse: { natGatewayId: 'nat-0a' } },
    ids: ['nat-0a'],
  },
  {
    call: 'DeleteVpcEndpoints of one',
    request: { DeleteVpcEndpointsRequest: { VpcEndpointId: { tag: 1, content: 'vpce-0a' } } },
    response: { DeleteVpcEndpointsResponse: { unsuccessful: '' } },
    ids: ['vpce-0a'],
  },
  {
    call: 'DeleteVpcEndpoints of several',
    request: {
      DeleteVpcEndpointsRequest: {
        VpcEndpointId: [
          { tag: 1, content: 'vpce-0b' },
          { tag: 2, content: 'vpce-0a' },
        ],
      },
    },
    response: null,
    ids: ['vpce-0a', 'vpce-0b'],
  },
  {
    call: 'AttachInternetGateway',
    request: { internetGatewayId: 'igw-0a', vpcId: 'vpc-0a' },
    response: { _return: true },
    ids: ['vpc-0a'],
  },
  {
    call: 'DeleteTransitGatewayVpcAttachment, wrapped, with nothing but its own id',
    request: {
      DeleteTransitGatewayVpcAttachmentRequest: { TransitGatewayAttachmentId: 'tgw-attach-0a' },
    },
    response: null,
    ids: ['tgw-attach-0a'],
  },
  {
    call: 'ModifySubnetAttribute with a tag that names another place',
    request: {
      subnetId: 'subnet-0a',
      tagSpecificationSet: { items: [{ tags: [{ key: 'vpc', value: 'vpc-0f' }] }] },
    },
    response: null,
    ids: ['subnet-0a'],
  },
  {
    call: 'a service and a path, which are no ids',
    request: {
      a: 'com.amazonaws.vpce.us-east-1.vpce-svc-0a',
      b: 'x/vpc-0a',
      c: 'vpc-0A',
      d: 'vpc-',
    },
    response: 'vpc-svc-0a',
    ids: [],
  },
  { call: 'a record that was cut', request: null, response: undefined, ids: [] },
];

describe('findNetworkIds', () => {
  it.each(CASES)('finds $ids in $call', ({ request, response, ids }) => {
    expect(findNetworkIds(request, response)).toEqual(ids);
  });

  it('finds none rather than some where there are too many to look through', () => {
    const id = (index: number) => `rtb-${index.toString(16).padStart(17, '0')}`;
    const many = Array.from({ length: 51 }, (_, index) => id(index));

    expect(findNetworkIds(many.slice(0, 50))).toHaveLength(50);
    expect(findNetworkIds(many)).toEqual([]);
    expect(findNetworkIds(['vpc-0a', ...Array.from({ length: 2000 }, () => 1)])).toEqual([]);
    expect(findNetworkIds(Array.from({ length: 100_000 }, () => 'vpc-0a'))).toEqual([]);
  });

  it('makes a key that fits an item of what is debounced', () => {
    const longest = Array.from(
      { length: 50 },
      (_, index) => `rtbassoc-${String(index).padStart(17, '0')}`,
    );

    expect(findNetworkIds(longest).join(',').length).toBeLessThan(2000);
  });

  it('answers ids of one kind whatever it is given', () => {
    const id = fc
      .tuple(fc.constantFrom(...NETWORK_ID_KINDS), fc.stringMatching(/^[0-9a-f]{1,17}$/u))
      .map(([kind, rest]) => `${kind}-${rest}`);
    const anything = fc.anything({ values: [id, fc.string(), fc.bigInt()], maxDepth: 4 });

    fc.assert(
      fc.property(anything, anything, (request, response) => {
        const ids = findNetworkIds(request, response);

        expect(isIdList(ids)).toBe(true);
        expect(new Set(ids.map(kindOfId)).size).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('survives what refers to itself', () => {
    const loop: Record<string, unknown> = { vpcId: 'vpc-0a' };
    loop['again'] = loop;

    expect(findNetworkIds(loop)).toEqual([]);
  });
});

describe('isIdList', () => {
  it.each([
    [[], true],
    [['vpc-0a', 'rtb-0b'], true],
    [['vpc-0a', 'sg-0b'], false],
    [['vpc-0a', 7], false],
    ['vpc-0a', false],
    [Array.from({ length: 51 }, () => 'vpc-0a'), false],
  ])('answers %j with %s', (value, answer) => {
    expect(isIdList(value)).toBe(answer);
  });
});
