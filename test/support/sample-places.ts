import type { ReportedNetwork } from '../../lib/cli/report/report.ts';
import { attachmentTo, sampleId, subnetOf } from './sample-parts.ts';

const NATS = [sampleId('nat', 1), sampleId('nat', 2)] as const;
/** Where public subnets of the first VPC lead. */
export const INTERNET = [sampleId('igw', 1)];

/** Three zones, public, private and isolated subnets. */
export const PRODUCTION: ReportedNetwork = {
  vpcId: sampleId('vpc', 1),
  isDedicated: false,
  subnets: [
    subnetOf(1, 'a', 'internet-gateway', { targets: INTERNET }),
    subnetOf(2, 'b', 'internet-gateway', { targets: INTERNET }),
    subnetOf(3, 'a', 'nat', { targets: [NATS[0]] }),
    subnetOf(4, 'b', 'nat', { targets: [NATS[1]] }),
    subnetOf(5, 'c', 'nat', { targets: [NATS[0]], freeAddresses: 6 }),
    subnetOf(6, 'a', 'none', { isDualStack: true }),
    subnetOf(7, 'b', 'none', { isDualStack: true }),
  ],
  natGateways: NATS.map((natGatewayId, index) => ({
    natGatewayId,
    subnetId: subnetOf(index + 1, 'a', 'internet-gateway').subnetId,
    isPublic: true,
    state: 'available',
  })),
  endpoints: [
    ['s3', 'Gateway', 'available'],
    ['dynamodb', 'Gateway', 'available'],
    ['sts', 'Interface', 'available'],
    ['secretsmanager', 'Interface', 'pending'],
  ].map(([service, type = '', state = ''], index) => ({
    endpointId: sampleId('vpce', index),
    serviceName: `com.amazonaws.us-east-1.${service}`,
    type,
    state,
  })),
};

const SHARED: ReportedNetwork = {
  vpcId: sampleId('vpc', 2),
  isDedicated: false,
  subnets: [
    subnetOf(21, 'a', 'unknown', { isShared: true }),
    subnetOf(22, 'b', 'unknown', { isShared: true }),
    subnetOf(23, 'b', 'other', { targets: [sampleId('tgw', 1)] }),
  ],
  natGateways: [],
  endpoints: [],
};

/** Dedicated tenancy, and one public subnet. */
export const LEGACY: ReportedNetwork = {
  vpcId: sampleId('vpc', 3),
  isDedicated: true,
  subnets: [
    subnetOf(31, 'a', 'internet-gateway', { targets: [sampleId('igw', 3)], freeAddresses: 2 }),
  ],
  natGateways: [],
  endpoints: [],
};

/** All VPCs, in order. */
export const NETWORKS = [PRODUCTION, SHARED, LEGACY].toSorted((left, right) =>
  left.vpcId < right.vpcId ? -1 : 1,
);

/** As approved. */
export const PRIVATE = attachmentTo(PRODUCTION, [2, 3, 4], [1]);
/** As approved, with one group more. */
export const PRIVATE_TWO = attachmentTo(PRODUCTION, [2, 3], [1, 2]);
/** In one zone only. */
export const ONE_ZONE = attachmentTo(PRODUCTION, [4], [1]);
/** In public subnets. */
export const PUBLIC = attachmentTo(PRODUCTION, [0, 1], [3]);
/** Where no route leads out. */
export const ISOLATED = attachmentTo(PRODUCTION, [5, 6], [4]);
/** In subnets of another account. */
export const FOREIGN = attachmentTo(SHARED, [0, 1], [5]);
/** Behind a transit gateway. */
export const TRANSIT = attachmentTo(SHARED, [2], [5, 6]);
/** In the VPC of dedicated tenancy. */
export const OLD = attachmentTo(LEGACY, [0], [7]);
