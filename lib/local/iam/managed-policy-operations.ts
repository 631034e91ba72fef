import {
  CreatePolicy$,
  type CreatePolicyResponse,
  DeletePolicy$,
  type DeletePolicyRequest,
  GetPolicy$,
  type GetPolicyRequest,
  type GetPolicyResponse,
  GetPolicyVersion$,
  type GetPolicyVersionRequest,
  type GetPolicyVersionResponse,
  ListPolicies$,
  type ListPoliciesRequest,
  type ListPoliciesResponse,
  ListPolicyVersions$,
  type ListPolicyVersionsRequest,
  type ListPolicyVersionsResponse,
  type PolicyVersion,
} from '@aws-sdk/client-iam';
import type { ManagedPolicy } from '../identity/managed-policy.ts';
import type { Principals } from '../identity/principals.ts';
import type { Given } from '../wire/given.ts';
import type { Operation } from '../wire/operation.ts';
import { defineReadOn, defineWriteOn } from './define-iam.ts';
import { iamFault, noSuchPolicy } from './iam-faults.ts';
import { pageOf } from './iam-paging.ts';
import {
  countAttachments,
  createPolicy,
  deletePolicy,
  findPolicy,
  isOfAws,
  type NewPolicy,
  policyArnOf,
} from './managed-policies.ts';
import { encodeDocument, toPolicyDetail, toPolicyView } from './views.ts';

type OnPolicy<Request extends { PolicyArn: string | undefined }> = Given<Request, 'PolicyArn'>;
type VersionInput = Given<GetPolicyVersionRequest, 'PolicyArn' | 'VersionId'>;

/** The operations on managed policies. */
export function managedPolicyOperations(principals: Principals): readonly Operation[] {
  return [...policyChanges(principals), ...policyReads(principals), ...versionReads(principals)];
}

function policyChanges(principals: Principals): readonly Operation[] {
  return [
    defineWriteOn<NewPolicy, CreatePolicyResponse>(CreatePolicy$, {
      target: (input) => ({ resource: policyArnOf(principals, input) }),
      handle: (input, { nowMs }) => ({
        Policy: toPolicyDetail(createPolicy(principals, input, nowMs), 0),
      }),
    }),
    defineWriteOn<OnPolicy<DeletePolicyRequest>, void>(DeletePolicy$, {
      target: ({ PolicyArn }) => ({ resource: PolicyArn }),
      handle: ({ PolicyArn }) => deletePolicy(principals, PolicyArn),
    }),
  ];
}

function policyReads(principals: Principals): readonly Operation[] {
  return [
    defineReadOn<OnPolicy<GetPolicyRequest>, GetPolicyResponse>(GetPolicy$, {
      target: ({ PolicyArn }) => ({ resource: PolicyArn }),
      handle: ({ PolicyArn }) => {
        const policy = findPolicy(principals, PolicyArn);
        return { Policy: toPolicyDetail(policy, countAttachments(principals, PolicyArn)) };
      },
    }),
    defineReadOn<ListPoliciesRequest, ListPoliciesResponse>(ListPolicies$, {
      target: () => ({ resource: '*' }),
      handle: (input) => {
        const { items, end } = pageOf(listPolicies(principals, input), input);
        const views = items.map((policy) =>
          toPolicyView(policy, countAttachments(principals, policy.arn)),
        );
        return { Policies: views, ...end };
      },
    }),
  ];
}

function versionReads(principals: Principals): readonly Operation[] {
  return [
    defineReadOn<VersionInput, GetPolicyVersionResponse>(GetPolicyVersion$, {
      target: ({ PolicyArn }) => ({ resource: PolicyArn }),
      handle: ({ PolicyArn, VersionId }) => {
        const policy = findPolicy(principals, PolicyArn);
        if (VersionId !== policy.versionId) {
          throw noSuchPolicy(`Policy ${PolicyArn} version ${VersionId} does not exist.`);
        }
        const Document = encodeDocument(policy.text);
        return { PolicyVersion: { ...toVersionView(policy), Document } };
      },
    }),
    defineReadOn<OnPolicy<ListPolicyVersionsRequest>, ListPolicyVersionsResponse>(
      ListPolicyVersions$,
      {
        target: ({ PolicyArn }) => ({ resource: PolicyArn }),
        handle: (input) => {
          const { items, end } = pageOf([findPolicy(principals, input.PolicyArn)], input);
          return { Versions: items.map(toVersionView), ...end };
        },
      },
    ),
  ];
}

const SCOPES = ['All', 'AWS', 'Local'];

function listPolicies(
  principals: Principals,
  { Scope = 'All', OnlyAttached = false, PathPrefix = '/', PolicyUsageFilter }: ListPoliciesRequest,
): readonly ManagedPolicy[] {
  if (!SCOPES.includes(Scope)) {
    throw iamFault(
      'ValidationError',
      `1 validation error detected: Value '${Scope}' at 'scope' failed to satisfy constraint: Member must satisfy enum value set: [${SCOPES.join(', ')}]`,
    );
  }
  // No user or role has a boundary here.
  if (PolicyUsageFilter === 'PermissionsBoundary') return [];
  return [...principals.managedPolicies.values()].filter((policy) => {
    const isInScope = Scope === 'All' || isOfAws(policy) === (Scope === 'AWS');
    const isWanted = !OnlyAttached || countAttachments(principals, policy.arn) > 0;
    return isInScope && isWanted && policy.path.startsWith(PathPrefix);
  });
}

function toVersionView({ versionId, updatedAtMs }: ManagedPolicy): PolicyVersion {
  return { VersionId: versionId, IsDefaultVersion: true, CreateDate: new Date(updatedAtMs) };
}
