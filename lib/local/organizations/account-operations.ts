import {
  type Account,
  DescribeOrganization$,
  type DescribeOrganizationResponse,
  ListAccounts$,
  type ListAccountsRequest,
  type ListAccountsResponse,
  ListRoots$,
  type ListRootsRequest,
  type ListRootsResponse,
  type PolicyTypeSummary,
} from '@aws-sdk/client-organizations';
import type { AccountCore } from '../account-core.ts';
import { type Operation, operation } from '../wire/operation.ts';
import { pageOf } from './check-input.ts';
import { defineRead } from './define-organizations.ts';
import type { Organization, Target } from './organization.ts';

const POLICY_TYPES: PolicyTypeSummary[] = [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }];

/** The operations that tell what the organization is made of. */
export function accountOperations(
  core: AccountCore,
  organization: Organization,
): readonly Operation[] {
  const { root, management, member } = organization;
  return [
    describeOrganization(organization),
    defineRead<ListRootsRequest, ListRootsResponse>(core, ListRoots$, {
      handle: (input) => {
        const { items, end } = pageOf([root], input);
        const Roots = items.map(({ id, arn, name }) => ({
          Id: id,
          Arn: arn,
          Name: name,
          PolicyTypes: POLICY_TYPES,
        }));
        return { Roots, ...end };
      },
    }),
    defineRead<ListAccountsRequest, ListAccountsResponse>(core, ListAccounts$, {
      handle: (input) => {
        const { items, end } = pageOf([management, member], input);
        return { Accounts: items.map((account) => toAccount(organization, account)), ...end };
      },
    }),
  ];
}

/** AWS: any account of the organization may ask. */
function describeOrganization({ id, managementAccountId, management }: Organization): Operation {
  return operation<object, DescribeOrganizationResponse>(DescribeOrganization$, {
    needs: () => [{ action: 'organizations:DescribeOrganization', resource: '*' }],
    handle: () => ({
      Organization: {
        Id: id,
        Arn: `arn:aws:organizations::${managementAccountId}:organization/${id}`,
        FeatureSet: 'ALL',
        MasterAccountArn: management.arn,
        MasterAccountId: managementAccountId,
        MasterAccountEmail: toEmail(management),
        AvailablePolicyTypes: POLICY_TYPES,
      },
    }),
  });
}

function toAccount({ id, root, management, createdAtMs }: Organization, account: Target): Account {
  return {
    Id: account.id,
    Arn: account.arn,
    Email: toEmail(account),
    Name: account.name,
    Status: 'ACTIVE',
    State: 'ACTIVE',
    Paths: [`${id}/${root.id}/${account.id}/`],
    JoinedMethod: account === management ? 'INVITED' : 'CREATED',
    JoinedTimestamp: new Date(createdAtMs),
  };
}

function toEmail({ name }: Target): string {
  return `${name}@example.com`;
}
