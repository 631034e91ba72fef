import { randomBytes } from 'node:crypto';
import type { CreatePolicyRequest, UpdatePolicyRequest } from '@aws-sdk/client-organizations';
import { readPolicy } from '../identity/resource-policy.ts';
import type { Given } from '../wire/given.ts';
import { checkName, checkType } from './check-input.ts';
import { findPolicy } from './find-target.ts';
import { type Organization, type ServiceControlPolicy, targetsOf } from './organization.ts';
import {
  constraintViolation,
  invalidInput,
  malformedPolicy,
  organizationsFault,
} from './organizations-faults.ts';

/**
 * Characters, white space included.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
 */
const LARGEST_POLICY = 10_240;

/** What a new policy is made of. */
export type NewPolicy = Given<CreatePolicyRequest, 'Content' | 'Description' | 'Name' | 'Type'>;

/** What of a policy is changed. */
export type ChangedPolicy = Given<UpdatePolicyRequest, 'PolicyId'>;

/** Adds a policy, which is attached to nothing yet. */
export function createPolicy(
  organization: Organization,
  { Content, Description, Name, Type, Tags = [] }: NewPolicy,
): ServiceControlPolicy {
  checkType(Type);
  if (Type !== 'SERVICE_CONTROL_POLICY') {
    throw organizationsFault(
      'PolicyTypeNotAvailableForOrganizationException',
      `the local account has no policies of type ${Type}`,
    );
  }
  if (Tags.length > 0) {
    throw invalidInput('INVALID_LIST_MEMBER', 'the local account keeps no tags of policies');
  }
  checkName(Name);
  checkNameIsFree(organization, Name);
  const { id, managementAccountId, policies } = organization;
  const Id = `p-${randomBytes(4).toString('hex')}`;
  const policy: ServiceControlPolicy = {
    summary: {
      Id,
      Arn: `arn:aws:organizations::${managementAccountId}:policy/${id}/service_control_policy/${Id}`,
      Name,
      Description,
      Type,
      AwsManaged: false,
    },
    ...readContent(Name, Content),
  };
  policies.set(Id, policy);
  return policy;
}

/** Changes a policy wherever it is attached; what is not named stays. */
export function updatePolicy(
  organization: Organization,
  { PolicyId, Name, Description, Content }: ChangedPolicy,
): ServiceControlPolicy {
  const policy = findOwnPolicy(organization, PolicyId);
  const { summary } = policy;
  if (Name !== undefined && Name !== summary.Name) {
    checkName(Name);
    checkNameIsFree(organization, Name);
  }
  const changed: ServiceControlPolicy = {
    ...policy,
    summary: {
      ...summary,
      ...(Name === undefined ? {} : { Name }),
      ...(Description === undefined ? {} : { Description }),
    },
    ...(Content === undefined ? {} : readContent(Name ?? PolicyId, Content)),
  };
  organization.policies.set(PolicyId, changed);
  return changed;
}

/** Removes a policy that nothing has. */
export function deletePolicy(organization: Organization, policyId: string): void {
  findOwnPolicy(organization, policyId);
  if (targetsOf(organization).some(({ policyIds }) => policyIds.has(policyId))) {
    throw organizationsFault(
      'PolicyInUseException',
      'The policy is attached to one or more entities. You must detach it from all roots, OUs, and accounts before performing this operation.',
    );
  }
  organization.policies.delete(policyId);
}

function findOwnPolicy(organization: Organization, policyId: string): ServiceControlPolicy {
  const policy = findPolicy(organization, policyId);
  if (policy.summary.AwsManaged !== true) return policy;
  throw invalidInput(
    'IMMUTABLE_POLICY',
    "You specified a policy that is managed by AWS and can't be modified.",
  );
}

function readContent(name: string, text: string): Pick<ServiceControlPolicy, 'text' | 'document'> {
  if (text.length > LARGEST_POLICY) {
    throw constraintViolation(
      'POLICY_CONTENT_LIMIT_EXCEEDED',
      'You have exceeded the maximum policy size.',
    );
  }
  const read = readPolicy(name, text, { allowPrincipal: false });
  if (!read.ok) throw malformedPolicy(read.reason);
  return { text, document: read.document };
}

function checkNameIsFree({ policies }: Organization, name: string): void {
  if (![...policies.values()].some(({ summary }) => summary.Name === name)) return;
  throw organizationsFault(
    'DuplicatePolicyException',
    'A policy with the specified name and type already exists.',
  );
}
