import type { CreatePolicyRequest } from '@aws-sdk/client-iam';
import { idToken } from '../identity/id-token.ts';
import type { ManagedPolicy } from '../identity/managed-policy.ts';
import { forgetJudge, type Principals } from '../identity/principals.ts';
import { readPolicy } from '../identity/resource-policy.ts';
import type { Given } from '../wire/given.ts';
import { checkQuota } from './account-quotas.ts';
import { findPrincipalNamed, type PrincipalKind } from './find-principal.ts';
import {
  alreadyExists,
  checkName,
  checkPath,
  iamFault,
  malformedPolicy,
  noSuchPolicy,
} from './iam-faults.ts';
import { addTags, checkTags } from './tags.ts';

/** White space left aside. */
const LARGEST_POLICY = 6144;
const ATTACHED_PER_PRINCIPAL = 10;

/** What a new policy is made of. */
export type NewPolicy = Given<CreatePolicyRequest, 'PolicyName' | 'PolicyDocument'>;

/** One managed policy on one user or role. */
export interface AttachmentPlace {
  readonly kind: PrincipalKind;
  readonly name: string;
  readonly policyArn: string;
}

/** The ARN of a managed policy of the account. */
export function policyArnOf(
  { accountId }: Principals,
  { PolicyName: name, Path: path = '/' }: Pick<NewPolicy, 'PolicyName' | 'Path'>,
): string {
  return `arn:aws:iam::${accountId}:policy${path}${name}`;
}

/** Adds a managed policy of the account. */
export function createPolicy(
  principals: Principals,
  input: NewPolicy,
  nowMs: number,
): ManagedPolicy {
  const {
    PolicyName: name,
    Path: path = '/',
    PolicyDocument: text,
    Description: description,
  } = input;
  checkName(name, 'policyName', 128);
  checkPath(path);
  const read = readPolicy(name, text, { allowPrincipal: false });
  if (!read.ok) throw malformedPolicy(read.reason);
  if (text.replace(/\s/g, '').length > LARGEST_POLICY) {
    throw iamFault('LimitExceeded', `Cannot exceed quota for PolicySize: ${LARGEST_POLICY}`, 409);
  }
  checkTags(input.Tags);
  const held = [...principals.managedPolicies.values()].filter((policy) => !isOfAws(policy));
  if (isNameTaken(held, name)) throw alreadyExists('Policy', name);
  checkQuota('CustomerManagedPoliciesPerAccount', held.length);
  const arn = policyArnOf(principals, input);
  const policy: ManagedPolicy = {
    arn,
    id: `ANPA${idToken(`${arn}/${nowMs}`, 17)}`,
    name,
    path,
    ...(description === undefined ? {} : { description }),
    versionId: 'v1',
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
    text,
    document: read.document,
    tags: new Map(),
  };
  addTags(policy, input.Tags);
  principals.managedPolicies.set(arn, policy);
  return policy;
}

/** Finds a managed policy, or says that there is none. */
export function findPolicy({ managedPolicies }: Principals, arn: string): ManagedPolicy {
  checkPolicyArn(arn);
  const policy = managedPolicies.get(arn);
  if (policy === undefined) throw noSuchPolicy(`Policy ${arn} was not found.`);
  return policy;
}

/** Removes a managed policy that nobody has. */
export function deletePolicy(principals: Principals, arn: string): void {
  const policy = findPolicy(principals, arn);
  if (isOfAws(policy)) {
    throw iamFault('AccessDenied', `The policy ${arn} is kept by AWS and cannot be deleted.`, 403);
  }
  if (countAttachments(principals, arn) > 0) {
    throw iamFault('DeleteConflict', 'Cannot delete a policy attached to entities.', 409);
  }
  principals.managedPolicies.delete(arn);
}

/** Gives a user or a role a managed policy; it counts from the next call on. */
export function attachPolicy(principals: Principals, place: AttachmentPlace): void {
  const { kind, name, policyArn } = place;
  const principal = findPrincipalNamed(principals, kind, name);
  checkPolicyArn(policyArn);
  const policy = principals.managedPolicies.get(policyArn);
  if (policy === undefined) {
    throw noSuchPolicy(`Policy ${policyArn} does not exist or is not attachable.`);
  }
  if (!principal.attached.has(policyArn) && principal.attached.size >= ATTACHED_PER_PRINCIPAL) {
    const quota = kind === 'user' ? 'PoliciesPerUser' : 'PoliciesPerRole';
    const message = `Cannot exceed quota for ${quota}: ${ATTACHED_PER_PRINCIPAL}`;
    throw iamFault('LimitExceeded', message, 409);
  }
  principal.attached.set(policyArn, policy);
  forgetJudge(principals, principal);
}

/** Takes a managed policy away; it stops counting from the next call on. */
export function detachPolicy(principals: Principals, place: AttachmentPlace): void {
  const { kind, name, policyArn } = place;
  const principal = findPrincipalNamed(principals, kind, name);
  checkPolicyArn(policyArn);
  if (!principal.attached.delete(policyArn)) {
    throw noSuchPolicy(`Policy ${policyArn} was not found.`);
  }
  forgetJudge(principals, principal);
}

/** How many users and roles have a managed policy. */
export function countAttachments({ users, roles }: Principals, arn: string): number {
  return [...users.values(), ...roles.values()].filter(({ attached }) => attached.has(arn)).length;
}

/** Tells whether AWS keeps a policy, and not the account. */
export function isOfAws({ arn }: Pick<ManagedPolicy, 'arn'>): boolean {
  return arn.startsWith('arn:aws:iam::aws:');
}

/** AWS: names are told apart without regard to case, whatever their path. */
function isNameTaken(held: readonly ManagedPolicy[], name: string): boolean {
  return held.some((policy) => policy.name.toLowerCase() === name.toLowerCase());
}

function checkPolicyArn(arn: string): void {
  if (/^arn:aws[\w-]*:iam::(\d{12}|aws):policy\/[!-~]+$/.test(arn)) return;
  throw iamFault('InvalidInput', `ARN ${arn} is not valid.`);
}
