import { accessDocumentsAllow } from './access-documents-allow.ts';
import { capacityProviderCompliant } from './capacity-provider-compliant.ts';
import { codeDeniedInterfaces } from './code-denied-interfaces.ts';
import type { Control } from './control.ts';
import { egressAsWanted } from './egress-as-wanted.ts';
import { functionNotInactive } from './function-not-inactive.ts';
import { interfacesUnderQuota } from './interfaces-under-quota.ts';
import { ipv6DualStack } from './ipv6-dual-stack.ts';
import { noDefaultGroup } from './no-default-group.ts';
import { noNetworkFailure } from './no-network-failure.ts';
import { roleManagesInterfaces } from './role-manages-interfaces.ts';
import { servicesReachable } from './services-reachable.ts';
import { subnetsHaveAddresses } from './subnets-have-addresses.ts';
import { subnetsPrivate } from './subnets-private.ts';
import { versionsCompliant } from './versions-compliant.ts';
import { vpcNotDedicated } from './vpc-not-dedicated.ts';
import { zonesSpanned } from './zones-spanned.ts';

/** Every control, by id. */
export const CONTROLS: readonly Control[] = [
  accessDocumentsAllow,
  vpcNotDedicated,
  subnetsPrivate,
  egressAsWanted,
  servicesReachable,
  zonesSpanned,
  roleManagesInterfaces,
  codeDeniedInterfaces,
  noDefaultGroup,
  subnetsHaveAddresses,
  interfacesUnderQuota,
  functionNotInactive,
  noNetworkFailure,
  ipv6DualStack,
  versionsCompliant,
  capacityProviderCompliant,
];
