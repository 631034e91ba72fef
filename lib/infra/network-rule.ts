import type { CfnRule } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { networkEventPattern } from '../../functions/core/network-change.ts';
import type { EnforcementQueues } from './messaging.ts';
import { createWatchingRule } from './watching-rule.ts';

/** Creates the rule that sends every watched change of a network to the enforcement queue. */
export function createNetworkRule(
  scope: Construct,
  name: string,
  queues: EnforcementQueues,
): CfnRule {
  return createWatchingRule(scope, 'NetworkRule', {
    name,
    description: 'CloudTrail records of EC2 calls that can change where a Lambda function reaches',
    eventPattern: networkEventPattern(),
    queues,
  });
}
