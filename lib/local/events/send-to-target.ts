import type { AccountQueues } from '../sqs/account-queues.ts';
import type { EventEnvelope, Rule, RuleTarget } from './event-bus.ts';

interface Delivery {
  readonly rule: Rule;
  readonly target: RuleTarget;
  readonly event: EventEnvelope;
}

const REASONS = {
  NO_RESOURCE: 'The specified queue does not exist.',
  NO_PERMISSIONS: 'The queue does not allow the rule to send messages to it.',
} as const;

/**
 * Sends an event to a target, or to the target's dead-letter queue.
 *
 * AWS: a queue that is missing or refuses is not tried again.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
export function sendToTarget(queues: AccountQueues, { rule, target, event }: Delivery): void {
  const body = target.Input ?? JSON.stringify(event);
  const error = findObstacle(queues, target.Arn, rule);
  if (error === undefined) {
    queues.send(target.Arn, { body });
    return;
  }
  const deadLetterArn = target.DeadLetterConfig?.Arn;
  if (deadLetterArn === undefined || findObstacle(queues, deadLetterArn, rule) !== undefined)
    return;
  queues.send(deadLetterArn, {
    body,
    messageAttributes: toAttributes({
      RULE_ARN: rule.arn,
      TARGET_ARN: target.Arn,
      ERROR_CODE: error,
      ERROR_MESSAGE: REASONS[error],
      RETRY_ATTEMPTS: '0',
    }),
  });
}

/** The queue's own policy decides; the rule has no role. */
function findObstacle(
  queues: AccountQueues,
  queueArn: string,
  rule: Rule,
): keyof typeof REASONS | undefined {
  if (!queues.exists(queueArn)) return 'NO_RESOURCE';
  const sender = { service: 'events.amazonaws.com', sourceArn: rule.arn };
  return queues.allowsService(queueArn, sender) ? undefined : 'NO_PERMISSIONS';
}

function toAttributes(
  texts: Readonly<Record<string, string>>,
): Record<string, { readonly dataType: string; readonly stringValue: string }> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, stringValue]) => [name, { dataType: 'String', stringValue }]),
  );
}
