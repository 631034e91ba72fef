import type { Policy, Role, Tag, User } from '@aws-sdk/client-iam';
import { longestSession } from '../identity/longest-session.ts';
import type { ManagedPolicy } from '../identity/managed-policy.ts';
import type { Principal } from '../identity/principals.ts';

/** A user as IAM describes it. */
export function toUserView(user: Principal): User {
  return { ...toListedUser(user), ...tagMember(user) };
}

/** A user as lists describe it: without its tags. */
export function toListedUser(user: Principal): User {
  return {
    Path: user.path,
    UserName: user.name,
    UserId: user.id,
    Arn: user.arn,
    CreateDate: new Date(user.createdAtMs),
  };
}

/** A role as IAM describes it, its trust policy URL-encoded. */
export function toRoleView(role: Principal): Role {
  return { ...toListedRole(role), ...tagMember(role) };
}

/** A role as lists describe it: without its tags. */
export function toListedRole(role: Principal): Role {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: new Date(role.createdAtMs),
    AssumeRolePolicyDocument: encodeDocument(role.trust ?? '{}'),
    ...(role.description === undefined ? {} : { Description: role.description }),
    MaxSessionDuration: longestSession(role),
  };
}

/** A managed policy as lists describe it: without its description and tags. */
export function toPolicyView(policy: ManagedPolicy, attachments: number): Policy {
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.versionId,
    AttachmentCount: attachments,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    CreateDate: new Date(policy.createdAtMs),
    UpdateDate: new Date(policy.updatedAtMs),
  };
}

/** A managed policy with everything that IAM says of it. */
export function toPolicyDetail(policy: ManagedPolicy, attachments: number): Policy {
  return {
    ...toPolicyView(policy, attachments),
    ...(policy.description === undefined ? {} : { Description: policy.description }),
    ...tagMember(policy),
  };
}

/** URL-encodes a document as RFC 3986 says, which is stricter than JavaScript. */
export function encodeDocument(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Tags in IAM's spelling. */
export function toTags(tags: ReadonlyMap<string, string>): Tag[] {
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}

function tagMember({ tags }: Pick<Principal, 'tags'>): { Tags?: Tag[] } {
  return tags.size === 0 ? {} : { Tags: toTags(tags) };
}
