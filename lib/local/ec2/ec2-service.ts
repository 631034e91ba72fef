import type { AccountCore } from '../account-core.ts';
import type { Service } from '../wire/operation.ts';
import { addressOperations } from './address-operations.ts';
import { describeOperations } from './describe-operations.ts';
import { egressOnlyGatewayOperations } from './egress-only-gateway-operations.ts';
import { endpointOperations } from './endpoint-operations.ts';
import { internetGatewayOperations } from './internet-gateway-operations.ts';
import { ipv6Operations } from './ipv6-operations.ts';
import { natGatewayOperations } from './nat-gateway-operations.ts';
import type { RoutedNetwork } from './network.ts';
import { networkInterfaceOperations } from './network-interface-operations.ts';
import { peeringOperations } from './peering-operations.ts';
import { regionOperations } from './region-operations.ts';
import { routeOperations } from './route-operations.ts';
import { routeTableOperations } from './route-table-operations.ts';
import { securityGroupOperations } from './security-group-operations.ts';
import { securityGroupRuleOperations } from './security-group-rule-operations.ts';
import { subnetAttributeOperations } from './subnet-attribute-operations.ts';
import { subnetOperations } from './subnet-operations.ts';
import { tagOperations } from './tag-operations.ts';
import { transitAttachmentOperations } from './transit-attachment-operations.ts';
import { transitGatewayOperations } from './transit-gateway-operations.ts';
import { vpcAttributeOperations } from './vpc-attribute-operations.ts';
import { vpcOperations } from './vpc-operations.ts';

/** Creates EC2, as far as networks go. */
export function createEc2Service(core: AccountCore, network: RoutedNetwork): Service {
  const groups = [
    describeOperations,
    regionOperations,
    vpcOperations,
    vpcAttributeOperations,
    subnetOperations,
    subnetAttributeOperations,
    ipv6Operations,
    securityGroupOperations,
    securityGroupRuleOperations,
    networkInterfaceOperations,
    routeTableOperations,
    routeOperations,
    internetGatewayOperations,
    egressOnlyGatewayOperations,
    addressOperations,
    natGatewayOperations,
    endpointOperations,
    peeringOperations,
    transitGatewayOperations,
    transitAttachmentOperations,
    tagOperations,
  ];
  return {
    name: 'ec2',
    protocol: 'ec2',
    xmlNamespace: 'http://ec2.amazonaws.com/doc/2016-11-15/',
    denied: { code: 'UnauthorizedOperation', status: 403 },
    operations: groups.flatMap((toOperations) => toOperations(core, network)),
  };
}
