import type { AccountCore } from '../account-core.ts';
import type { Service } from '../wire/operation.ts';
import { accountOperations } from './account-operations.ts';
import { attachmentOperations } from './attachment-operations.ts';
import { createOrganization } from './organization.ts';
import { policyOperations } from './policy-operations.ts';

/** Creates Organizations, as far as service control policies need it; the account is a member. */
export function createOrganizationsService(core: AccountCore): Service {
  const organization = createOrganization(core);
  return {
    name: 'organizations',
    protocol: 'json',
    jsonVersion: '1.1',
    target: 'AWSOrganizationsV20161128',
    denied: { code: 'AccessDeniedException', status: 400 },
    operations: [
      ...policyOperations(core, organization),
      ...attachmentOperations(core, organization),
      ...accountOperations(core, organization),
    ],
  };
}
