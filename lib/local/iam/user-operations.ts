import {
  CreateUser$,
  type CreateUserRequest,
  type CreateUserResponse,
  DeleteUser$,
  type DeleteUserRequest,
  GetUser$,
  type GetUserRequest,
  type GetUserResponse,
  ListUsers$,
  type ListUsersRequest,
  type ListUsersResponse,
} from '@aws-sdk/client-iam';
import { newPrincipal, type Principals } from '../identity/principals.ts';
import type { Given } from '../wire/given.ts';
import type { Call, Operation } from '../wire/operation.ts';
import { checkQuota } from './account-quotas.ts';
import { defineRead, defineWrite } from './define-iam.ts';
import { findPrincipalNamed } from './find-principal.ts';
import {
  alreadyExists,
  checkName,
  checkNoBoundary,
  checkPath,
  deleteConflict,
} from './iam-faults.ts';
import { pageOf } from './iam-paging.ts';
import { addTags, checkTags } from './tags.ts';
import { toListedUser, toUserView } from './views.ts';

type Named<Request extends { UserName?: string | undefined }> = Given<Request, 'UserName'>;

/** The operations on users. */
export function userOperations(principals: Principals): readonly Operation[] {
  return [
    defineWrite<Named<CreateUserRequest>, CreateUserResponse>(CreateUser$, principals, {
      on: ({ UserName }) => ['user', UserName],
      handle: (input, { nowMs }) => createUser(principals, input, nowMs),
    }),
    defineRead<GetUserRequest, GetUserResponse>(GetUser$, principals, {
      on: ({ UserName }, { caller }) => ['user', UserName ?? caller.name],
      handle: ({ UserName }, call) => ({
        User: toUserView(findPrincipalNamed(principals, 'user', UserName ?? ownName(call))),
      }),
    }),
    defineWrite<Named<DeleteUserRequest>, void>(DeleteUser$, principals, {
      on: ({ UserName }) => ['user', UserName],
      handle: ({ UserName }) => deleteUser(principals, UserName),
    }),
    defineRead<ListUsersRequest, ListUsersResponse>(ListUsers$, principals, {
      on: () => ['user', undefined],
      handle: (input) => {
        const { PathPrefix = '/' } = input;
        const users = [...principals.users.values()].filter(({ path }) =>
          path.startsWith(PathPrefix),
        );
        const { items, end } = pageOf(users, input);
        return { Users: items.map(toListedUser), ...end };
      },
    }),
  ];
}

/** AWS: without a name the caller means itself. */
function ownName({ caller }: Call): string {
  return caller.name;
}

function createUser(
  principals: Principals,
  { UserName: name, Path: path = '/', Tags, PermissionsBoundary }: Named<CreateUserRequest>,
  nowMs: number,
): CreateUserResponse {
  checkName(name, 'userName', 64);
  checkPath(path);
  checkTags(Tags);
  checkNoBoundary(PermissionsBoundary);
  if (principals.users.has(name)) throw alreadyExists('User', name);
  checkQuota('UsersPerAccount', principals.users.size);
  const user = newPrincipal(principals, { kind: 'user', name, path, nowMs });
  addTags(user, Tags);
  return { User: toUserView(user) };
}

function deleteUser(principals: Principals, name: string): void {
  const user = findPrincipalNamed(principals, 'user', name);
  if ([...principals.keys.values()].some(({ principal }) => principal.arn === user.arn)) {
    throw deleteConflict('delete access keys');
  }
  if (user.attached.size > 0) throw deleteConflict('detach all policies');
  if (user.policies.size > 0) throw deleteConflict('delete policies');
  principals.users.delete(name);
}
