import type { Mode } from '../../../functions/core/policy.ts';
import type { AwsAccess } from '../aws-access.ts';
import { DEFAULT_STACK } from '../default-stack.ts';
import type { Caller } from '../read-caller.ts';

/** The account that is looked at, and how. */
export interface DoctorAccount {
  readonly access: AwsAccess;
  readonly caller: Caller;
  /** The account's time. */
  readonly nowMs: () => number;
  /** The name under which the guardrail is looked for. */
  readonly stack: string;
  readonly allRegions: boolean;
}

/** What the outputs of a stack say of the guardrail. */
export interface Deployed {
  readonly stackName: string;
  readonly status: string;
  readonly mode: Mode;
  readonly policyHash: string;
  /** What the names of its functions, rules and schedule begin with. */
  readonly name: string;
  readonly functionNames: Readonly<Record<'enforce' | 'rescan' | 'sweep' | 'release', string>>;
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
  readonly tableName: string;
  readonly findingsTopicArn: string;
  readonly chatTopicArn: string;
}

/** An account with a guardrail in it. */
export interface GuardedAccount extends DoctorAccount {
  readonly deployed: Deployed;
}

/** An account with the table of a guardrail in it. */
export interface TabledAccount extends DoctorAccount {
  readonly tableName: string;
  /** Absent where only the table was named. */
  readonly deployed?: Deployed;
}

/** The ARN of a queue by its URL. */
export function queueArnOf(queueUrl: string, { account, region }: Caller): string {
  return `arn:${partitionOf(region)}:sqs:${region}:${account}:${queueUrl.split('/').at(-1)}`;
}

/** The ARN of a function by its name. */
export function functionArnOf(functionName: string, { account, region }: Caller): string {
  return `arn:${partitionOf(region)}:lambda:${region}:${account}:function:${functionName}`;
}

/** A command of this program, with what says where the guardrail is. */
export function commandOn(
  { stack, tableName, deployed }: Pick<TabledAccount, 'stack' | 'tableName' | 'deployed'>,
  command: string,
): string {
  const place = deployed === undefined ? ` --table ${tableName}` : ` --stack ${stack}`;
  const isUsual = deployed !== undefined && stack === DEFAULT_STACK;
  return `npx lambda-vpc-guardrail ${command}${isUsual ? '' : place}`;
}

function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
