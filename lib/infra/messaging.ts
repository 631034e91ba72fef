import { Duration } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { ENFORCE_TIMEOUT } from './timeouts.ts';

/** The queue that carries orders to look at a function, and the queue of those that nobody could carry out. */
export interface EnforcementQueues {
  readonly queue: Queue;
  readonly deadLetterQueue: Queue;
}

/** Where people and machines are told: finding JSON and mail on one topic, chat on the other. */
export interface Topics {
  readonly findings: Topic;
  readonly chat: Topic;
}

/** Creates the enforcement queue and its dead-letter queue. */
export function createQueues(scope: Construct): EnforcementQueues {
  const deadLetterQueue = new Queue(scope, 'DeadLetterQueue', {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  const queue = new Queue(scope, 'EnforcementQueue', {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    // AWS: Lambda needs at least six times the function's timeout to retry throttled batches.
    visibilityTimeout: Duration.seconds(6 * ENFORCE_TIMEOUT.toSeconds()),
    deadLetterQueue: { queue: deadLetterQueue, maxReceiveCount: 5 },
  });
  return { queue, deadLetterQueue };
}

/** Creates the two topics and subscribes the mail addresses to the findings. */
export function createTopics(scope: Construct, alertEmails: readonly string[]): Topics {
  const displayName = 'Lambda VPC Guardrail';
  const findings = new Topic(scope, 'Findings', { displayName, enforceSSL: true });
  for (const address of alertEmails) {
    findings.addSubscription(new EmailSubscription(address));
  }
  return { findings, chat: new Topic(scope, 'Chat', { displayName, enforceSSL: true }) };
}
