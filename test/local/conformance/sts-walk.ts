import type { STS } from '@aws-sdk/client-sts';
import { newPrincipal } from '../../../lib/local/identity/principals.ts';
import type { FullAccount } from '../full-account.ts';
import { refused } from './watched-service.ts';

/** Who one is, and a session of a role. */
export async function walkSts(sts: STS, { core }: FullAccount): Promise<void> {
  const trust = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: '123456789012' }, Action: 'sts:AssumeRole' }],
  };
  newPrincipal(core.principals, {
    kind: 'role',
    name: 'operator',
    nowMs: 0,
    trust: JSON.stringify(trust),
  });
  await sts.getCallerIdentity({});
  const session = { RoleSessionName: 'ann' };
  await sts.assumeRole({ RoleArn: 'arn:aws:iam::123456789012:role/operator', ...session });
  await refused(
    sts.assumeRole({ RoleArn: 'arn:aws:iam::123456789012:role/lambda-role', ...session }),
  );
}
