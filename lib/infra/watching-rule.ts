import { Duration } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { EnforcementQueues } from './messaging.ts';

/** What a rule watches, and where it sends what it matches. */
export interface Watch {
  readonly name: string;
  readonly description: string;
  readonly eventPattern: Readonly<Record<string, unknown>>;
  readonly queues: EnforcementQueues;
}

/** Creates a rule that sends what it matches to the enforcement queue. */
export function createWatchingRule(
  scope: Construct,
  id: string,
  { name, description, eventPattern, queues: { queue, deadLetterQueue } }: Watch,
): CfnRule {
  const rule = new CfnRule(scope, id, {
    name,
    description,
    eventPattern,
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
        sid: `${id}Sends`,
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [target.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': rule.attrArn } },
      }),
    );
  }
  return rule;
}
