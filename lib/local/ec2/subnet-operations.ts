import {
  CreateSubnet$,
  type CreateSubnetRequest,
  type CreateSubnetResult,
  DeleteSubnet$,
  type DeleteSubnetRequest,
} from '@aws-sdk/client-ec2';
import type { AccountCore } from '../account-core.ts';
import type { Given } from '../wire/given.ts';
import type { Operation } from '../wire/operation.ts';
import { type Cidr, contains, overlaps, parseCidr } from './cidr.ts';
import { defineChange, newId, readTags } from './define-change.ts';
import { ec2Fault, hasDependencies } from './ec2-faults.ts';
import { readSubnetBlock } from './ipv6-blocks.ts';
import type { RoutedNetwork, Subnet } from './network.ts';
import { findOwnSubnet, findOwnVpc } from './ownership.ts';
import { forgetSubnet } from './route-table-associations.ts';
import { ec2Arn, toSubnetView } from './views.ts';
import { zonesOf } from './zones.ts';

type CreateInput = Given<CreateSubnetRequest, 'VpcId'>;

const RESERVED_ADDRESSES = 5;

/** The operations that make and remove subnets. */
export function subnetOperations(core: AccountCore, network: RoutedNetwork): readonly Operation[] {
  return [
    defineChange<CreateInput, CreateSubnetResult>(CreateSubnet$, {
      needs: ({ VpcId }) => [
        { action: 'ec2:CreateSubnet', resource: ec2Arn(core, 'subnet', '*') },
        { action: 'ec2:CreateSubnet', resource: ec2Arn(core, 'vpc', VpcId) },
      ],
      handle: (input) => ({
        Subnet: toSubnetView(core, createSubnet(network, core.region, input)),
      }),
    }),
    defineChange<Given<DeleteSubnetRequest, 'SubnetId'>, void>(DeleteSubnet$, {
      needs: ({ SubnetId }) => [
        { action: 'ec2:DeleteSubnet', resource: ec2Arn(core, 'subnet', SubnetId) },
      ],
      handle: ({ SubnetId }) => deleteSubnet(network, SubnetId),
    }),
  ];
}

function createSubnet(network: RoutedNetwork, region: string, input: CreateInput): Subnet {
  const vpc = findOwnVpc(network, input.VpcId);
  const cidr = readCidr(input.CidrBlock);
  const whole = parseCidr(vpc.cidrBlock);
  if (cidr.prefixLength > 28 || whole === undefined || !contains(whole, cidr)) {
    throw ec2Fault('InvalidSubnet.Range', `The CIDR '${input.CidrBlock}' is invalid.`);
  }
  checkFree(network, input.VpcId, cidr);
  const { Ipv6CidrBlock } = input;
  const subnet: Subnet = {
    subnetId: newId('subnet'),
    vpcId: input.VpcId,
    cidrBlock: cidr.text,
    availabilityZone: chooseZone(region, input),
    mapPublicIpOnLaunch: false,
    availableIpAddressCount: cidr.last - cidr.first + 1 - RESERVED_ADDRESSES,
    ...(Ipv6CidrBlock === undefined
      ? {}
      : { ipv6CidrBlock: readSubnetBlock(network, vpc, Ipv6CidrBlock) }),
    ...readTags(input.TagSpecifications),
  };
  network.subnets.set(subnet.subnetId, subnet);
  return subnet;
}

function readCidr(text: string | undefined): Cidr {
  if (text === undefined) {
    throw ec2Fault(
      'MissingParameter',
      'Either a CIDR block or an IPAM pool has to be given for the subnet.',
    );
  }
  const cidr = parseCidr(text);
  if (cidr !== undefined) return cidr;
  throw ec2Fault(
    'InvalidParameterValue',
    `Value (${text}) for parameter cidrBlock is invalid. This is not a valid CIDR block.`,
  );
}

function checkFree(network: RoutedNetwork, vpcId: string, cidr: Cidr): void {
  const taken = [...network.subnets.values()]
    .filter((subnet) => subnet.vpcId === vpcId)
    .flatMap((subnet) => parseCidr(subnet.cidrBlock) ?? []);
  if (!taken.some((other) => overlaps(other, cidr))) return;
  throw ec2Fault('InvalidSubnet.Conflict', `The CIDR '${cidr.text}' conflicts with another subnet`);
}

function chooseZone(region: string, input: CreateInput): string {
  const zones = zonesOf(region);
  const { AvailabilityZone: name, AvailabilityZoneId: id } = input;
  const chosen = zones.find(({ ZoneName, ZoneId }) =>
    name === undefined ? id === undefined || ZoneId === id : ZoneName === name,
  );
  if (chosen !== undefined) return chosen.ZoneName;
  const names = zones.map(({ ZoneName }) => ZoneName).join(', ');
  throw ec2Fault(
    'InvalidParameterValue',
    `Value (${name ?? id}) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: ${names}.`,
  );
}

/** AWS: a subnet stays as long as something in it has a network interface. */
function deleteSubnet(network: RoutedNetwork, subnetId: string): void {
  findOwnSubnet(network, subnetId);
  const { transitAttachments, networkInterfaces } = network;
  const isUsed =
    [...networkInterfaces.values()].some((held) => held.subnetId === subnetId) ||
    [...transitAttachments.values()].some(
      ({ subnetIds, state }) => subnetIds.includes(subnetId) && state !== 'deleted',
    );
  if (isUsed) throw hasDependencies('subnet', subnetId);
  network.subnets.delete(subnetId);
  forgetSubnet(network, subnetId);
}
