import { z } from 'zod';
import { claim, count, list, text, texts, word } from './schema-parts.ts';

const setSchema = z.object({
  securityGroupIds: texts('the set, in order'),
  functions: count('how many functions share this network interface'),
  names: texts('the first of them, in order'),
});

const sharedSubnetSchema = z.object({
  subnetId: text('the subnet'),
  sets: list(setSchema, 'one network interface each, the most used first'),
  zone: text('its Availability Zone; absent where the subnet could not be seen').exactOptional(),
  freeAddresses: count('absent where the subnet could not be seen').exactOptional(),
});

/** The network interfaces of one VPC. */
export const interfacesSchema = z.object({
  vpcId: text('the VPC'),
  interfaces: count('how many network interfaces its functions need'),
  quota: count('how many it may have; absent where it is not known').exactOptional(),
  unknownQuota: text('why the quota is not known').exactOptional(),
  couldShare: texts('functions that would share one if their sets of groups were the same'),
  subnets: list(sharedSubnetSchema, 'the subnets that functions use, in order'),
});

const subnetSchema = z.object({
  subnetId: text('the subnet'),
  zone: text('its Availability Zone'),
  freeAddresses: count('how many addresses it has left'),
  isDualStack: claim('whether it has an IPv4 and an IPv6 block'),
  isShared: claim("whether it is another account's, whose routes cannot be seen"),
  egress: word(
    ['internet-gateway', 'nat', 'other', 'none', 'unknown'],
    'where its packets to the internet go',
  ),
  targets: texts('what its default routes lead to, such as `nat-…`'),
});

const natGatewaySchema = z.object({
  natGatewayId: text('the NAT gateway'),
  subnetId: text('the subnet that it is in'),
  isPublic: claim('whether it has a public address'),
  state: text('an open set; only `available` carries traffic'),
});

const endpointSchema = z.object({
  endpointId: text('the endpoint'),
  serviceName: text('such as `com.amazonaws.us-east-1.s3`'),
  type: text('an open set, such as `Gateway` and `Interface`'),
  state: text('an open set; only `available` carries traffic'),
});

/** One VPC that functions are attached to. */
export const networkSchema = z.object({
  vpcId: text('the VPC'),
  isDedicated: claim('whether it has dedicated tenancy'),
  subnets: list(
    subnetSchema,
    'those that functions are in, and those of its NAT gateways, in order',
  ),
  natGateways: list(natGatewaySchema, 'its NAT gateways'),
  endpoints: list(endpointSchema, 'its endpoints'),
});
