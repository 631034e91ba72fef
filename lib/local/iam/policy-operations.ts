import {
  DeleteRolePolicy$,
  type DeleteRolePolicyRequest,
  DeleteUserPolicy$,
  type DeleteUserPolicyRequest,
  GetRolePolicy$,
  type GetRolePolicyRequest,
  type GetRolePolicyResponse,
  GetUserPolicy$,
  type GetUserPolicyRequest,
  type GetUserPolicyResponse,
  ListRolePolicies$,
  type ListRolePoliciesRequest,
  type ListRolePoliciesResponse,
  ListUserPolicies$,
  type ListUserPoliciesRequest,
  type ListUserPoliciesResponse,
  PutRolePolicy$,
  type PutRolePolicyRequest,
  PutUserPolicy$,
  type PutUserPolicyRequest,
} from '@aws-sdk/client-iam';
import type { Principals } from '../identity/principals.ts';
import type { Given } from '../wire/given.ts';
import type { Operation } from '../wire/operation.ts';
import { defineRead, defineWrite } from './define-iam.ts';
import { findPrincipalNamed } from './find-principal.ts';
import { pageOf } from './iam-paging.ts';
import { deletePolicy, getPolicy, type PolicyPlace, putPolicy } from './inline-policies.ts';

type UserPolicy = Given<DeleteUserPolicyRequest, 'UserName' | 'PolicyName'>;
type RolePolicy = Given<DeleteRolePolicyRequest, 'RoleName' | 'PolicyName'>;
type PutUser = UserPolicy & Given<PutUserPolicyRequest, 'PolicyDocument'>;
type PutRole = RolePolicy & Given<PutRolePolicyRequest, 'PolicyDocument'>;
type ListUser = Given<ListUserPoliciesRequest, 'UserName'>;
type ListRole = Given<ListRolePoliciesRequest, 'RoleName'>;

/** The operations on the inline policies of users. */
export function userPolicyOperations(principals: Principals): readonly Operation[] {
  const on = ({ UserName }: { readonly UserName: string }) => ['user', UserName] as const;
  return [
    defineWrite<PutUser, void>(PutUserPolicy$, principals, {
      on,
      handle: (input) => putPolicy(principals, userPlace(input), input.PolicyDocument),
    }),
    defineRead<UserPolicy & GetUserPolicyRequest, GetUserPolicyResponse>(
      GetUserPolicy$,
      principals,
      {
        on,
        handle: (input) => ({
          UserName: input.UserName,
          PolicyName: input.PolicyName,
          PolicyDocument: getPolicy(principals, userPlace(input)),
        }),
      },
    ),
    defineWrite<UserPolicy, void>(DeleteUserPolicy$, principals, {
      on,
      handle: (input) => deletePolicy(principals, userPlace(input)),
    }),
    defineRead<ListUser, ListUserPoliciesResponse>(ListUserPolicies$, principals, {
      on,
      handle: (input) => {
        const { policies } = findPrincipalNamed(principals, 'user', input.UserName);
        const { items, end } = pageOf([...policies.keys()].sort(), input);
        return { PolicyNames: items, ...end };
      },
    }),
  ];
}

/** The operations on the inline policies of roles. */
export function rolePolicyOperations(principals: Principals): readonly Operation[] {
  const on = ({ RoleName }: { readonly RoleName: string }) => ['role', RoleName] as const;
  return [
    defineWrite<PutRole, void>(PutRolePolicy$, principals, {
      on,
      handle: (input) => putPolicy(principals, rolePlace(input), input.PolicyDocument),
    }),
    defineRead<RolePolicy & GetRolePolicyRequest, GetRolePolicyResponse>(
      GetRolePolicy$,
      principals,
      {
        on,
        handle: (input) => ({
          RoleName: input.RoleName,
          PolicyName: input.PolicyName,
          PolicyDocument: getPolicy(principals, rolePlace(input)),
        }),
      },
    ),
    defineWrite<RolePolicy, void>(DeleteRolePolicy$, principals, {
      on,
      handle: (input) => deletePolicy(principals, rolePlace(input)),
    }),
    defineRead<ListRole, ListRolePoliciesResponse>(ListRolePolicies$, principals, {
      on,
      handle: (input) => {
        const { policies } = findPrincipalNamed(principals, 'role', input.RoleName);
        const { items, end } = pageOf([...policies.keys()].sort(), input);
        return { PolicyNames: items, ...end };
      },
    }),
  ];
}

function userPlace({ UserName: name, PolicyName: policyName }: UserPolicy): PolicyPlace {
  return { kind: 'user', name, policyName };
}

function rolePlace({ RoleName: name, PolicyName: policyName }: RolePolicy): PolicyPlace {
  return { kind: 'role', name, policyName };
}
