import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Mode } from '../../functions/core/policy.ts';

/** The ARNs that the guardrail's roles reach, and the mode that decides whether they may write. */
export interface Reach {
  readonly mode: Mode;
  readonly tableArn: string;
  readonly queueArn: string;
  readonly deadLetterQueueArn: string;
  readonly topicArns: readonly string[];
  /** Every function of this account and region. */
  readonly functionsArn: string;
  readonly ownFunctionArns: readonly string[];
}

const ENFORCE_WRITES = [
  'lambda:DeleteFunctionConcurrency',
  'lambda:InvokeFunction',
  'lambda:PutFunctionConcurrency',
  'lambda:UpdateFunctionConfiguration',
];
const RELEASE_WRITES = ['lambda:DeleteFunctionConcurrency', 'lambda:PutFunctionConcurrency'];

/** Lists what `enforce-on-change` may do. */
export function enforcePermissions(reach: Reach): PolicyStatement[] {
  return [
    allow(
      'ReadOrders',
      [reach.queueArn],
      ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage', 'sqs:SendMessage'],
    ),
    allow('SetOrdersAside', [reach.deadLetterQueueArn], ['sqs:SendMessage']),
    keepRecords(reach),
    tellPeople(reach),
    readFunctions(reach),
    // AWS: none of these calls can be narrowed to a resource.
    allow(
      'ReadNetwork',
      ['*'],
      [
        'ec2:DescribeSecurityGroups',
        'ec2:DescribeSubnets',
        'ec2:DescribeVpcs',
        'ec2:GetSecurityGroupsForVpc',
      ],
    ),
    ...writeFunctions(reach, ENFORCE_WRITES),
  ];
}

/** Lists what `rescan-on-request` may do: look and enqueue. */
export function rescanPermissions(reach: Reach): PolicyStatement[] {
  return [
    allow('EnqueueOrders', [reach.queueArn], ['sqs:SendMessage']),
    allow('ReadRecords', [reach.tableArn], ['dynamodb:GetItem']),
    allow('ReadFunctions', [reach.functionsArn], ['lambda:GetFunction']),
    // AWS: the call cannot be narrowed to a resource.
    allow('ListFunctions', ['*'], ['lambda:ListFunctions']),
  ];
}

/** Lists what `release-on-request` may do. */
export function releasePermissions(reach: Reach): PolicyStatement[] {
  return [
    allow('EnqueueOrders', [reach.queueArn], ['sqs:SendMessage']),
    keepRecords(reach),
    tellPeople(reach),
    readFunctions(reach),
    ...writeFunctions(reach, RELEASE_WRITES),
  ];
}

function keepRecords({ tableArn }: Reach): PolicyStatement {
  return allow(
    'KeepRecords',
    [tableArn],
    ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
  );
}

function tellPeople({ topicArns }: Reach): PolicyStatement {
  return allow('TellPeople', topicArns, ['sns:Publish']);
}

/** AWS: GetFunction answers tags, and with them the owner, only to who may list them. */
function readFunctions({ functionsArn }: Reach): PolicyStatement {
  return allow('ReadFunctions', [functionsArn], ['lambda:GetFunction', 'lambda:ListTags']);
}

/** INVARIANT: in audit nothing that writes is granted; in no mode can the guardrail write to itself. */
function writeFunctions(reach: Reach, actions: readonly string[]): PolicyStatement[] {
  if (reach.mode === 'audit') return [];
  return [
    allow('WriteFunctions', [reach.functionsArn], actions),
    new PolicyStatement({
      sid: 'NeverWriteItself',
      effect: Effect.DENY,
      actions: [...actions],
      resources: reach.ownFunctionArns.flatMap((arn) => [arn, `${arn}:*`]),
    }),
  ];
}

function allow(
  sid: string,
  resources: readonly string[],
  actions: readonly string[],
): PolicyStatement {
  return new PolicyStatement({ sid, actions: [...actions], resources: [...resources] });
}
