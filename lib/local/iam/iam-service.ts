import type { AccountCore } from '../account-core.ts';
import type { Service } from '../wire/operation.ts';
import { accessKeyOperations } from './access-key-operations.ts';
import { rolePolicyOperations, userPolicyOperations } from './policy-operations.ts';
import { roleOperations } from './role-operations.ts';
import { userOperations } from './user-operations.ts';

/** Creates IAM: users, roles, their inline policies and access keys, which decide every call. */
export function createIamService({ principals }: AccountCore): Service {
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
    ],
  };
}
