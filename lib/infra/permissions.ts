import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Mode } from '../../functions/core/policy.ts';

/** The ARNs that the guardrail's roles reach, and the mode that decides whether they may write. */
export interface Reach {
  readonly mode: Mode;
  readonly tableArn: string;
  /** The index that finds the functions of a VPC. */
  readonly indexArn: string;
  readonly queueArn: string;
  readonly deadLetterQueueArn: string;
  readonly topicArns: readonly string[];
  /** Every function of this account and region. */
  readonly functionsArn: string;
  /** Every capacity provider of this account and region. */
  readonly capacityProvidersArn: string;
  /** Every role of this account: which ones functions run with, only they know. */
  readonly rolesArn: string;
  readonly ownFunctionArns: readonly string[];
  /** The function that sends itself the heartbeat. */
  readonly sweepFunctionArn: string;
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
    allow('FindFunctionsOfNetwork', [reach.indexArn], ['dynamodb:Query', 'dynamodb:Scan']),
    tellPeople(reach),
    ...readFacts(reach),
    // AWS: asked of who attaches a function; on which resource is not documented.
    allow('AttachFunctions', ['*'], ['ec2:GetSecurityGroupsForVpc']),
    ...readEventPaths(reach),
    ...writeFunctions(reach, ENFORCE_WRITES),
  ];
}

/** Lists what `rescan-on-request` may do: look, write down what it saw, enqueue, and tell of exemptions that end. */
export function rescanPermissions(reach: Reach): PolicyStatement[] {
  return sweeping(reach, { records: [], account: ['cloudwatch:GetMetricData'] });
}

/**
 * Lists what `sweep-on-schedule` may do: what a rescan does, and go on with the sweep of a run before it.
 *
 * The tag that it writes on itself is harmless and wanted in audit, too: the event of it has to come back.
 */
export function sweepPermissions(reach: Reach): PolicyStatement[] {
  return [
    ...sweeping(reach, { records: ['dynamodb:Query'], account: [] }),
    allow('FindRecordedFunctions', [reach.indexArn], ['dynamodb:Scan']),
    allow('SendHeartbeat', [reach.sweepFunctionArn], ['lambda:TagResource']),
  ];
}

/** What looking at a whole account takes, and what one of the two ways takes besides. */
function sweeping(
  reach: Reach,
  besides: { readonly records: readonly string[]; readonly account: readonly string[] },
): PolicyStatement[] {
  const records = [
    'dynamodb:BatchGetItem',
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    ...besides.records,
    'dynamodb:UpdateItem',
  ];
  return [
    allow('EnqueueOrders', [reach.queueArn], ['sqs:SendMessage']),
    allow('KeepRecords', [reach.tableArn], records),
    tellPeople(reach),
    ...readFacts(reach),
    // AWS: none of these calls can be narrowed to a resource.
    allow(
      'ReadAccount',
      ['*'],
      [...besides.account, 'lambda:ListFunctions', 'servicequotas:ListServiceQuotas'],
    ),
  ];
}

/** Lists what `release-on-request` may do. */
export function releasePermissions(reach: Reach): PolicyStatement[] {
  return [
    keepRecords(reach),
    tellPeople(reach),
    ...readFacts(reach),
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

/** What the controls judge by. */
function readFacts({ functionsArn, capacityProvidersArn, rolesArn }: Reach): PolicyStatement[] {
  return [
    // AWS: GetFunction answers tags, and with them the owner, only to who may list them.
    allow(
      'ReadFunctions',
      [functionsArn],
      [
        'lambda:GetFunction',
        'lambda:ListAliases',
        'lambda:ListTags',
        'lambda:ListVersionsByFunction',
      ],
    ),
    allow('ReadCapacityProviders', [capacityProvidersArn], ['lambda:GetCapacityProvider']),
    allow('SimulateRoles', [rolesArn], ['iam:SimulatePrincipalPolicy']),
    // AWS: none of these calls can be narrowed to a resource.
    allow(
      'ReadNetwork',
      ['*'],
      [
        'ec2:DescribeInternetGateways',
        'ec2:DescribeNatGateways',
        'ec2:DescribeRouteTables',
        'ec2:DescribeSecurityGroups',
        'ec2:DescribeSubnets',
        'ec2:DescribeVpcEndpoints',
        'ec2:DescribeVpcs',
      ],
    ),
  ];
}

/** Only who quarantines tells what may be lost. */
function readEventPaths({ mode, functionsArn }: Reach): PolicyStatement[] {
  if (mode === 'audit') return [];
  return [
    allow('ReadDestinations', [functionsArn], ['lambda:GetFunctionEventInvokeConfig']),
    // AWS: the call cannot be narrowed to a resource.
    allow('ListEventSources', ['*'], ['lambda:ListEventSourceMappings']),
  ];
}

/** INVARIANT: in audit no call that changes what functions do is granted; in no mode one on the guardrail itself. */
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
