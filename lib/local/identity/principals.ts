import type { AccessDocument } from '../../../functions/core/iam/document.ts';
import { type AccessJudge, compileAccess } from '../../../functions/core/iam/evaluate.ts';
import { allowEverything } from './allow-everything.ts';
import { type AskedPermissions, createAskedPermissions } from './asked-permissions.ts';
import type { Caller } from './caller.ts';
import { idToken } from './id-token.ts';
import type { ManagedPolicy } from './managed-policy.ts';

/** A user or a role, with the policies that decide what it may do. */
export interface Principal {
  readonly kind: 'user' | 'role';
  readonly name: string;
  readonly arn: string;
  readonly id: string;
  readonly createdAtMs: number;
  readonly path: string;
  /** Trust policy of a role, as it was given. */
  readonly trust?: string;
  readonly description?: string;
  /** The longest session of a role. */
  readonly maxSessionSeconds?: number;
  /** By name: the text as it was given, and the parsed document. */
  readonly policies: Map<string, { readonly text: string; readonly document: AccessDocument }>;
  /** The managed policies that are attached, by ARN. */
  readonly attached: Map<string, ManagedPolicy>;
  readonly tags: Map<string, string>;
}

/** The users, roles, managed policies and access keys of the account. */
export interface Principals {
  readonly accountId: string;
  /** Where the account is asked: what `aws:RequestedRegion` holds. */
  readonly region: string;
  /** By ARN, those of AWS included. */
  readonly managedPolicies: Map<string, ManagedPolicy>;
  readonly users: Map<string, Principal>;
  readonly roles: Map<string, Principal>;
  readonly keys: Map<string, AccessKey>;
  /** Compiled once per set of policies. */
  readonly judges: WeakMap<Principal, AccessJudge>;
  readonly asked: AskedPermissions;
  /** What the policies of each level above the account say: nothing without an organization. */
  readonly serviceControls: Map<string, AccessJudge>;
}

/** An access key and whom it stands for. */
export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly principal: Principal;
  readonly sessionName?: string;
  readonly createdAtMs: number;
  /** Absent: it lasts, as a user's key and what a running function is given. */
  readonly expiresAtMs?: number;
  /** Code that runs in the account has it, and lives in virtual time. */
  readonly isInside?: boolean;
}

/** The access key that may do everything, for a quick start. */
export const ADMIN_ACCESS_KEY_ID = 'local';

/** Creates an account's principals: an administrator with a well-known key. */
export function createPrincipals(
  accountId: string,
  nowMs: number,
  region = 'us-east-1',
): Principals {
  const principals: Principals = {
    accountId,
    region,
    managedPolicies: new Map(),
    users: new Map(),
    roles: new Map(),
    keys: new Map(),
    judges: new WeakMap(),
    asked: createAskedPermissions(),
    serviceControls: new Map(),
  };
  const admin = newPrincipal(principals, { kind: 'user', name: 'local-admin', nowMs });
  admin.policies.set('administrator', allowEverything('administrator'));
  principals.keys.set(ADMIN_ACCESS_KEY_ID, {
    accessKeyId: ADMIN_ACCESS_KEY_ID,
    secretAccessKey: ADMIN_ACCESS_KEY_ID,
    principal: admin,
    createdAtMs: nowMs,
  });
  return principals;
}

/** Adds a user or a role. */
export function newPrincipal(
  principals: Principals,
  from: {
    readonly kind: 'user' | 'role';
    readonly name: string;
    readonly nowMs: number;
    readonly path?: string;
    readonly trust?: string;
    readonly description?: string;
    readonly maxSessionSeconds?: number;
  },
): Principal {
  const { kind, name, nowMs, path = '/', trust, description, maxSessionSeconds } = from;
  const principal: Principal = {
    kind,
    name,
    arn: `arn:aws:iam::${principals.accountId}:${kind}${path}${name}`,
    id: `${kind === 'user' ? 'AIDA' : 'AROA'}${idToken(`${kind}/${name}`, 17)}`,
    createdAtMs: nowMs,
    path,
    ...(trust === undefined ? {} : { trust }),
    ...(description === undefined ? {} : { description }),
    ...(maxSessionSeconds === undefined ? {} : { maxSessionSeconds }),
    policies: new Map(),
    attached: new Map(),
    tags: new Map(),
  };
  (kind === 'user' ? principals.users : principals.roles).set(name, principal);
  return principal;
}

/** Issues an access key: a session's for a role, a lasting one for a user. */
export function issueKey(
  principals: Principals,
  principal: Principal,
  session: {
    readonly name?: string;
    readonly nowMs: number;
    readonly expiresAtMs?: number;
    readonly isInside?: boolean;
  },
): AccessKey {
  const count = issued.get(principals) ?? 0;
  issued.set(principals, count + 1);
  const seed = `${principal.arn}/${session.name ?? ''}/${count}`;
  const isSession = principal.kind === 'role';
  const key: AccessKey = {
    accessKeyId: `${isSession ? 'ASIA' : 'AKIA'}${idToken(seed, 16)}`,
    secretAccessKey: idToken(`${seed}/secret`, 40),
    ...(isSession ? { sessionToken: idToken(`${seed}/session`, 48) } : {}),
    principal,
    ...(session.name === undefined ? {} : { sessionName: session.name }),
    createdAtMs: session.nowMs,
    ...(session.expiresAtMs === undefined ? {} : { expiresAtMs: session.expiresAtMs }),
    ...(session.isInside === true ? { isInside: true } : {}),
  };
  principals.keys.set(key.accessKeyId, key);
  return key;
}

/** Who an access key stands for; undefined where there is no such key. */
export function findCaller(principals: Principals, accessKeyId: string): Caller | undefined {
  const key = principals.keys.get(accessKeyId);
  if (key === undefined) return undefined;
  const { principal, sessionName } = key;
  const { accountId } = principals;
  const isRole = principal.kind === 'role';
  return {
    kind: isRole ? 'role-session' : 'user',
    accountId,
    accessKeyId,
    arn: isRole
      ? `arn:aws:sts::${accountId}:assumed-role/${principal.name}/${sessionName}`
      : principal.arn,
    principalArn: principal.arn,
    principalId: isRole ? `${principal.id}:${sessionName}` : principal.id,
    name: principal.name,
  };
}

/** The principal behind a caller; undefined once it is deleted. */
export function findPrincipal(principals: Principals, caller: Caller): Principal | undefined {
  const all = caller.kind === 'user' ? principals.users : principals.roles;
  return all.get(caller.name);
}

/** The compiled policies of a principal. */
export function judgeOf(principals: Principals, principal: Principal): AccessJudge {
  const cached = principals.judges.get(principal);
  if (cached !== undefined) return cached;
  const judge = principals.asked.noting(principal.arn, compileAccess(documentsOf(principal)));
  principals.judges.set(principal, judge);
  return judge;
}

/** Forgets what was compiled, after a principal's policies changed. */
export function forgetJudge(principals: Principals, principal: Principal): void {
  principals.judges.delete(principal);
}

/** Its own policies and those that are attached. */
function documentsOf({ policies, attached }: Principal): readonly AccessDocument[] {
  return [...policies.values(), ...attached.values()].map(({ document }) => document);
}

/** How many keys an account ever issued: the id of a deleted key never comes back. */
const issued = new WeakMap<Principals, number>();
