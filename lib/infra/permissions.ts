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

/** Lists what `rescan-on-request` may do: look, enqueue, and tell of exemptions that end. */
export function rescanPermissions(reach: Reach): PolicyStatement[] {
  return [
    allow('EnqueueOrders', [reach.queueArn], ['sqs:SendMessage']),
    allow(
      'ReadRecordsAndNoteExemptions',
      [reach.tableArn],
      ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
    ),
    tellPeople(reach),
    ...readFacts(reach),
    // AWS: neither call can be narrowed to a resource.
    allow('ListAccount', ['*'], ['lambda:ListFunctions', 'servicequotas:ListServiceQuotas']),
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
