import {
  type AttachedPolicy,
  AttachRolePolicy$,
  type AttachRolePolicyRequest,
  AttachUserPolicy$,
  type AttachUserPolicyRequest,
  DetachRolePolicy$,
  DetachUserPolicy$,
  ListAttachedRolePolicies$,
  type ListAttachedRolePoliciesRequest,
  type ListAttachedRolePoliciesResponse,
  ListAttachedUserPolicies$,
  type ListAttachedUserPoliciesRequest,
  type ListAttachedUserPoliciesResponse,
} from '@aws-sdk/client-iam';
import type { StaticOperationSchema } from '@smithy/types';
import type { Principal, Principals } from '../identity/principals.ts';
import type { Given } from '../wire/given.ts';
import type { Operation } from '../wire/operation.ts';
import { defineRead, defineWriteOn } from './define-iam.ts';
import { findPrincipalNamed, principalArn } from './find-principal.ts';
import { pageOf } from './iam-paging.ts';
import { type AttachmentPlace, attachPolicy, detachPolicy } from './managed-policies.ts';

type OnUser = Given<AttachUserPolicyRequest, 'UserName' | 'PolicyArn'>;
type OnRole = Given<AttachRolePolicyRequest, 'RoleName' | 'PolicyArn'>;
type ListUser = Given<ListAttachedUserPoliciesRequest, 'UserName'>;
type ListRole = Given<ListAttachedRolePoliciesRequest, 'RoleName'>;

/** The operations that give managed policies to users and roles, and take them away. */
export function attachedPolicyOperations(principals: Principals): readonly Operation[] {
  return [
    defineAttachment<OnUser>(principals, AttachUserPolicy$, {
      place: userPlace,
      change: attachPolicy,
    }),
    defineAttachment<OnUser>(principals, DetachUserPolicy$, {
      place: userPlace,
      change: detachPolicy,
    }),
    defineAttachment<OnRole>(principals, AttachRolePolicy$, {
      place: rolePlace,
      change: attachPolicy,
    }),
    defineAttachment<OnRole>(principals, DetachRolePolicy$, {
      place: rolePlace,
      change: detachPolicy,
    }),
    defineRead<ListUser, ListAttachedUserPoliciesResponse>(ListAttachedUserPolicies$, principals, {
      on: ({ UserName }) => ['user', UserName],
      handle: (input) =>
        listAttached(findPrincipalNamed(principals, 'user', input.UserName), input),
    }),
    defineRead<ListRole, ListAttachedRolePoliciesResponse>(ListAttachedRolePolicies$, principals, {
      on: ({ RoleName }) => ['role', RoleName],
      handle: (input) =>
        listAttached(findPrincipalNamed(principals, 'role', input.RoleName), input),
    }),
  ];
}

function defineAttachment<Input>(
  principals: Principals,
  schema: StaticOperationSchema,
  {
    place,
    change,
  }: {
    readonly place: (input: Input) => AttachmentPlace;
    readonly change: (principals: Principals, place: AttachmentPlace) => void;
  },
): Operation {
  return defineWriteOn<Input, void>(schema, {
    target: (input) => {
      const { kind, name, policyArn } = place(input);
      return {
        resource: principalArn(principals, kind, name),
        context: { 'iam:policyarn': [policyArn] },
      };
    },
    handle: (input) => change(principals, place(input)),
  });
}

function listAttached(
  { attached }: Principal,
  request: ListAttachedUserPoliciesRequest | ListAttachedRolePoliciesRequest,
) {
  const { PathPrefix = '/' } = request;
  const wanted = [...attached.values()].filter(({ path }) => path.startsWith(PathPrefix));
  const { items, end } = pageOf(wanted, request);
  const AttachedPolicies: AttachedPolicy[] = items.map(({ name, arn }) => ({
    PolicyName: name,
    PolicyArn: arn,
  }));
  return { AttachedPolicies, ...end };
}

function userPlace({ UserName: name, PolicyArn: policyArn }: OnUser): AttachmentPlace {
  return { kind: 'user', name, policyArn };
}

function rolePlace({ RoleName: name, PolicyArn: policyArn }: OnRole): AttachmentPlace {
  return { kind: 'role', name, policyArn };
}
