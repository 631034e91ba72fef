import {
  CreateRole$,
  type CreateRoleRequest,
  type CreateRoleResponse,
  DeleteRole$,
  type DeleteRoleRequest,
  GetRole$,
  type GetRoleRequest,
  type GetRoleResponse,
  ListRoles$,
  type ListRolesRequest,
  type ListRolesResponse,
  ListRoleTags$,
  type ListRoleTagsRequest,
  type ListRoleTagsResponse,
  TagRole$,
  type TagRoleRequest,
  UpdateAssumeRolePolicy$,
  type UpdateAssumeRolePolicyRequest,
  UpdateRole$,
  type UpdateRoleRequest,
  type UpdateRoleResponse,
} from '@aws-sdk/client-iam';
import { newPrincipal, type Principals } from '../identity/principals.ts';
import type { Given } from '../wire/given.ts';
import type { Operation } from '../wire/operation.ts';
import { checkQuota } from './account-quotas.ts';
import { defineRead, defineWrite } from './define-iam.ts';
import { findPrincipalNamed } from './find-principal.ts';
import {
  alreadyExists,
  checkName,
  checkNoBoundary,
  checkPath,
  checkSessionDuration,
  deleteConflict,
} from './iam-faults.ts';
import { pageOf } from './iam-paging.ts';
import { checkTrust, replaceTrust } from './inline-policies.ts';
import { addTags, checkTags } from './tags.ts';
import { toListedRole, toRoleView, toTags } from './views.ts';

type Named<Request extends { RoleName: string | undefined }> = Given<Request, 'RoleName'>;
type CreateInput = Given<CreateRoleRequest, 'RoleName' | 'AssumeRolePolicyDocument'>;
type TrustInput = Given<UpdateAssumeRolePolicyRequest, 'RoleName' | 'PolicyDocument'>;

/** The operations on roles. */
export function roleOperations(principals: Principals): readonly Operation[] {
  return [...roleChanges(principals), ...roleReads(principals)];
}

function roleChanges(principals: Principals): readonly Operation[] {
  const on = ({ RoleName }: { readonly RoleName: string }) => ['role', RoleName] as const;
  return [
    defineWrite<CreateInput, CreateRoleResponse>(CreateRole$, principals, {
      on,
      handle: (input, { nowMs }) => createRole(principals, input, nowMs),
    }),
    defineWrite<Named<DeleteRoleRequest>, void>(DeleteRole$, principals, {
      on,
      handle: ({ RoleName }) => deleteRole(principals, RoleName),
    }),
    defineWrite<TrustInput, void>(UpdateAssumeRolePolicy$, principals, {
      on,
      handle: ({ RoleName, PolicyDocument }) => replaceTrust(principals, RoleName, PolicyDocument),
    }),
    defineWrite<Named<UpdateRoleRequest>, UpdateRoleResponse>(UpdateRole$, principals, {
      on,
      handle: (input) => updateRole(principals, input),
    }),
    defineWrite<Named<TagRoleRequest>, void>(TagRole$, principals, {
      on,
      handle: ({ RoleName, Tags }) =>
        addTags(findPrincipalNamed(principals, 'role', RoleName), Tags),
    }),
  ];
}

function roleReads(principals: Principals): readonly Operation[] {
  const on = ({ RoleName }: { readonly RoleName: string }) => ['role', RoleName] as const;
  const find = (name: string) => findPrincipalNamed(principals, 'role', name);
  return [
    defineRead<Named<GetRoleRequest>, GetRoleResponse>(GetRole$, principals, {
      on,
      // AWS: a role that nobody was seen to use has an empty use, in this answer alone.
      handle: ({ RoleName }) => ({ Role: { ...toRoleView(find(RoleName)), RoleLastUsed: {} } }),
    }),
    defineRead<ListRolesRequest, ListRolesResponse>(ListRoles$, principals, {
      on: () => ['role', undefined],
      handle: (input) => {
        const { PathPrefix = '/' } = input;
        const roles = [...principals.roles.values()];
        const { items, end } = pageOf(
          roles.filter(({ path }) => path.startsWith(PathPrefix)),
          input,
        );
        return { Roles: items.map(toListedRole), ...end };
      },
    }),
    defineRead<Named<ListRoleTagsRequest>, ListRoleTagsResponse>(ListRoleTags$, principals, {
      on,
      handle: (input) => {
        const { items, end } = pageOf(toTags(find(input.RoleName).tags), input);
        return { Tags: items, ...end };
      },
    }),
  ];
}

function createRole(principals: Principals, input: CreateInput, nowMs: number): CreateRoleResponse {
  const { RoleName: name, Path: path = '/', AssumeRolePolicyDocument: trust } = input;
  checkName(name, 'roleName', 64);
  checkPath(path);
  checkTrust(name, trust);
  checkTags(input.Tags);
  checkNoBoundary(input.PermissionsBoundary);
  checkSessionDuration(input.MaxSessionDuration);
  if (principals.roles.has(name)) throw alreadyExists('Role', name);
  checkQuota('RolesPerAccount', principals.roles.size);
  const role = newPrincipal(principals, {
    kind: 'role',
    name,
    path,
    trust,
    nowMs,
    ...(input.Description === undefined ? {} : { description: input.Description }),
    ...(input.MaxSessionDuration === undefined
      ? {}
      : { maxSessionSeconds: input.MaxSessionDuration }),
  });
  addTags(role, input.Tags);
  return { Role: toRoleView(role) };
}

/** AWS: only what is named changes. */
function updateRole(
  principals: Principals,
  { RoleName, Description: description, MaxSessionDuration }: Named<UpdateRoleRequest>,
): UpdateRoleResponse {
  const role = findPrincipalNamed(principals, 'role', RoleName);
  checkSessionDuration(MaxSessionDuration);
  principals.roles.set(RoleName, {
    ...role,
    ...(description === undefined ? {} : { description }),
    ...(MaxSessionDuration === undefined ? {} : { maxSessionSeconds: MaxSessionDuration }),
  });
  return {};
}

/** Sessions of a role that is gone are gone with it. */
function deleteRole(principals: Principals, name: string): void {
  const role = findPrincipalNamed(principals, 'role', name);
  if (role.attached.size > 0) throw deleteConflict('detach all policies');
  if (role.policies.size > 0) throw deleteConflict('delete policies');
  for (const [id, { principal }] of principals.keys) {
    if (principal.arn === role.arn) principals.keys.delete(id);
  }
  principals.roles.delete(name);
}
