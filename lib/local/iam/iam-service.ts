import type { AccountCore } from '../account-core.ts';
import type { Service } from '../wire/operation.ts';
import { accessKeyOperations } from './access-key-operations.ts';
import { attachedPolicyOperations } from './attached-policy-operations.ts';
import { seedAwsPolicies } from './aws-policies.ts';
import { managedPolicyOperations } from './managed-policy-operations.ts';
import { rolePolicyOperations, userPolicyOperations } from './policy-operations.ts';
import { roleOperations } from './role-operations.ts';
import { simulateOperation } from './simulate-operation.ts';
import { userOperations } from './user-operations.ts';

/** Creates IAM: users, roles, their policies and access keys, which decide every call; AWS's policies are there. */
export function createIamService({ principals }: AccountCore): Service {
  seedAwsPolicies(principals);
  return {
    name: 'iam',
    protocol: 'query',
    xmlNamespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
    denied: { code: 'AccessDenied', status: 403 },
    operations: [
      ...userOperations(principals),
      ...userPolicyOperations(principals),
      ...accessKeyOperations(principals),
      ...roleOperations(principals),
      ...rolePolicyOperations(principals),
      ...managedPolicyOperations(principals),
      ...attachedPolicyOperations(principals),
      simulateOperation(principals),
    ],
  };
}
