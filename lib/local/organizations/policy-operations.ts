import {
  CreatePolicy$,
  type CreatePolicyResponse,
  DeletePolicy$,
  type DeletePolicyRequest,
  DescribePolicy$,
  type DescribePolicyRequest,
  type DescribePolicyResponse,
  ListPolicies$,
  type ListPoliciesRequest,
  type ListPoliciesResponse,
  type Policy,
  UpdatePolicy$,
  type UpdatePolicyResponse,
} from '@aws-sdk/client-organizations';
import type { AccountCore } from '../account-core.ts';
import type { Given } from '../wire/given.ts';
import type { Operation } from '../wire/operation.ts';
import { checkType, pageOf } from './check-input.ts';
import { defineRead, defineWrite } from './define-organizations.ts';
import { findPolicy, policyArn } from './find-target.ts';
import { applyPolicies, type Organization, type ServiceControlPolicy } from './organization.ts';
import {
  type ChangedPolicy,
  createPolicy,
  deletePolicy,
  type NewPolicy,
  updatePolicy,
} from './service-control-policies.ts';

type OnPolicy<Request extends { PolicyId: string | undefined }> = Given<Request, 'PolicyId'>;

/** The operations on policies, wherever they are attached. */
export function policyOperations(
  core: AccountCore,
  organization: Organization,
): readonly Operation[] {
  const on = ({ PolicyId }: { readonly PolicyId: string }) => [policyArn(organization, PolicyId)];
  return [
    defineWrite<NewPolicy, CreatePolicyResponse>(core, CreatePolicy$, {
      handle: (input) => ({ Policy: toView(createPolicy(organization, input)) }),
    }),
    defineWrite<ChangedPolicy, UpdatePolicyResponse>(core, UpdatePolicy$, {
      on,
      handle: (input) => {
        const policy = updatePolicy(organization, input);
        applyPolicies(core, organization);
        return { Policy: toView(policy) };
      },
    }),
    defineWrite<OnPolicy<DeletePolicyRequest>, void>(core, DeletePolicy$, {
      on,
      handle: ({ PolicyId }) => deletePolicy(organization, PolicyId),
    }),
    defineRead<OnPolicy<DescribePolicyRequest>, DescribePolicyResponse>(core, DescribePolicy$, {
      on,
      handle: ({ PolicyId }) => ({ Policy: toView(findPolicy(organization, PolicyId)) }),
    }),
    defineRead<Given<ListPoliciesRequest, 'Filter'>, ListPoliciesResponse>(core, ListPolicies$, {
      handle: (input) => {
        checkType(input.Filter);
        const { items, end } = pageOf(policiesOfType(organization, input.Filter), input);
        return { Policies: items.map(({ summary }) => summary), ...end };
      },
    }),
  ];
}

/** The policies of one type, of which there are only service control policies. */
export function policiesOfType(
  { policies }: Organization,
  type: string,
): readonly ServiceControlPolicy[] {
  return [...policies.values()].filter(({ summary }) => summary.Type === type);
}

function toView({ summary, text }: ServiceControlPolicy): Policy {
  return { PolicySummary: summary, Content: text };
}
