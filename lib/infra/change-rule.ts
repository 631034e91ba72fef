import { Duration } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { changeEventPattern } from '../../functions/core/change-event.ts';
import type { EnforcementQueues } from './messaging.ts';

/** Creates the rule that sends every watched change of a function to the enforcement queue. */
export function createChangeRule(
  scope: Construct,
  name: string,
  { queue, deadLetterQueue }: EnforcementQueues,
): CfnRule {
  const rule = new CfnRule(scope, 'ChangeRule', {
    name,
    description: 'CloudTrail records of calls that can change what VPC a Lambda function runs in',
    eventPattern: changeEventPattern(),
    targets: [
      {
        id: 'EnforcementQueue',
        arn: queue.queueArn,
        retryPolicy: {
          maximumEventAgeInSeconds: Duration.hours(24).toSeconds(),
          maximumRetryAttempts: 185,
        },
        deadLetterConfig: { arn: deadLetterQueue.queueArn },
      },
    ],
  });
  for (const target of [queue, deadLetterQueue]) {
    target.addToResourcePolicy(
      new PolicyStatement({
        sid: 'ChangeRuleSends',
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [target.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': rule.attrArn } },
      }),
    );
  }
  return rule;
}
