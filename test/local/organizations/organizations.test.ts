import {
  AttachPolicyCommand,
  CreatePolicyCommand,
  DeletePolicyCommand,
  DescribeOrganizationCommand,
  DescribePolicyCommand,
  DetachPolicyCommand,
  ListAccountsCommand,
  ListPoliciesCommand,
  ListPoliciesForTargetCommand,
  ListRootsCommand,
  ListTargetsForPolicyCommand,
  OrganizationsClient,
  UpdatePolicyCommand,
} from '@aws-sdk/client-organizations';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOrganizationsService } from '../../../lib/local/organizations/organizations-service.ts';
import { ACCOUNT_ID, START_MS, type StartedAccount, startAccount } from '../start-account.ts';

const FULL = 'p-FullAWSAccess';
const SCP = 'SERVICE_CONTROL_POLICY';
const MANAGEMENT = '999999999999';
const CONTENT = documentOf({ Effect: 'Deny', Action: 's3:*', Resource: '*' });

let account: StartedAccount;
let client: OrganizationsClient;

function documentOf(...statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

async function create(Name: string, input: object = {}): Promise<string> {
  const command = { Name, Description: '', Type: SCP, Content: CONTENT, ...input } as const;
  const { Policy } = await client.send(new CreatePolicyCommand(command));
  return Policy?.PolicySummary?.Id ?? '';
}

const attach = (PolicyId: string, TargetId: string) =>
  client.send(new AttachPolicyCommand({ PolicyId, TargetId }));
const detach = (PolicyId: string, TargetId: string) =>
  client.send(new DetachPolicyCommand({ PolicyId, TargetId }));
const update = (input: { PolicyId: string; Name?: string; Content?: string }) =>
  client.send(new UpdatePolicyCommand(input));
const policiesOf = async (TargetId: string) => {
  const command = new ListPoliciesForTargetCommand({ TargetId, Filter: SCP });
  return (await client.send(command)).Policies?.map(({ Id }) => Id);
};

beforeAll(async () => {
  account = await startAccount();
  const service = createOrganizationsService(account.core);
  account.core.services.set(service.name, service);
  client = new OrganizationsClient(account.settings());
});

afterAll(async () => {
  client.destroy();
  await account.stop();
});

describe('an organization', () => {
  it('has a root, a management account and the local account, and allows everything at first', async () => {
    const { Organization } = await client.send(new DescribeOrganizationCommand({}));
    const { Roots } = await client.send(new ListRootsCommand({}));
    const { Accounts } = await client.send(new ListAccountsCommand({}));
    const targets = await client.send(new ListTargetsForPolicyCommand({ PolicyId: FULL }));

    const { Id: id } = Organization ?? {};
    const root = Roots?.[0]?.Id ?? '';
    expect(id).toMatch(/^o-[a-z0-9]{10}$/);
    expect(root).toMatch(/^r-[a-z0-9]{4}$/);
    expect(Organization).toMatchObject({
      Arn: `arn:aws:organizations::${MANAGEMENT}:organization/${id}`,
      FeatureSet: 'ALL',
      MasterAccountId: MANAGEMENT,
    });
    expect(Roots).toEqual([
      {
        Id: root,
        Arn: `arn:aws:organizations::${MANAGEMENT}:root/${id}/${root}`,
        Name: 'Root',
        PolicyTypes: [{ Type: SCP, Status: 'ENABLED' }],
      },
    ]);
    expect(Accounts?.map(({ Id }) => Id)).toEqual([MANAGEMENT, ACCOUNT_ID]);
    expect(Accounts?.[1]).toEqual({
      Id: ACCOUNT_ID,
      Arn: `arn:aws:organizations::${MANAGEMENT}:account/${id}/${ACCOUNT_ID}`,
      Email: 'local@example.com',
      Name: 'local',
      Status: 'ACTIVE',
      State: 'ACTIVE',
      Paths: [`${id}/${root}/${ACCOUNT_ID}/`],
      JoinedMethod: 'CREATED',
      JoinedTimestamp: new Date(START_MS),
    });
    expect(targets.Targets?.map(({ TargetId, Type }) => [TargetId, Type])).toEqual([
      [root, 'ROOT'],
      [MANAGEMENT, 'ACCOUNT'],
      [ACCOUNT_ID, 'ACCOUNT'],
    ]);
  });

  it('is described to everybody who may ask, and shown and changed by the administrator only', async () => {
    const allowed = { Effect: 'Allow', Action: 'organizations:*', Resource: '*' };
    const member = new OrganizationsClient(account.settings(account.user('ann', allowed)));
    const nobody = new OrganizationsClient(account.settings(account.user('bob')));

    await expect(member.send(new DescribeOrganizationCommand({}))).resolves.toBeDefined();
    await expect(member.send(new ListRootsCommand({}))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: "You don't have permissions to access this resource.",
    });
    await expect(nobody.send(new DescribeOrganizationCommand({}))).rejects.toThrow(
      /not authorized to perform: organizations:DescribeOrganization/,
    );
    member.destroy();
    nobody.destroy();
  });
});

describe('a service control policy', () => {
  it('is created, described, changed, listed and deleted, each change recorded', async () => {
    const id = await create('life', { Description: 'no storage' });

    await update({ PolicyId: id, Name: 'renamed' });
    const { Policy } = await client.send(new DescribePolicyCommand({ PolicyId: id }));
    const { Policies } = await client.send(new ListPoliciesCommand({ Filter: SCP }));
    await client.send(new DeletePolicyCommand({ PolicyId: id }));

    const { id: organizationId } = /\/(?<id>o-\w+)\//.exec(Policy?.PolicySummary?.Arn ?? '')
      ?.groups ?? { id: '' };
    expect(Policy).toEqual({
      PolicySummary: {
        Id: id,
        Arn: `arn:aws:organizations::${MANAGEMENT}:policy/${organizationId}/service_control_policy/${id}`,
        Name: 'renamed',
        Description: 'no storage',
        Type: SCP,
        AwsManaged: false,
      },
      Content: CONTENT,
    });
    expect(Policies?.map(({ Id }) => Id)).toEqual([FULL, id]);
    expect(account.records('CreatePolicy')).toHaveLength(1);
    expect(account.records('UpdatePolicy')[0]).toMatchObject({
      eventSource: 'organizations.amazonaws.com',
      requestParameters: { policyId: id, name: 'renamed' },
      responseElements: { policy: { policySummary: { name: 'renamed' } } },
    });
    expect(account.records('DeletePolicy')[0]).toMatchObject({ responseElements: null });
  });

  it('is attached to a root or an account, and taken away again', async () => {
    const id = await create('attached');

    await attach(id, ACCOUNT_ID);
    const attached = await policiesOf(ACCOUNT_ID);
    await expect(client.send(new DeletePolicyCommand({ PolicyId: id }))).rejects.toMatchObject({
      name: 'PolicyInUseException',
    });
    await detach(id, ACCOUNT_ID);

    expect(attached).toEqual([FULL, id]);
    expect(await policiesOf(ACCOUNT_ID)).toEqual([FULL]);
    await client.send(new DeletePolicyCommand({ PolicyId: id }));
  });

  it('may be as long as AWS lets it be, and one of ten on a target', async () => {
    const longest = CONTENT.padEnd(10_240);
    const ids = await Promise.all(
      Array.from({ length: 9 }, (_, index) => create(`many-${index}`, { Content: longest })),
    );
    for (const id of ids) await attach(id, MANAGEMENT);
    const eleventh = await create('one-too-many');

    const first = await client.send(new ListPoliciesCommand({ Filter: SCP, MaxResults: 8 }));
    const second = await client.send(
      new ListPoliciesCommand({ Filter: SCP, MaxResults: 8, NextToken: first.NextToken }),
    );

    expect(first.Policies).toHaveLength(8);
    expect(second.Policies).toHaveLength(3);
    expect(second.NextToken).toBeUndefined();
    await expect(attach(eleventh, MANAGEMENT)).rejects.toMatchObject({
      name: 'ConstraintViolationException',
      Reason: 'MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED',
    });
    for (const id of ids) await detach(id, MANAGEMENT);
    for (const PolicyId of [...ids, eleventh]) {
      await client.send(new DeletePolicyCommand({ PolicyId }));
    }
  });

  const MISTAKES: readonly [string, () => Promise<unknown>, string, string | undefined][] = [
    [
      'a document that is too long',
      () => create('long', { Content: CONTENT.padEnd(10_241) }),
      'ConstraintViolationException',
      'POLICY_CONTENT_LIMIT_EXCEEDED',
    ],
    [
      'a document that names a principal',
      () =>
        create('p', {
          Content: documentOf({ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' }),
        }),
      'MalformedPolicyDocumentException',
      undefined,
    ],
    [
      'a document that is no JSON',
      () => create('p', { Content: '{' }),
      'MalformedPolicyDocumentException',
      undefined,
    ],
    ['a name that is taken', () => create('FullAWSAccess'), 'DuplicatePolicyException', undefined],
    ['no name', () => create(''), 'InvalidInputException', 'MIN_LENGTH_EXCEEDED'],
    [
      'a name that is too long',
      () => create('n'.repeat(129)),
      'InvalidInputException',
      'MAX_LENGTH_EXCEEDED',
    ],
    [
      'tags',
      () => create('tagged', { Tags: [{ Key: 'a', Value: 'b' }] }),
      'InvalidInputException',
      'INVALID_LIST_MEMBER',
    ],
    [
      'another type',
      () => create('rcp', { Type: 'RESOURCE_CONTROL_POLICY' }),
      'PolicyTypeNotAvailableForOrganizationException',
      undefined,
    ],
    [
      'a type that is none',
      () => create('odd', { Type: 'ODD' }),
      'InvalidInputException',
      'INVALID_ENUM_POLICY_TYPE',
    ],
    [
      'a change of a policy of AWS',
      () => update({ PolicyId: FULL, Content: CONTENT }),
      'InvalidInputException',
      'IMMUTABLE_POLICY',
    ],
    [
      'the deletion of a policy of AWS',
      () => client.send(new DeletePolicyCommand({ PolicyId: FULL })),
      'InvalidInputException',
      'IMMUTABLE_POLICY',
    ],
    [
      'a policy that does not exist',
      () => client.send(new DescribePolicyCommand({ PolicyId: 'p-12345678' })),
      'PolicyNotFoundException',
      undefined,
    ],
    [
      'an id of nothing',
      () => attach('FullAWSAccess', ACCOUNT_ID),
      'InvalidInputException',
      'INVALID_PATTERN',
    ],
    [
      'a target that does not exist',
      () => attach(FULL, '111111111111'),
      'TargetNotFoundException',
      undefined,
    ],
    [
      'a target of no kind',
      () => attach(FULL, 'account'),
      'InvalidInputException',
      'INVALID_PATTERN_TARGET_ID',
    ],
    [
      'a second attachment',
      () => attach(FULL, ACCOUNT_ID),
      'DuplicatePolicyAttachmentException',
      undefined,
    ],
    [
      'the end of the last attachment',
      () => detach(FULL, ACCOUNT_ID),
      'ConstraintViolationException',
      'MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED',
    ],
    [
      'the end of an attachment that is none',
      async () => detach(await create('loose'), ACCOUNT_ID),
      'PolicyNotAttachedException',
      undefined,
    ],
    [
      'a page that is too small',
      () => client.send(new ListRootsCommand({ MaxResults: 0 })),
      'InvalidInputException',
      'MIN_VALUE_EXCEEDED',
    ],
    [
      'a page that is too large',
      () => client.send(new ListAccountsCommand({ MaxResults: 21 })),
      'InvalidInputException',
      'MAX_VALUE_EXCEEDED',
    ],
    [
      'a page that nobody named',
      () => client.send(new ListRootsCommand({ NextToken: 'x' })),
      'InvalidInputException',
      'INVALID_NEXT_TOKEN',
    ],
  ];

  it.each(MISTAKES)('refuses %s', async (_what, call, name, reason) => {
    await expect(call()).rejects.toMatchObject({
      name,
      $metadata: { httpStatusCode: 400 },
      ...(reason === undefined ? {} : { Reason: reason }),
    });
  });

  it('lists nothing of the types that are not there', async () => {
    const { Policies } = await client.send(new ListPoliciesCommand({ Filter: 'TAG_POLICY' }));

    expect(Policies).toEqual([]);
  });
});
