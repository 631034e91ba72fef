import type { Organizations } from '@aws-sdk/client-organizations';
import { refused } from './watched-service.ts';

const FULL = 'p-FullAWSAccess';
const NO_POLICY = 'p-00000000';
const Filter = 'SERVICE_CONTROL_POLICY';
const MaxResults = 1;
const Statement = [{ Effect: 'Deny', Action: 's3:*', Resource: '*' }];
const POLICY = {
  Name: 'walked',
  Description: 'no storage',
  Type: Filter,
  Content: JSON.stringify({ Version: '2012-10-17', Statement }),
} as const;

/** A policy from its creation to its deletion, as the administrator and as somebody of a member account. */
export async function walkOrganizations(
  organizations: Organizations,
  stranger: Organizations,
): Promise<void> {
  const { Accounts = [] } = await organizations.listAccounts({ MaxResults });
  const TargetId = Accounts[0]?.Id;
  await organizations.describeOrganization({});
  await organizations.listRoots({});
  const { Policy } = await organizations.createPolicy(POLICY);
  const PolicyId = Policy?.PolicySummary?.Id;
  const place = { PolicyId, TargetId };
  await organizations.describePolicy({ PolicyId });
  await organizations.updatePolicy({ PolicyId, Description: 'none' });
  await organizations.attachPolicy(place);
  await organizations.listPolicies({ Filter, MaxResults });
  await organizations.listPoliciesForTarget({ TargetId, Filter, MaxResults });
  await organizations.listTargetsForPolicy({ PolicyId: FULL, MaxResults });
  await refuseReads(organizations);
  await refuseChanges(organizations, { PolicyId, TargetId });
  await refuseStranger(stranger, { PolicyId, TargetId });
  await organizations.detachPolicy(place);
  await refused(organizations.detachPolicy(place));
  await organizations.deletePolicy({ PolicyId });
}

interface Place {
  readonly PolicyId: string | undefined;
  readonly TargetId: string | undefined;
}

async function refuseReads(organizations: Organizations): Promise<void> {
  const NextToken = 'forged';
  await refused(
    organizations.listAccounts({ NextToken }),
    organizations.listRoots({ NextToken }),
    organizations.listPolicies({ Filter, NextToken }),
    organizations.listPoliciesForTarget({ TargetId: 'account', Filter }),
    organizations.listPoliciesForTarget({ TargetId: '111111111111', Filter }),
    organizations.listTargetsForPolicy({ PolicyId: FULL, NextToken }),
    organizations.listTargetsForPolicy({ PolicyId: NO_POLICY }),
    organizations.describePolicy({ PolicyId: 'policy' }),
    organizations.describePolicy({ PolicyId: NO_POLICY }),
  );
}

async function refuseChanges(
  organizations: Organizations,
  { PolicyId, TargetId }: Place,
): Promise<void> {
  const tooLong = POLICY.Content.padEnd(10_241);
  await refused(
    organizations.createPolicy(POLICY),
    organizations.createPolicy({ ...POLICY, Name: '' }),
    organizations.createPolicy({ ...POLICY, Name: 'other', Content: '{' }),
    organizations.createPolicy({ ...POLICY, Name: 'other', Content: tooLong }),
    organizations.createPolicy({ ...POLICY, Name: 'other', Type: 'TAG_POLICY' }),
    organizations.updatePolicy({ PolicyId, Name: 'FullAWSAccess' }),
    organizations.updatePolicy({ PolicyId, Content: '{' }),
    organizations.updatePolicy({ PolicyId, Content: tooLong }),
    organizations.updatePolicy({ PolicyId: FULL }),
    organizations.updatePolicy({ PolicyId: NO_POLICY }),
    organizations.deletePolicy({ PolicyId }),
    organizations.deletePolicy({ PolicyId: FULL }),
    organizations.deletePolicy({ PolicyId: NO_POLICY }),
    organizations.attachPolicy({ PolicyId, TargetId }),
    organizations.attachPolicy({ PolicyId, TargetId: 'account' }),
    organizations.attachPolicy({ PolicyId, TargetId: '111111111111' }),
    organizations.attachPolicy({ PolicyId: NO_POLICY, TargetId }),
    organizations.detachPolicy({ PolicyId, TargetId: 'account' }),
    organizations.detachPolicy({ PolicyId, TargetId: '111111111111' }),
    organizations.detachPolicy({ PolicyId: NO_POLICY, TargetId }),
  );
  await refuseLimits(organizations, { PolicyId, TargetId });
}

/** Ten policies are the most, and one the least. */
async function refuseLimits(
  organizations: Organizations,
  { PolicyId, TargetId }: Place,
): Promise<void> {
  for (let count = 3; count <= 10; count += 1) {
    const more = await organizations.createPolicy({ ...POLICY, Name: `more-${count}` });
    const place = { PolicyId: more.Policy?.PolicySummary?.Id, TargetId };
    await organizations.attachPolicy(place);
  }
  const last = await organizations.createPolicy({ ...POLICY, Name: 'last' });
  await refused(organizations.attachPolicy({ PolicyId: last.Policy?.PolicySummary?.Id, TargetId }));
  const { Roots = [] } = await organizations.listRoots({});
  await refused(organizations.detachPolicy({ PolicyId: FULL, TargetId: Roots[0]?.Id }));
  await refused(organizations.detachPolicy({ PolicyId, TargetId: Roots[0]?.Id }));
}

async function refuseStranger(
  stranger: Organizations,
  { PolicyId, TargetId }: Place,
): Promise<void> {
  await refused(
    stranger.describeOrganization({}),
    stranger.listAccounts({}),
    stranger.listRoots({}),
    stranger.createPolicy(POLICY),
    stranger.updatePolicy({ PolicyId }),
    stranger.describePolicy({ PolicyId }),
    stranger.deletePolicy({ PolicyId }),
    stranger.listPolicies({ Filter }),
    stranger.attachPolicy({ PolicyId, TargetId }),
    stranger.detachPolicy({ PolicyId, TargetId }),
    stranger.listPoliciesForTarget({ TargetId, Filter }),
    stranger.listTargetsForPolicy({ PolicyId }),
  );
}
