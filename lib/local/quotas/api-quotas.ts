import type { Rate } from './token-bucket.ts';

/** What of a call decides which quota it counts against. */
export interface CountedCall {
  /** The signing name. */
  readonly service: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Calls that share one bucket of tokens in an account and region. */
export interface ApiQuota extends Rate {
  readonly name: string;
  /** The calls, or all of the service that no quota before this one names. */
  readonly operations: readonly string[] | 'others';
  /** True: every operation has a bucket of its own. */
  readonly isPerOperation?: boolean;
  readonly covers?: (input: CountedCall['input']) => boolean;
}

const CAPACITY_READS = [
  'GetCapacityProvider',
  'ListCapacityProviders',
  'ListFunctionVersionsByCapacityProvider',
];
const CAPACITY_WRITES = [
  'CreateCapacityProvider',
  'UpdateCapacityProvider',
  'DeleteCapacityProvider',
];

/**
 * The request rates that AWS documents, by signing name; the first entry that covers a call counts it.
 *
 * What is not here has no documented figure, and so no limit in this account: EC2's other changes, IAM, STS,
 * SNS, SQS, EventBridge, CloudFormation, DynamoDB. Invocations have a limit of another kind, ten times the
 * concurrency a second, which this account does not count. How large a burst Lambda takes is not documented:
 * one second's worth is assumed.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 * @see https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html
 */
export const API_QUOTAS: Readonly<Record<string, readonly ApiQuota[]>> = {
  lambda: [
    { name: 'lambda GetFunction', operations: ['GetFunction'], burst: 100, perSecond: 100 },
    { name: 'lambda GetPolicy', operations: ['GetPolicy'], burst: 15, perSecond: 15 },
    {
      name: 'lambda capacity provider reads',
      operations: CAPACITY_READS,
      burst: 15,
      perSecond: 15,
    },
    {
      name: 'lambda capacity provider writes',
      operations: CAPACITY_WRITES,
      burst: 1,
      perSecond: 1,
    },
    { name: 'lambda control plane', operations: 'others', burst: 15, perSecond: 15 },
  ],
  ec2: [
    {
      name: 'ec2 unfiltered',
      operations: ['DescribeNetworkInterfaces', 'DescribeSecurityGroups'],
      isPerOperation: true,
      covers: isUnfiltered,
      burst: 50,
      perSecond: 10,
    },
    {
      name: 'ec2 network interface changes',
      operations: [
        'CreateNetworkInterface',
        'DeleteNetworkInterface',
        'AssignPrivateIpAddresses',
        'UnassignPrivateIpAddresses',
      ],
      isPerOperation: true,
      burst: 100,
      perSecond: 5,
    },
    {
      name: 'ec2 reads',
      operations: 'others',
      isPerOperation: true,
      burst: 100,
      perSecond: 20,
    },
  ],
};

/** What runs code or stands for itself is not of the control plane. */
const UNCOUNTED: Readonly<Record<string, (operation: string) => boolean>> = {
  lambda: (operation) => operation.startsWith('Invoke'),
  ec2: (operation) => !/^(Describe|Get|Search)/.test(operation),
};

/** The quota that a call counts against; undefined where it has none. */
export function quotaOf({ service, operation, input }: CountedCall): ApiQuota | undefined {
  return API_QUOTAS[service]?.find(({ operations, covers }) => {
    if (operations === 'others') return UNCOUNTED[service]?.(operation) !== true;
    return operations.includes(operation) && covers?.(input) !== false;
  });
}

/** AWS: neither filters nor ids nor a page size. */
function isUnfiltered(input: CountedCall['input']): boolean {
  return Object.entries(input).every(
    ([name, value]) => name === 'DryRun' || value === undefined || isEmptyList(value),
  );
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
