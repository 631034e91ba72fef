import type { AccountCore } from '../account-core.ts';
import { judgeCall, toAccessRequest } from '../identity/judge-call.ts';
import type { Principal } from '../identity/principals.ts';
import { roleAt } from '../identity/service-session.ts';
import { constraintBroken, invalidParameter, lambdaFault } from './faults.ts';

const ROLE_ARN = /^arn:(aws[a-zA-Z-]*)?:iam::(\d{12}):role\/?[a-zA-Z_0-9+=,.@\-_/]+$/;

/** The role that a function runs under; refuses one that Lambda cannot assume. */
export function assumeRole(core: AccountCore, roleArn: string): Principal {
  const accountId = ROLE_ARN.exec(roleArn)?.[2];
  if (accountId === undefined) {
    throw constraintBroken({
      member: 'role',
      value: roleArn,
      constraint: `Member must satisfy regular expression pattern: ${ROLE_ARN.source.slice(1, -1)}`,
    });
  }
  if (accountId !== core.accountId) {
    throw lambdaFault('AccessDeniedException', 403, 'Cross-account pass role is not allowed.');
  }
  const role = findRole(core, roleArn);
  if (role === undefined || !trustsLambda(role)) {
    throw invalidParameter('The role defined for the function cannot be assumed by Lambda.');
  }
  return role;
}

/** The role with an ARN; undefined where it does not exist. */
export function findRole(core: AccountCore, roleArn: string): Principal | undefined {
  return roleAt(core.principals, roleArn);
}

/** Whether a role may do something, as its sessions would be judged: service control policies bind it too. */
export function roleAllows(
  { principals }: AccountCore,
  role: Principal,
  need: { readonly action: string; readonly resource: string },
): boolean {
  const request = toAccessRequest(principals, role.arn, need);
  return judgeCall(principals, role, { request }) === 'allowed';
}

/**
 * The first EC2 call that Lambda needs for an attachment and the role does not allow; undefined where all are.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
export function missingInterfaceCall(core: AccountCore, role: Principal): string | undefined {
  const anyInterface = `arn:aws:ec2:${core.region}:${core.accountId}:network-interface/*`;
  const needed = [
    { call: 'CreateNetworkInterface', resource: anyInterface },
    // AWS: this action knows no resources, only an allow on `*` covers it.
    { call: 'DescribeNetworkInterfaces', resource: '*' },
    { call: 'DeleteNetworkInterface', resource: anyInterface },
  ];
  return needed.find(({ call, resource }) => {
    return !roleAllows(core, role, { action: `ec2:${call}`, resource });
  })?.call;
}

/** Refuses an attachment whose execution role cannot manage network interfaces. */
export function checkInterfaceCalls(core: AccountCore, role: Principal): void {
  const missing = missingInterfaceCall(core, role);
  if (missing !== undefined) {
    throw invalidParameter(
      `The provided execution role does not have permissions to call ${missing} on EC2`,
    );
  }
}

function trustsLambda({ trust }: Principal): boolean {
  return trust === undefined || trust.includes('lambda.amazonaws.com') || trust.includes('"*"');
}
