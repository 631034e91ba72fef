import type { AccountCore } from '../account-core.ts';
import type { Service } from '../wire/operation.ts';
import { describeOperations } from './describe-operations.ts';
import type { RoutedNetwork } from './network.ts';
import { securityGroupOperations } from './security-group-operations.ts';
import { subnetOperations } from './subnet-operations.ts';
import { vpcOperations } from './vpc-operations.ts';

/** Creates EC2, as far as networks go. */
export function createEc2Service(core: AccountCore, network: RoutedNetwork): Service {
  return {
    name: 'ec2',
    protocol: 'ec2',
    xmlNamespace: 'http://ec2.amazonaws.com/doc/2016-11-15/',
    denied: { code: 'UnauthorizedOperation', status: 403 },
    operations: [
      ...describeOperations(core, network),
      ...vpcOperations(core, network),
      ...subnetOperations(core, network),
      ...securityGroupOperations(core, network),
    ],
  };
}
