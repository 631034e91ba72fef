import {
  GetRolePolicyCommand,
  type IAMClient,
  ListRolePoliciesCommand,
  ListRolesCommand,
} from '@aws-sdk/client-iam';

/** A deployed role, and the actions that its policies allow. */
export interface GrantedRole {
  readonly arn: string;
  readonly actions: readonly string[];
}

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
}

/** Reads what the first role is granted whose name holds a text. */
export async function readGrantedRole(iam: IAMClient, nameLike: string): Promise<GrantedRole> {
  const { Roles = [] } = await iam.send(new ListRolesCommand({}));
  const role = Roles.find(({ RoleName }) => RoleName?.includes(nameLike));
  if (role === undefined) throw new Error(`no role is named like \`${nameLike}\``);
  const { RoleName, Arn: arn = '' } = role;
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  const actions: string[] = [];
  for (const PolicyName of PolicyNames) {
    const { PolicyDocument = '' } = await iam.send(
      new GetRolePolicyCommand({ RoleName, PolicyName }),
    );
    const { Statement: statements } = JSON.parse(decodeURIComponent(PolicyDocument)) as {
      readonly Statement: readonly Statement[];
    };
    const allows = statements.filter(({ Effect }) => Effect === 'Allow');
    actions.push(...allows.flatMap(({ Action }) => Action));
  }
  return { arn, actions: [...new Set(actions)].sort() };
}
