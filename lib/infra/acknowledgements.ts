import { Stack, Token, Validations } from 'aws-cdk-lib';
import type { Role } from 'aws-cdk-lib/aws-iam';

const EVERY_FUNCTION =
  'The guardrail watches every function of the account, those included that are created tomorrow; its own functions are denied where it writes.';

/** Tells cdk-nag why a role reaches every function of the account. */
export function acknowledgeEveryFunction(role: Role): void {
  const { account, region } = Stack.of(role);
  const place = [shown(region, 'AWS::Region'), shown(account, 'AWS::AccountId')].join(':');
  acknowledge(role, `arn:<AWS::Partition>:lambda:${place}:function:*`, EVERY_FUNCTION);
}

/** Tells cdk-nag why a role reads what every function may be made of. */
export function acknowledgeReads(role: Role): void {
  const { account, region } = Stack.of(role);
  const owner = shown(account, 'AWS::AccountId');
  const place = [shown(region, 'AWS::Region'), owner].join(':');
  const reason =
    'Functions may run with any role and on any capacity provider of the account; both are only read.';
  acknowledge(role, `arn:<AWS::Partition>:iam::${owner}:role/*`, reason);
  acknowledge(role, `arn:<AWS::Partition>:lambda:${place}:capacity-provider:*`, reason);
}

/** Tells cdk-nag why a role holds calls that AWS does not let anybody narrow to a resource. */
export function acknowledgeUnnarrowable(role: Role, calls: string): void {
  acknowledge(role, '*', `AWS offers no resource to narrow ${calls} to; nothing there writes.`);
}

function acknowledge(role: Role, resource: string, reason: string): void {
  Validations.of(role).acknowledge({ id: `AwsSolutions-IAM5[Resource::${resource}]`, reason });
}

function shown(value: string, pseudoParameter: string): string {
  return Token.isUnresolved(value) ? `<${pseudoParameter}>` : value;
}
