import type { CfnRule } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { changeEventPattern } from '../../functions/core/change-event.ts';
import type { EnforcementQueues } from './messaging.ts';
import { createWatchingRule } from './watching-rule.ts';

/** Creates the rule that sends every watched change of a function to the enforcement queue. */
export function createChangeRule(
  scope: Construct,
  name: string,
  queues: EnforcementQueues,
): CfnRule {
  return createWatchingRule(scope, 'ChangeRule', {
    name,
    description: 'CloudTrail records of calls that can change what VPC a Lambda function runs in',
    eventPattern: changeEventPattern(),
    queues,
  });
}
