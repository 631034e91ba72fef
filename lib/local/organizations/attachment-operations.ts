import {
  AttachPolicy$,
  type AttachPolicyRequest,
  DetachPolicy$,
  type DetachPolicyRequest,
  ListPoliciesForTarget$,
  type ListPoliciesForTargetRequest,
  type ListPoliciesForTargetResponse,
  ListTargetsForPolicy$,
  type ListTargetsForPolicyRequest,
  type ListTargetsForPolicyResponse,
} from '@aws-sdk/client-organizations';
import type { AccountCore } from '../account-core.ts';
import type { Given } from '../wire/given.ts';
import type { Operation } from '../wire/operation.ts';
import { checkType, pageOf } from './check-input.ts';
import { defineRead, defineWrite } from './define-organizations.ts';
import { findPolicy, findTarget, policyArn, targetArn } from './find-target.ts';
import { applyPolicies, type Organization, targetsOf } from './organization.ts';
import { constraintViolation, organizationsFault } from './organizations-faults.ts';
import { policiesOfType } from './policy-operations.ts';

type Place = Given<AttachPolicyRequest & DetachPolicyRequest, 'PolicyId' | 'TargetId'>;
type OnTarget = Given<ListPoliciesForTargetRequest, 'TargetId' | 'Filter'>;
type OnPolicy = Given<ListTargetsForPolicyRequest, 'PolicyId'>;

/** @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html */
const MOST_ATTACHED = 10;

/** The operations that put policies on the root and on accounts, and take them away. */
export function attachmentOperations(
  core: AccountCore,
  organization: Organization,
): readonly Operation[] {
  return [
    defineChange(core, organization, { schema: AttachPolicy$, change: attach }),
    defineChange(core, organization, { schema: DetachPolicy$, change: detach }),
    defineRead<OnTarget, ListPoliciesForTargetResponse>(core, ListPoliciesForTarget$, {
      on: ({ TargetId }) => [targetArn(organization, TargetId)],
      handle: (input) => {
        checkType(input.Filter);
        const { policyIds } = findTarget(organization, input.TargetId);
        const attached = policiesOfType(organization, input.Filter).filter(({ summary }) =>
          policyIds.has(summary.Id),
        );
        const { items, end } = pageOf(attached, input);
        return { Policies: items.map(({ summary }) => summary), ...end };
      },
    }),
    defineRead<OnPolicy, ListTargetsForPolicyResponse>(core, ListTargetsForPolicy$, {
      on: ({ PolicyId }) => [policyArn(organization, PolicyId)],
      handle: (input) => {
        const { summary } = findPolicy(organization, input.PolicyId);
        const having = targetsOf(organization).filter(({ policyIds }) => policyIds.has(summary.Id));
        const { items, end } = pageOf(having, input);
        return {
          Targets: items.map(({ id, arn, name, type }) => ({
            TargetId: id,
            Arn: arn,
            Name: name,
            Type: type,
          })),
          ...end,
        };
      },
    }),
  ];
}

/** Both are judged; what changes counts from the next call on. */
function defineChange(
  core: AccountCore,
  organization: Organization,
  {
    schema,
    change,
  }: {
    readonly schema: typeof AttachPolicy$;
    readonly change: (policyIds: Set<string>, policyId: string) => void;
  },
): Operation {
  return defineWrite<Place, void>(core, schema, {
    on: ({ PolicyId, TargetId }) => [
      policyArn(organization, PolicyId),
      targetArn(organization, TargetId),
    ],
    handle: ({ PolicyId, TargetId }) => {
      const { summary } = findPolicy(organization, PolicyId);
      change(findTarget(organization, TargetId).policyIds, summary.Id);
      applyPolicies(core, organization);
    },
  });
}

function attach(policyIds: Set<string>, policyId: string): void {
  if (policyIds.has(policyId)) {
    throw organizationsFault(
      'DuplicatePolicyAttachmentException',
      'A policy with the specified name and type already exists.',
    );
  }
  if (policyIds.size >= MOST_ATTACHED) {
    throw constraintViolation(
      'MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED',
      `You have attached the maximum number of policies to the specified target: ${MOST_ATTACHED}.`,
    );
  }
  policyIds.add(policyId);
}

function detach(policyIds: Set<string>, policyId: string): void {
  if (!policyIds.has(policyId)) {
    throw organizationsFault(
      'PolicyNotAttachedException',
      "The policy isn't attached to the specified target in the specified root.",
    );
  }
  if (policyIds.size === 1) {
    throw constraintViolation(
      'MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED',
      'You cannot remove the last policy attached to the specified target. You must have at least one attached at all times.',
    );
  }
  policyIds.delete(policyId);
}
