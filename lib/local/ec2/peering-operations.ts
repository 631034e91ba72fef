import {
  AcceptVpcPeeringConnection$,
  type AcceptVpcPeeringConnectionRequest,
  type AcceptVpcPeeringConnectionResult,
  CreateVpcPeeringConnection$,
  type CreateVpcPeeringConnectionRequest,
  type CreateVpcPeeringConnectionResult,
  DeleteVpcPeeringConnection$,
  type DeleteVpcPeeringConnectionRequest,
  type DeleteVpcPeeringConnectionResult,
  DescribeVpcPeeringConnections$,
  type DescribeVpcPeeringConnectionsRequest,
} from '@aws-sdk/client-ec2';
import type { AccountCore } from '../account-core.ts';
import type { Given } from '../wire/given.ts';
import type { Operation } from '../wire/operation.ts';
import { defineChange, newId, readTags } from './define-change.ts';
import { defineDescribe } from './describe.ts';
import { ec2Fault, findById, missingParameter } from './ec2-faults.ts';
import { goThrough } from './lifecycle.ts';
import type { Peering, PeeringEnd, RoutedNetwork, Vpc } from './network.ts';
import { findOwnVpc } from './ownership.ts';
import { failureOfPeering, peeringFilters, toPeeringView } from './peering-views.ts';
import { ec2Arn } from './views.ts';

type CreateInput = Given<CreateVpcPeeringConnectionRequest, 'VpcId'>;
type AcceptInput = Given<AcceptVpcPeeringConnectionRequest, 'VpcPeeringConnectionId'>;
type DeleteInput = Given<DeleteVpcPeeringConnectionRequest, 'VpcPeeringConnectionId'>;

const WEEK_MS = 7 * 24 * 3600 * 1000;
/** AWS: a deleted connection stays to be seen for up to two hours. */
const VISIBLE_SECONDS = 7200;

/** The operations on peering connections. */
export function peeringOperations(core: AccountCore, network: RoutedNetwork): readonly Operation[] {
  const { peerings } = network;
  const peeringArn = (id: string) => ec2Arn(core, 'vpc-peering-connection', id);
  return [
    defineDescribe(DescribeVpcPeeringConnections$, {
      kind: 'peering',
      items: peerings,
      filters: peeringFilters,
      idsOf: (input: DescribeVpcPeeringConnectionsRequest) => input.VpcPeeringConnectionIds,
      answer: (items) => ({ VpcPeeringConnections: items.map(toPeeringView) }),
    }),
    defineChange<CreateInput, CreateVpcPeeringConnectionResult>(CreateVpcPeeringConnection$, {
      needs: ({ VpcId }) =>
        [peeringArn('*'), ec2Arn(core, 'vpc', VpcId)].map((resource) => ({
          action: 'ec2:CreateVpcPeeringConnection',
          resource,
        })),
      handle: (input) => ({
        VpcPeeringConnection: toPeeringView(createPeering(core, network, input)),
      }),
    }),
    defineChange<AcceptInput, AcceptVpcPeeringConnectionResult>(AcceptVpcPeeringConnection$, {
      needs: ({ VpcPeeringConnectionId: id }) => [
        { action: 'ec2:AcceptVpcPeeringConnection', resource: peeringArn(id) },
        {
          action: 'ec2:AcceptVpcPeeringConnection',
          resource: ec2Arn(core, 'vpc', peerings.get(id)?.accepter.vpcId ?? '*'),
        },
      ],
      handle: ({ VpcPeeringConnectionId: id }) => ({
        VpcPeeringConnection: toPeeringView(acceptPeering(core, network, id)),
      }),
    }),
    defineChange<DeleteInput, DeleteVpcPeeringConnectionResult>(DeleteVpcPeeringConnection$, {
      needs: ({ VpcPeeringConnectionId: id }) => [
        { action: 'ec2:DeleteVpcPeeringConnection', resource: peeringArn(id) },
      ],
      handle: ({ VpcPeeringConnectionId: id }) => {
        const peering = findById(peerings, 'peering', id);
        const message = `Deleted by ${core.accountId}`;
        peerings.set(id, { ...peering, state: 'deleted', message });
        const gone = { seconds: VISIBLE_SECONDS, change: () => undefined };
        goThrough(core, { items: peerings, id }, [gone]);
        return { Return: true };
      },
    }),
  ];
}

function createPeering(core: AccountCore, network: RoutedNetwork, input: CreateInput): Peering {
  const { region, accountId } = core;
  const { vpcId, ...own } = findOwnVpc(network, input.VpcId);
  const { PeerVpcId, PeerOwnerId = accountId, PeerRegion = region } = input;
  if (PeerVpcId === undefined) throw missingParameter('peerVpcId');
  const isLocal = PeerOwnerId === accountId && PeerRegion === region;
  const peer = isLocal ? network.vpcs.get(PeerVpcId) : undefined;
  const requester: PeeringEnd = { vpcId, ownerId: accountId, region, ...rangesOf(own) };
  const accepter: PeeringEnd = {
    vpcId: PeerVpcId,
    ownerId: PeerOwnerId,
    region: PeerRegion,
    ...(peer === undefined ? {} : rangesOf(peer)),
  };
  checkNew(network, requester, accepter);
  const failure = failureOfPeering(requester, accepter, isLocal);
  const peering: Peering = {
    peeringId: newId('pcx'),
    requester,
    accepter,
    state: failure === undefined ? 'pending-acceptance' : 'failed',
    message: failure ?? `Pending Acceptance by ${PeerOwnerId}`,
    expiresMs: core.clock.nowMs() + WEEK_MS,
    ...readTags(input.TagSpecifications),
  };
  network.peerings.set(peering.peeringId, peering);
  return peering;
}

function rangesOf({
  cidrBlock,
  ipv6CidrBlock,
}: Pick<Vpc, 'cidrBlock' | 'ipv6CidrBlock'>): Pick<PeeringEnd, 'cidrBlock' | 'ipv6CidrBlock'> {
  return { cidrBlock, ...(ipv6CidrBlock === undefined ? {} : { ipv6CidrBlock }) };
}

function checkNew({ peerings }: RoutedNetwork, one: PeeringEnd, other: PeeringEnd): void {
  const wanted = [one.vpcId, other.vpcId].sort().join();
  const held = [...peerings.values()].some(
    ({ requester, accepter, state }) =>
      (state === 'active' || state === 'pending-acceptance') &&
      [requester.vpcId, accepter.vpcId].sort().join() === wanted,
  );
  if (!held) return;
  const message = `A VPC peering connection between ${one.vpcId} and ${other.vpcId} already exists.`;
  throw ec2Fault('VpcPeeringConnectionAlreadyExists', message);
}

function acceptPeering(
  { accountId, region }: AccountCore,
  { peerings }: RoutedNetwork,
  id: string,
): Peering {
  const peering = findById(peerings, 'peering', id);
  if (peering.accepter.ownerId !== accountId || peering.accepter.region !== region) {
    const message = `User ${accountId} cannot accept peering ${id}`;
    throw ec2Fault('OperationNotPermitted', message);
  }
  if (peering.state !== 'pending-acceptance') {
    const message = `Invalid state transition for ${id}, attempted to transition from ${peering.state} to active`;
    throw ec2Fault('InvalidStateTransition', message);
  }
  const accepted: Peering = { ...peering, state: 'active', message: 'Active' };
  peerings.set(id, accepted);
  return accepted;
}
