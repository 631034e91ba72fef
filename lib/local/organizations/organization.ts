import type { PolicySummary, TargetType } from '@aws-sdk/client-organizations';
import type { AccessDocument } from '../../../functions/core/iam/document.ts';
import { compileAccess } from '../../../functions/core/iam/evaluate.ts';
import type { AccountCore } from '../account-core.ts';
import { idToken } from '../identity/id-token.ts';
import { FULL_ACCESS } from './full-access.ts';

/** A service control policy. */
export interface ServiceControlPolicy {
  readonly summary: PolicySummary & { readonly Id: string; readonly Arn: string };
  /** The text as it was given, and the parsed document. */
  readonly text: string;
  readonly document: AccessDocument;
}

/** What policies can be attached to. */
export interface Target {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly type: TargetType;
  /** Ids of the policies, in the order of their attachment. */
  readonly policyIds: Set<string>;
}

/** An organization: a root, and under it the management account and the local account. */
export interface Organization {
  readonly id: string;
  readonly managementAccountId: string;
  readonly root: Target;
  readonly management: Target;
  readonly member: Target;
  readonly policies: Map<string, ServiceControlPolicy>;
  readonly createdAtMs: number;
}

const MANAGEMENT_ACCOUNT_ID = '999999999999';

/** Creates the organization whose member the local account is: everything is allowed at first. */
export function createOrganization(core: AccountCore): Organization {
  const { accountId } = core;
  const id = `o-${idToken(`organization/${accountId}`, 10).toLowerCase()}`;
  const rootId = `r-${idToken(`root/${accountId}`, 4).toLowerCase()}`;
  const target = (kind: string, from: Omit<Target, 'arn' | 'policyIds'>): Target => ({
    ...from,
    arn: `arn:aws:organizations::${MANAGEMENT_ACCOUNT_ID}:${kind}/${id}/${from.id}`,
    policyIds: new Set([FULL_ACCESS.summary.Id]),
  });
  const account = (accountIdOf: string, name: string) =>
    target('account', { id: accountIdOf, name, type: 'ACCOUNT' });
  const organization: Organization = {
    id,
    managementAccountId: MANAGEMENT_ACCOUNT_ID,
    root: target('root', { id: rootId, name: 'Root', type: 'ROOT' }),
    management: account(MANAGEMENT_ACCOUNT_ID, 'management'),
    member: account(accountId, 'local'),
    policies: new Map([[FULL_ACCESS.summary.Id, FULL_ACCESS]]),
    createdAtMs: core.clock.nowMs(),
  };
  applyPolicies(core, organization);
  return organization;
}

/** Everything that policies can be attached to. */
export function targetsOf({ root, management, member }: Organization): readonly Target[] {
  return [root, management, member];
}

/** Has every call of the account judged by the policies as they are now. */
export function applyPolicies(
  { principals }: AccountCore,
  { root, member, policies }: Organization,
): void {
  // AWS: a policy on the management account binds nobody.
  for (const { id, policyIds } of [root, member]) {
    const attached = [...policies.values()].filter(({ summary }) => policyIds.has(summary.Id));
    principals.serviceControls.set(id, compileAccess(attached.map(({ document }) => document)));
  }
}
