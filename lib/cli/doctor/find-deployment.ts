import {
  CloudFormationClient,
  DescribeStacksCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { parseAwsError } from '../../../functions/adapters/aws-errors.ts';
import { type AwsAccess, clientSettingsOf } from '../aws-access.ts';
import type { Deployed } from './doctor-account.ts';
import { toUnread, type Unread, withClient } from './read-fact.ts';

/** A stack; undefined where there is none of that name. */
export type SeenStack = { readonly stack: Stack | undefined } | Unread;

/** What was found of the guardrail. */
export type Deployment =
  | { readonly kind: 'none' }
  | { readonly kind: 'unread'; readonly unread: Unread }
  | { readonly kind: 'foreign'; readonly missing: readonly string[] }
  | { readonly kind: 'deployed'; readonly deployed: Deployed };

const ENFORCE = '-enforce-on-change';

/** Reads a stack in the region of the access, or in another one. */
export async function readStack(
  StackName: string,
  access: AwsAccess,
  region?: string,
): Promise<SeenStack> {
  const settings = { ...clientSettingsOf(access), ...(region === undefined ? {} : { region }) };
  return withClient(new CloudFormationClient(settings), async (client) => {
    try {
      const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName }));
      return { stack: Stacks[0] };
    } catch (error) {
      // AWS: a stack that does not exist is a validation error, told from others by its words.
      if (parseAwsError(error).message.includes('does not exist')) return { stack: undefined };
      return toUnread(error, 'cloudformation:DescribeStacks');
    }
  });
}

/** Reads what the outputs of a stack say; one that lacks some is not the guardrail's, or of another version. */
export function toDeployment(seen: SeenStack): Deployment {
  if (!('stack' in seen)) return { kind: 'unread', unread: seen };
  const { stack } = seen;
  if (stack === undefined) return { kind: 'none' };
  const outputs = new Map(
    (stack.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
  );
  const missing = OUTPUTS.filter((key) => !outputs.has(key));
  if (missing.length > 0) return { kind: 'foreign', missing };
  const of = (key: (typeof OUTPUTS)[number]) => outputs.get(key) ?? '';
  const enforce = of('EnforceFunctionName');
  return {
    kind: 'deployed',
    deployed: {
      stackName: stack.StackName ?? '',
      status: stack.StackStatus ?? '',
      mode: of('DeployedMode') === 'enforce' ? 'enforce' : 'audit',
      policyHash: of('PolicyHash'),
      name: enforce.endsWith(ENFORCE) ? enforce.slice(0, -ENFORCE.length) : enforce,
      functionNames: {
        enforce,
        rescan: of('RescanFunctionName'),
        sweep: of('SweepFunctionName'),
        release: of('ReleaseFunctionName'),
      },
      queueUrl: of('QueueUrl'),
      deadLetterQueueUrl: of('DeadLetterQueueUrl'),
      tableName: of('TableName'),
      findingsTopicArn: of('FindingsTopicArn'),
      chatTopicArn: of('ChatTopicArn'),
    },
  };
}

const OUTPUTS = [
  'DeployedMode',
  'PolicyHash',
  'EnforceFunctionName',
  'RescanFunctionName',
  'SweepFunctionName',
  'ReleaseFunctionName',
  'QueueUrl',
  'DeadLetterQueueUrl',
  'TableName',
  'FindingsTopicArn',
  'ChatTopicArn',
] as const;
