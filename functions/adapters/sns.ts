import { PublishCommand, SNSClient, type SNSClientConfig } from '@aws-sdk/client-sns';
import type { Notice } from '../core/notice.ts';
import { toChatMessage, toFindingsMessage } from '../core/render-notice.ts';
import type { Ports } from '../workflows/ports.ts';
import { notificationFailed } from './aws-errors.ts';

/** Where people and machines are told. */
export interface Topics {
  /** Finding documents for machines, and readable mails. */
  readonly findingsTopicArn: string;
  /** Amazon Q Developer in chat applications. */
  readonly chatTopicArn: string;
}

/** Builds the port that publishes a notice on both topics. */
export function createPublish(settings: SNSClientConfig, topics: Topics): Ports['publish'] {
  const client = new SNSClient(settings);
  return async (notice) => {
    const MessageAttributes = toAttributes(notice);
    const sent = await Promise.allSettled([
      client.send(
        new PublishCommand({
          TopicArn: topics.findingsTopicArn,
          Subject: notice.subject,
          Message: toFindingsMessage(notice),
          MessageStructure: 'json',
          MessageAttributes,
        }),
      ),
      client.send(
        new PublishCommand({
          TopicArn: topics.chatTopicArn,
          Message: toChatMessage(notice),
          MessageAttributes,
        }),
      ),
    ]);
    for (const outcome of sent) {
      if (outcome.status === 'rejected') {
        throw notificationFailed(outcome.reason, `could not publish notice \`${notice.id}\``);
      }
    }
  };
}

/** What subscriptions filter by. */
function toAttributes({ severity, controlId, remediation, owner }: Notice) {
  const fields = Object.entries({ severity, controlId, remediation, owner });
  // AWS: an attribute without a value is refused.
  const present = fields.filter((field): field is [string, string] => Boolean(field[1]));
  return Object.fromEntries(
    present.map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
  );
}
