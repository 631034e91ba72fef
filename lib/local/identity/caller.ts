/** Who makes a call. */
export interface Caller {
  readonly kind: 'user' | 'role-session' | 'service';
  readonly accountId: string;
  readonly accessKeyId: string;
  /** ARN of the user, of the role's session, or the service's name. */
  readonly arn: string;
  /** ARN of the user or of the role: what `aws:PrincipalArn` holds. */
  readonly principalArn: string;
  readonly principalId: string;
  readonly name: string;
  /** The service that calls on the caller's behalf, such as `cloudformation.amazonaws.com`. */
  readonly invokedBy?: string;
}

/** CloudTrail's `userIdentity` of a caller. */
export function toUserIdentity(caller: Caller, sinceMs: number): Record<string, unknown> {
  const common = {
    principalId: caller.principalId,
    arn: caller.arn,
    accountId: caller.accountId,
    accessKeyId: caller.accessKeyId,
    ...(caller.invokedBy === undefined ? {} : { invokedBy: caller.invokedBy }),
  };
  if (caller.kind === 'user') return { type: 'IAMUser', ...common, userName: caller.name };
  if (caller.kind === 'service') return { type: 'AWSService', invokedBy: caller.arn };
  return {
    type: 'AssumedRole',
    ...common,
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: caller.principalId.split(':')[0],
        arn: caller.principalArn,
        accountId: caller.accountId,
        userName: caller.name,
      },
      attributes: { creationDate: new Date(sinceMs).toISOString(), mfaAuthenticated: 'false' },
    },
  };
}
