import {
  GetRolePolicyCommand,
  type IAMClient,
  ListRolePoliciesCommand,
  ListRolesCommand,
} from '@aws-sdk/client-iam';

/** One action that a policy allows, on one resource. */
export interface Grant {
  readonly action: string;
  readonly resource: string;
}

/** A deployed role, and what its policies allow. */
export interface GrantedRole {
  readonly arn: string;
  readonly grants: readonly Grant[];
}

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

/** Reads what the first role is granted whose name holds a text. */
export async function readGrantedRole(iam: IAMClient, nameLike: string): Promise<GrantedRole> {
  const { Roles = [] } = await iam.send(new ListRolesCommand({}));
  const role = Roles.find(({ RoleName }) => RoleName?.includes(nameLike));
  if (role === undefined) throw new Error(`no role is named like \`${nameLike}\``);
  const { RoleName, Arn: arn = '' } = role;
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  const grants: Grant[] = [];
  for (const PolicyName of PolicyNames) {
    const { PolicyDocument = '' } = await iam.send(
      new GetRolePolicyCommand({ RoleName, PolicyName }),
    );
    const { Statement: statements } = JSON.parse(decodeURIComponent(PolicyDocument)) as {
      readonly Statement: readonly Statement[];
    };
    grants.push(...statements.flatMap(toGrants));
  }
  return { arn, grants };
}

function toGrants({ Effect, Action, Resource }: Statement): readonly Grant[] {
  if (Effect !== 'Allow') return [];
  return [Action].flat().flatMap((action) => {
    return [Resource].flat().map((resource) => ({ action, resource }));
  });
}
