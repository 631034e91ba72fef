import {
  GetRolePolicyCommand,
  IAMClient,
  ListRolePoliciesCommand,
  ListRolesCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  adminOf,
  type DeployedAccount,
  startDeployedAccount,
} from '../support/deployed-account.ts';

describe("the guardrail's permissions", () => {
  let deployed: DeployedAccount;
  let iam: IAMClient;

  beforeAll(async () => {
    deployed = await startDeployedAccount();
    iam = new IAMClient(adminOf(deployed.account));
  });

  afterAll(async () => {
    iam.destroy();
    await deployed.close();
  });

  it('let it quarantine, and refuse it once the permission is removed', async () => {
    const { account, create } = deployed;
    await create('before');
    await account.advance(60_000);

    await removeAction('EnforceOnChange', 'lambda:PutFunctionConcurrency');
    await create('after');
    await account.advance(60_000);

    const attempts = account.journal.calls.filter(
      ({ operation, caller }) =>
        operation === 'PutFunctionConcurrency' && caller.includes('EnforceOnChange'),
    );
    expect(attempts.map(({ status, errorCode }) => ({ status, errorCode }))).toEqual([
      { status: 200, errorCode: undefined },
      { status: 403, errorCode: 'AccessDeniedException' },
    ]);
    expect(new Set(account.journal.messages.map(({ attributes }) => attributes['owner']))).toEqual(
      new Set(['shop']),
    );
    const told = account.journal.messages.map(({ subject }) => subject);
    expect(told).toEqual(expect.arrayContaining([expect.stringContaining('refused by AWS')]));
  });

  const removeAction = async (roleLike: string, action: string): Promise<void> => {
    const { Roles = [] } = await iam.send(new ListRolesCommand({}));
    const RoleName = Roles.find((role) => role.RoleName?.includes(roleLike))?.RoleName;
    const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
    for (const PolicyName of PolicyNames) {
      const { PolicyDocument = '' } = await iam.send(
        new GetRolePolicyCommand({ RoleName, PolicyName }),
      );
      const text = decodeURIComponent(PolicyDocument).replaceAll(
        `"${action}"`,
        '"lambda:GetPolicy"',
      );
      await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: text }));
    }
  };
});
