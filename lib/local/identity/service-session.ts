import { randomBytes } from 'node:crypto';
import { compileAccess } from '../../../functions/core/iam/evaluate.ts';
import type { Caller } from './caller.ts';
import type { Principal, Principals } from './principals.ts';
import { readPolicy } from './resource-policy.ts';

/** A service that becomes a role, and what it acts for. */
export interface AssumingService {
  /** Such as `scheduler.amazonaws.com`. */
  readonly service: string;
  /** What `aws:SourceArn` of the trust policy is asked with. */
  readonly sourceArn: string;
}

/** Tells whether a role's trust policy lets a service become it. */
export function trustsService(
  { accountId }: Principals,
  role: Principal,
  { service, sourceArn }: AssumingService,
): boolean {
  const trust = readPolicy(role.name, role.trust ?? '{}', { allowPrincipal: true });
  if (!trust.ok) return false;
  const decision = compileAccess([trust.document])({
    action: 'sts:AssumeRole',
    resource: role.arn,
    principal: `service:${service}`,
    context: {
      'aws:sourcearn': [sourceArn],
      'aws:sourceaccount': [accountId],
      'aws:principalisawsservice': ['true'],
      'aws:securetransport': ['true'],
    },
  });
  return decision.outcome === 'allowed';
}

/** The caller that a service is once it has become a role: no key is issued for it. */
export function sessionOf(principals: Principals, role: Principal, sessionName: string): Caller {
  const { accountId } = principals;
  return {
    kind: 'role-session',
    accountId,
    accessKeyId: `ASIA${randomBytes(8).toString('hex').toUpperCase()}`,
    arn: `arn:aws:sts::${accountId}:assumed-role/${role.name}/${sessionName}`,
    principalArn: role.arn,
    principalId: `${role.id}:${sessionName}`,
    name: role.name,
  };
}

/** The role with an ARN; undefined where there is none. */
export function roleAt({ roles }: Principals, roleArn: string): Principal | undefined {
  const role = roles.get(roleArn.slice(roleArn.lastIndexOf('/') + 1));
  return role?.arn === roleArn ? role : undefined;
}
